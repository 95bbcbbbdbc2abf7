/** Random small collections with secret words in places that a caller may not see: whatever is asked, no answer holds a secret. */
import { generateTenantToken } from 'meilisearch/token';
import { type Answer, finished, call as request } from '../../support/call.js';
import { Draw } from '../../support/draw.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const MASTER = 'a-master-key-of-the-tests';
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;
let justuju: TestJustuju;
const as =
  (key: string): Ask =>
  (method, path, body) =>
    request(justuju.url, method, path, body, { authorization: `Bearer ${key}` });
const call = as(MASTER);

async function change(method: string, path: string, body?: unknown): Promise<void> {
  const answer = await call(method, path, body);
  const task = await finished(justuju.url, answer.body.taskUid, { authorization: `Bearer ${MASTER}` });
  expect({ status: task.status, error: task.error }).toEqual({ status: 'succeeded', error: null });
}

/** Urdu consonants with what they are in Roman letters; a word of them and of alefs sounds like its Roman spelling. */
const CONSONANTS: readonly [urdu: string, roman: string][] = [
  ['ب', 'b'],
  ['ت', 't'],
  ['ج', 'j'],
  ['د', 'd'],
  ['ر', 'r'],
  ['س', 's'],
  ['ش', 'sh'],
  ['ف', 'f'],
  ['ک', 'k'],
  ['ل', 'l'],
  ['م', 'm'],
  ['ن', 'n'],
];
const ALEF = '\u0627';

class Words extends Draw {
  /** A word that no language has: consonant, alef, consonant and so on. */
  word(): { readonly urdu: string; readonly roman: string } {
    let [urdu, roman] = ['', ''];
    for (let syllable = 0; syllable < 3; syllable += 1) {
      const [letter, latin] = this.of(CONSONANTS);
      urdu += letter + ALEF;
      roman += `${latin}a`;
    }
    const [letter, latin] = this.of(CONSONANTS);
    return { urdu: urdu + letter, roman: roman + latin };
  }

  /** What is typed by who means the word, or nearly so: never the word itself. */
  typedFor({ urdu, roman }: { readonly urdu: string; readonly roman: string }, other: string): string[] {
    const letters = [...urdu];
    const at = this.whole(1, letters.length - 2);
    const without = letters.filter((_letter, i) => i !== at).join('');
    const instead = letters.map((letter, i) => (i === at ? this.of(CONSONANTS)[0] : letter)).join('');
    const swapped = letters.map((letter, i) => letters[i === at ? at + 1 : i === at + 1 ? at : i] ?? letter).join('');
    const apart = `${letters.slice(0, at + 1).join('')} ${letters.slice(at + 1).join('')}`;
    const romanSlip = roman.slice(0, at) + roman.slice(at + 1);
    const all = [
      letters.slice(0, 4).join(''),
      without,
      `${without} `,
      instead,
      `${swapped} ${other}`,
      apart,
      `${other}${without}`,
      `${roman} `,
      roman.slice(0, 5),
      `${other} ${romanSlip} `,
    ];
    return all.filter((typed) => !typed.includes(urdu));
  }
}

/** Requests that may lead to a word. */
function requestsFor(uid: string, typed: string): [string, string, unknown?][] {
  const q = encodeURIComponent(typed);
  const filter = `kind = "${typed.trim()}"`;
  return [
    ['GET', `/suggest?index=${uid}&q=${q}`],
    ['GET', `/indexes/${uid}/search?q=${q}`],
    ['POST', `/indexes/${uid}/search`, { q: typed, attributesToHighlight: ['*'], facets: ['kind'], urdu: { why: true, fragments: 2 } }],
    [
      'POST',
      '/multi-search',
      {
        queries: [
          { indexUid: uid, q: typed, attributesToCrop: ['*'] },
          { indexUid: uid, q: `${typed} شہر` },
        ],
      },
    ],
    ['POST', '/multi-search', { federation: {}, queries: [{ indexUid: uid, q: typed }] }],
    ['POST', `/indexes/${uid}/facet-search`, { facetName: 'kind', facetQuery: typed.trim(), q: typed }],
    ['POST', `/indexes/${uid}/search`, { q: typed, filter: `${filter} AND year = 1` }],
  ];
}

const PLACES = [
  'a field not shown',
  'a field neither shown nor searched',
  'documents of another tenant',
  'documents that are gone',
  'texts that were replaced',
] as const;

/** Makes an index with the word in such a place, and answers with a caller who may not see it. */
async function hide(word: string, place: (typeof PLACES)[number], uid: string): Promise<() => Promise<Ask>> {
  const settings = { filterableAttributes: ['owner', 'kind'] };
  await change('PATCH', `/indexes/${uid}/settings`, settings);
  const visible = Array.from({ length: 6 }, (_none, id) => ({
    id,
    title: 'شہر کی خبر',
    body: 'کتاب اور زندگی',
    kind: 'نثر',
    owner: 'sara',
  }));
  const isField = place.startsWith('a field');
  const holding = [100, 101].map((id) => ({
    id,
    title: isField ? 'خبر' : `${word} کی خبر`,
    owner: 'ali',
    [isField ? 'note' : 'body']: `شہر ${word} کا بیان`,
    ...(isField ? {} : { kind: word }),
  }));
  await change('POST', `/indexes/${uid}/documents?primaryKey=id`, [...visible, ...holding]);
  // A word is completed and heard when indexing has settled.
  await eventually('the word is known', async () => {
    const { body } = await call('GET', `/suggest?index=${uid}&q=${encodeURIComponent(word.slice(0, 5))}`);
    return body.suggestions.length > 0;
  });
  return async () => {
    const everyone = await searchKey();
    if (place === 'a field not shown')
      await change('PATCH', `/indexes/${uid}/settings`, { displayedAttributes: ['id', 'title', 'body', 'kind'] });
    if (place === 'a field neither shown nor searched')
      await change('PATCH', `/indexes/${uid}/settings`, {
        displayedAttributes: ['id', 'title', 'body', 'kind'],
        searchableAttributes: ['title', 'body'],
      });
    const ids = holding.map(({ id }) => id);
    if (place === 'documents that are gone') await change('POST', `/indexes/${uid}/documents/delete-batch`, ids);
    if (place === 'texts that were replaced')
      await change(
        'POST',
        `/indexes/${uid}/documents`,
        ids.map((id) => ({ id, title: 'شہر' })),
      );
    if (place !== 'documents of another tenant') return as(everyone.key);
    const searchRules = { [uid]: { filter: 'owner = sara' } };
    return as(await generateTenantToken({ apiKey: everyone.key, apiKeyUid: everyone.uid, searchRules }));
  };
}

async function searchKey(): Promise<{ readonly uid: string; readonly key: string }> {
  const { body } = await call('GET', '/keys');
  return body.results.find(({ actions }: { actions: string[] }) => actions.length === 1 && actions[0] === 'search');
}

/** Requests on their way at a time. */
const AT_ONCE = 10;

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: MASTER });
}, 60_000);
afterAll(() => justuju?.stop());

describe.each(PLACES)('secrets in %s', (place) => {
  it.each([1, 2])(
    'are never told, seed %d',
    async (seed) => {
      const words = new Words(seed * 1_000 + PLACES.indexOf(place));
      const secret = words.word();
      const uid = `secrets-${PLACES.indexOf(place)}-${seed}`;
      const conceal = await hide(secret.urdu, place, uid);
      const asked = words.typedFor(secret, 'شہر').flatMap((typed) => requestsFor(uid, typed));
      const tells = async (ask: Ask): Promise<string[]> => {
        const telling: string[] = [];
        for (let from = 0; from < asked.length; from += AT_ONCE)
          await Promise.all(
            asked.slice(from, from + AT_ONCE).map(async (one) => {
              const text = JSON.stringify((await ask(...one)).body);
              if (text.includes(secret.urdu)) telling.push(`${secret.urdu} in ${one.join(' ')}`);
            }),
          );
        return telling;
      };
      // These requests do lead to the word, for who may see it.
      expect((await tells(call)).length).toBeGreaterThan(asked.length / 4);
      expect(await tells(await conceal())).toEqual([]);
    },
    60_000,
  );
});

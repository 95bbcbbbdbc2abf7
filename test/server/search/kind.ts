/** Kinds of fault that readers report: tables of texts and queries, run through the whole of Justuju before a real Meilisearch. */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

export interface Kind {
  readonly texts: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly settings?: object;
  /** A query and the places of all texts that it finds, in any order. */
  readonly finds?: readonly (readonly [q: string, texts: readonly number[]])[];
  /** A query and places of texts that are among those that it finds, whatever else is. */
  readonly includes?: readonly (readonly [q: string, texts: readonly number[]])[];
  /** A query of which no word may be missing, and the places of all texts that it finds. */
  readonly all?: readonly (readonly [q: string, texts: readonly number[]])[];
  /** The same with `urdu.exact`. */
  readonly exact?: readonly (readonly [q: string, texts: readonly number[]])[];
  /** A query and the text that comes first. */
  readonly first?: readonly (readonly [q: string, text: number])[];
  /** A word, and a text that is found by it and by each of its beginnings from the fourth letter on. */
  readonly typed?: readonly (readonly [q: string, text: number])[];
  /** A query that is still being typed, and what must be among the suggestions. */
  readonly suggests?: readonly (readonly [q: string, text: string])[];
  /** ... and what must not be. */
  readonly withholds?: readonly (readonly [q: string, text: string])[];
  /** A query, and the words of which it is told that no document holds them. */
  readonly tells?: readonly (readonly [q: string, words: readonly string[]])[];
  /** Queries for which nothing else is offered. */
  readonly asTyped?: readonly string[];
}

/** Checks each query of each kind, in an index of its own. */
export function describeKinds(kinds: Readonly<Record<string, Kind>>): void {
  let justuju: TestJustuju;
  beforeAll(async () => {
    justuju = await startJustuju();
  }, 120_000);
  afterAll(() => justuju?.stop());

  async function change(method: string, path: string, body: unknown): Promise<void> {
    const { body: task } = await call(justuju.url, method, path, body);
    expect((await finished(justuju.url, task.taskUid)).status).toBe('succeeded');
  }

  describe.each(Object.entries(kinds).map(([name, kind], i) => ({ name, kind, uid: `kind${i}` })))('$name', ({ kind, uid }) => {
    const {
      texts,
      settings,
      finds = [],
      includes = [],
      all = [],
      exact = [],
      first = [],
      typed = [],
      suggests = [],
      withholds = [],
      tells = [],
      asTyped = [],
    } = kind;

    beforeAll(async () => {
      if (settings !== undefined) {
        await change('POST', '/indexes', { uid, primaryKey: 'key' });
        await change('PATCH', `/indexes/${uid}/settings`, settings);
      }
      const documents = texts.map((text, key) => (typeof text === 'string' ? { key, text } : { key, ...text }));
      await change('POST', `/indexes/${uid}/documents?primaryKey=key`, documents);
      const [q] = finds.find(([, found]) => found.length > 0) ?? first[0] ?? ['', 0];
      await eventually('the store knows the texts', async () => (await search(q === '' ? 'کی' : q)).length > 0);
    }, 60_000);

    async function search(q: string, urdu = {}, more = {}): Promise<readonly { readonly key: number; readonly isMarked: boolean }[]> {
      const { body } = await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q, attributesToHighlight: ['*'], urdu, ...more });
      const hits = body.hits as { key: number; _formatted: object }[];
      expect(body.estimatedTotalHits).toBe(hits.length);
      return hits.map(({ key, _formatted }) => ({ key, isMarked: JSON.stringify(_formatted).includes('<em>') }));
    }

    async function urduOf(q: string): Promise<{ wordsNotFound?: string[]; didYouMean?: string }> {
      return (await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q })).body.urdu;
    }

    async function suggested(q: string): Promise<string[]> {
      const { body } = await call(justuju.url, 'GET', `/suggest?index=${uid}&limit=5&q=${encodeURIComponent(q)}`);
      return (body.suggestions as { text: string }[]).map((one) => one.text);
    }

    if (finds.length > 0)
      it.each(finds)('%s finds %j', async (q, found) => {
        const hits = await search(q);
        expect(hits.map(({ key }) => key).sort()).toEqual([...found].sort());
        // What is listed shows why.
        expect(hits.filter(({ isMarked }) => !isMarked)).toEqual([]);
      });
    if (includes.length > 0)
      it.each(includes)('%s finds at least %j', async (q, found) => {
        const hits = await search(q);
        expect(hits.map(({ key }) => key)).toEqual(expect.arrayContaining([...found]));
        expect(hits.filter(({ isMarked }) => !isMarked)).toEqual([]);
      });
    if (all.length > 0)
      it.each(all)('%s, all of it, finds %j', async (q, found) => {
        expect((await search(q, {}, { matchingStrategy: 'all' })).map(({ key }) => key).sort()).toEqual([...found].sort());
      });
    if (exact.length > 0)
      it.each(exact)('%s finds %j exactly', async (q, found) => {
        expect((await search(q, { exact: true })).map(({ key }) => key).sort()).toEqual([...found].sort());
      });
    if (first.length > 0) it.each(first)('%s finds text %i first', async (q, text) => expect((await search(q))[0]?.key).toBe(text));
    if (typed.length > 0)
      it.each(typed)('%s finds text %i from its fourth letter on', async (q, text) => {
        const lost: string[] = [];
        for (let letters = 4; letters <= q.length; letters += 1) {
          const begun = q.slice(0, letters);
          if (!(await search(begun)).some(({ key }) => key === text)) lost.push(begun);
        }
        expect(lost).toEqual([]);
      });
    if (suggests.length > 0) it.each(suggests)('%s is completed to %s', async (q, text) => expect(await suggested(q)).toContain(text));
    if (withholds.length > 0)
      it.each(withholds)('%s is not completed to %s', async (q, text) => expect(await suggested(q)).not.toContain(text));
    if (tells.length > 0)
      it.each(tells)('%s: %j is not found', async (q, words) => expect((await urduOf(q)).wordsNotFound ?? []).toEqual(words));
    if (asTyped.length > 0)
      it.each(asTyped)('nothing else is offered for %s', async (q) => expect((await urduOf(q)).didYouMean).toBeUndefined());
  });
}

/** Synonyms: what a query is read as, and what a whole Justuju finds, ranks, marks and says. */
import { planFirst } from '../../../server/query/plan.js';
import { type Understood, understand } from '../../../server/query/understand.js';
import { didYouMean, describe as say } from '../../../server/search/describe.js';
import { Synonyms } from '../../../server/settings/synonyms.js';
import { toApplied } from '../../../server/settings/terms.js';
import { SHADOW_ROOT } from '../../../server/shadow/shadow.js';
import type { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { type Answer, call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';
import { knowledgeOf } from '../search/collection.js';

const SETTING = {
  ڈاکٹر: ['طبیب', 'معالج'],
  'ڈبلیو ایچ او': ['عالمی ادارہ صحت'],
  'عالمی ادارہ صحت': ['ڈبلیو ایچ او'],
  WHO: ['عالمی ادارہ صحت'],
  'وزیر اعظم': ['وزیراعلیٰ'],
  وبائیں: ['بیماری'],
  کوڈ: ['وائرس'],
  مطب: ['ہسپتال'],
  ہسپتال: ['مطب', 'ہسپتال'],
  الو: ['بوم'],
  mobile: ['phone'],
  'ایک دو تین چار': ['طبیب'],
};

let knowledge: Knowledge;
/** As Meilisearch has them: through Justuju's settings and back. */
const synonyms = Synonyms.read(toApplied({ synonyms: SETTING }, {}, ['synonyms'], SHADOW_ROOT)['synonyms']);
beforeAll(async () => {
  knowledge = await knowledgeOf(
    [
      'ڈاکٹر نے وبا کا علاج کیا',
      'طبیب اور معالج ہسپتال میں ہیں',
      'عالمی ادارہ صحت کا اعلان',
      'ڈبلیو ایچ او',
      'وہ کوڑا کون اٹھائے',
      'وزیر اعظم',
    ],
    10,
  );
});

const read = (q: string, options: object = {}): Understood => understand(q, knowledge, { synonyms, ...options });
const readings = (q: string, options: object = {}): string[] =>
  read(q, options).slots.map((slot) => slot.readings.map(({ terms, reason }) => `${terms.join('+')} ${reason}`).join(', '));

describe('the setting', () => {
  it.each([
    [['ڈاکٹر'], ['طبیب', 'معالج'], 'one word'],
    [['طبیب'], [], 'one way only'],
    [['ڈبلیو', 'ایچ', 'او'], ['عالمی ادارہ صحت'], 'three words, by their roots'],
    [['عالمی', 'ادارہ', 'صحت'], ['ڈبلیو ایچ او'], 'the other way'],
    [['وبا'], ['بیماری'], 'by root, as the engine is asked'],
    [['who'], ['عالمی ادارہ صحت'], 'Latin letters, small'],
    [['ہسپتال'], ['مطب'], 'a word is no synonym of itself'],
    [['الو'], ['بوم'], 'a word that begins like an article'],
    [['ایک', 'دو', 'تین', 'چار'], [], 'more words than Meilisearch looks up'],
    [['note', 'of', 'justuju'], [], 'nothing of the note'],
  ])('%j → %j: %s', (roots, expected) => expect(synonyms.of(roots).map((one) => one.roots.join(' '))).toEqual(expected));

  it('holds the note under no key at all', () => expect(synonyms.size).toBe(Object.keys(SETTING).length - 1));
  it.each([undefined, null, {}, { الف: [] }])('%j: none', (applied) => expect(Synonyms.read(applied).size).toBe(0));
});

describe('readings', () => {
  it.each([
    ['ڈاکٹر ', ['ڈاکٹر exact, طبیب synonym, معالج synonym'], 'after the word itself'],
    ['طبیب ', ['طبیب exact'], 'in one direction'],
    ['ڈاکٹروں ', ['ڈاکٹروں exact, طبیب synonym, معالج synonym'], 'of any form'],
    ['وبا ', ['وبا exact, بیماری synonym'], 'where the setting has another form'],
    ['ڈبلیو ایچ او', ['ڈبلیو+ایچ+او exact, عالمی+ادارہ+صحت synonym'], 'words that have synonyms together are one slot'],
    ['عالمی ادارہ صحت کا اعلان ', ['عالمی+ادارہ+صحت exact, ڈبلیو+ایچ+او synonym', 'کا exact', 'اعلان exact'], 'at the beginning of others'],
    ['عالمی ادارہ ', ['عالمی exact', 'ادارہ exact'], 'a part of them has none'],
    ['who', ['who exact, ڈبلیو+ایچ+او transliterated, عالمی+ادارہ+صحت synonym'], 'a Latin word that the settings name is meant first'],
    ['WHO', ['who exact, عالمی+ادارہ+صحت synonym'], 'in capitals it is nothing else'],
    ['کوڈ ', ['کوڈ exact, وایرس synonym'], 'a word that the settings name is not corrected, though no document holds it'],
    ['ڈاکٹ', ['ڈاکٹ exact, ڈاکٹر corrected'], 'not of an unfinished word: it may become any word that begins so'],
    ['doctor ', ['ڈاکٹر transliterated, طبیب synonym, معالج synonym'], 'of what Roman letters stand for'],
    ['ڈاکترر ', ['ڈاکٹر corrected, طبیب synonym, معالج synonym'], 'of a correction'],
    ['قلم ', ['قلم exact'], 'of nothing else'],
  ])('%j → %j: %s', (q, expected) => expect(readings(q)).toEqual(expected));

  it('hold with `exact`: they are settings, no rewriting', () =>
    expect(readings('ڈاکٹر ڈبلیو ایچ او', { exact: true })).toEqual([
      'ڈاکٹر exact, طبیب synonym, معالج synonym',
      'ڈبلیو+ایچ+او exact, عالمی+ادارہ+صحت synonym',
    ]));

  it('are worth less than the word, more than any correction', () => {
    const weights = (read('ڈاکٹر ').slots[0]?.readings ?? []).map(({ weight }) => weight);
    expect(weights).toEqual([1, expect.closeTo(0.88), expect.closeTo(0.88)]);
    const corrected = read('ڈاکترر ').slots[0]?.readings ?? [];
    for (const { weight } of corrected.slice(1)) expect(weight).toBeLessThan(corrected[0]?.weight ?? 0);
  });

  it('let a word that no document holds decide by what its synonyms are worth', () => {
    expect(read('مطب ').slots[0]?.rarity).toBeGreaterThan(0);
    expect(understand('مطب ', knowledge, { exact: true }).slots[0]?.rarity).toBe(0);
  });

  it('leave phrases and what is not wanted alone', () => {
    expect(read('"ڈاکٹر" -ہسپتال').slots).toEqual([]);
    expect(read('"ڈاکٹر"').wanted.words).toEqual([]);
  });

  it('of Latin words alone are left to Meilisearch', () => expect(read('mobile ', { exact: true }).isUrdu).toBe(false));
});

describe('what is asked and said', () => {
  it.each(['ڈاکٹر ', 'ڈبلیو ایچ او ', 'مطب ', 'WHO '])('%s: not the synonyms, the engine finds them by itself', (q) => {
    const { documents } = knowledge.vocabulary;
    expect(planFirst(read(q), documents).q).not.toMatch(/طبیب|صحت|ہسپتال/);
  });

  it.each(['ڈاکٹر ', 'مطب ', 'کوڈ ', 'WHO ', 'ڈبلیو ایچ او '])('%s: no synonym is what was meant', (q) =>
    expect(didYouMean(read(q), knowledge.vocabulary)).toBeUndefined(),
  );

  it('names the synonyms', () =>
    expect(say(read('ڈاکٹر '), knowledge.vocabulary, () => true)['understood']).toMatchObject({
      words: [
        { text: 'ڈاکٹر', readings: [{ reason: 'exact' }, { terms: ['طبیب'], reason: 'synonym', weight: 0.88 }, { reason: 'synonym' }] },
      ],
    }));
});

describe('end to end', () => {
  let justuju: TestJustuju;
  const DOCUMENTS = [
    { id: 'synonym', title: 'طبیب کی آمد' },
    { id: 'word', title: 'ڈاکٹر کی آمد' },
    { id: 'short', title: 'ڈبلیو ایچ او کا اعلان' },
    { id: 'long', title: 'عالمی ادارہ صحت کا اعلان' },
    { id: 'inflected', title: 'عالمی ادارۂ صحت کے اعلانات' },
    { id: 'parts', title: 'صحت کے ادارے اور عالمی دن' },
    { id: 'hospital', title: 'شہر کا ہسپتال' },
    ...Array.from({ length: 6 }, (_, i) => ({ id: `other${i}`, title: 'آج کی خبر' })),
  ];
  beforeAll(async () => {
    justuju = await startJustuju();
    const { body } = await call(justuju.url, 'POST', '/indexes/articles/documents', DOCUMENTS);
    expect((await finished(justuju.url, body.taskUid)).status).toBe('succeeded');
    await set(SETTING);
    // Words by sound are built when indexing has settled.
    await eventually('Roman letters are read', async () => (await idsOf('aamad ')).length === 2);
  }, 60_000);
  afterAll(() => justuju.stop());

  async function set(setting: object): Promise<void> {
    const { body } = await call(justuju.url, 'PUT', '/indexes/articles/settings/synonyms', setting);
    expect((await finished(justuju.url, body.taskUid)).status).toBe('succeeded');
  }

  async function search(q: string, more: object = {}): Promise<Answer['body']> {
    const { status, body } = await call(justuju.url, 'POST', '/indexes/articles/search', {
      q,
      attributesToHighlight: ['*'],
      ...more,
      urdu: { why: true, ...('urdu' in more ? (more.urdu as object) : {}) },
    });
    expect(status).toBe(200);
    return body;
  }
  const idsOf = async (q: string, more: object = {}): Promise<string[]> =>
    ((await search(q, more)).hits as { id: string }[]).map(({ id }) => id);

  it.each([
    ['ڈاکٹر ', ['word', 'synonym'], 'the word before its synonym'],
    ['طبیب ', ['synonym'], 'one way only'],
    ['ڈبلیو ایچ او ', ['short', 'long', 'inflected'], 'of several words, as a phrase in any form'],
    ['عالمی ادارہ صحت ', ['inflected', 'long', 'parts', 'short'], 'the other way; the same words, so by their keys'],
    ['WHO ', ['inflected', 'long'], 'of Latin letters: alike, so by their keys'],
    ['مطب ', ['hospital'], 'of a word that no document holds'],
    ['"ڈاکٹر"', ['word'], 'a phrase is what it is'],
    ['آمد -ڈاکٹر', ['synonym'], 'and so is what is not wanted'],
    ['doctor ', ['word', 'synonym'], 'of Roman letters'],
  ])('%j → %j: %s', async (q, expected) => {
    const found = await idsOf(q);
    expect([...found].sort()).toEqual([...expected].sort());
    expect(found[0]).toBe(expected[0]);
  });

  it('finds them with `exact` too', async () => expect(await idsOf('ڈاکٹر ', { urdu: { exact: true } })).toEqual(['word', 'synonym']));

  it.each([
    ['ڈاکٹر ', 'synonym', '<em>طبیب</em> کی آمد', 'طبیب', 'synonym'],
    ['ڈاکٹر ', 'word', '<em>ڈاکٹر</em> کی آمد', 'ڈاکٹر', 'exact'],
    ['ڈبلیو ایچ او ', 'long', '<em>عالمی ادارہ صحت</em> کا اعلان', 'عالمی ادارہ صحت', 'synonym'],
    ['ڈبلیو ایچ او ', 'inflected', '<em>عالمی ادارۂ صحت</em> کے اعلانات', 'عالمی ادارۂ صحت', 'synonym'],
    ['ڈبلیو ایچ او ', 'short', '<em>ڈبلیو ایچ او</em> کا اعلان', 'ڈبلیو ایچ او', 'exact'],
    ['مطب ', 'hospital', 'شہر کا <em>ہسپتال</em>', 'ہسپتال', 'synonym'],
    ['WHO ', 'long', '<em>عالمی ادارہ صحت</em> کا اعلان', 'عالمی ادارہ صحت', 'synonym'],
  ])('%s: %s is marked %s, for %s is its %s', async (q, id, marked, form, reason) => {
    const hits = (await search(q)).hits as { id: string; _formatted: { title: string }; _urdu: { why: unknown } }[];
    const hit = hits.find((one) => one.id === id);
    expect(hit?._formatted.title).toBe(marked);
    expect(hit?._urdu.why).toEqual([{ word: q.trim(), reason, field: 'title', form }]);
  });

  it('says what it found', async () => {
    const { urdu } = await search('ڈاکٹر ');
    expect(urdu.didYouMean).toBeUndefined();
    expect(urdu.understood.words[0].readings.map(({ reason }: { reason: string }) => reason)).toEqual(['exact', 'synonym']);
  });

  it('forgets them when the setting changes', async () => {
    await set({ ڈاکٹر: ['خبر'] });
    expect((await search('ڈاکٹر ')).urdu.understood.words[0].readings.map(({ terms }: { terms: string[] }) => terms[0])).toEqual([
      'ڈاکٹر',
      'خبر',
    ]);
    await set({});
    expect(await idsOf('ڈاکٹر ')).toEqual(['word']);
  });
});

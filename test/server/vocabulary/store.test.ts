import { adminClient } from '../../../server/engine/client.js';
import { EngineHttp } from '../../../server/engine/http.js';
import { STORE_INDEX, VocabularyStore } from '../../../server/vocabulary/store.js';
import { Vocabulary } from '../../../server/vocabulary/vocabulary.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { eventually } from '../../support/processes.js';
import { counted } from './counted.js';

let engine: TestEngine;
let http: EngineHttp;
let store: VocabularyStore;
beforeAll(async () => {
  engine = await startTestEngine({ meiliMasterKey: 'a master key of sixteen letters' });
  http = new EngineHttp(engine.url);
  store = new VocabularyStore(http, engine);
});
afterAll(async () => {
  await http.close();
  await engine.stop();
});

/** Saves, and waits until Meilisearch has it. */
async function save(uid: string, vocabulary: Vocabulary): Promise<string> {
  const saved = await store.save(uid, vocabulary);
  if ('refused' in saved) throw new Error(saved.refused);
  await eventually('the vocabulary is stored', async () => (await store.stampOf(uid)) === saved.stamp);
  return saved.stamp;
}

const entries = (vocabulary: Vocabulary | undefined): unknown[] => [...(vocabulary ?? new Vocabulary()).entries()];

describe('VocabularyStore', () => {
  it('knows nothing of what was never stored', async () => {
    expect(await store.stampOf('nobody')).toBeUndefined();
    expect(await store.load('nobody')).toBeUndefined();
  });

  it('gives back what it was given', async () => {
    const vocabulary = counted('آج کتاب اور شہر، PTI 2014', 'کتابوں کا شہر', 'مُحبّت، شہروں کی کتابیں آج 😀');
    const stamp = await save('news', vocabulary);
    const loaded = await store.load('news');
    expect(loaded?.stamp).toBe(stamp);
    expect(loaded?.vocabulary.documents).toBe(3);
    expect(entries(loaded?.vocabulary)).toEqual(entries(vocabulary));
    expect(loaded?.vocabulary.spellingOf('اج')).toBe('آج');
    expect([...(loaded?.vocabulary.formsOf('کتاب') ?? [])].sort()).toEqual([...vocabulary.formsOf('کتاب')].sort());
  });

  it('keeps indexes apart, and replaces what was there', async () => {
    await save('one', counted('شہر'));
    const before = await save('two', counted('کتاب'));
    const larger = counted('کتاب', 'بازار', 'شطرنج');
    const after = await save('two', larger);
    expect(after).not.toBe(before);
    expect(entries((await store.load('two'))?.vocabulary)).toEqual(entries(larger));
    expect((await store.load('one'))?.vocabulary.documentsWithTerm('کتاب')).toBe(0);
  });

  it('stores an empty vocabulary too', async () => {
    await save('empty', new Vocabulary());
    expect((await store.load('empty'))?.vocabulary.size).toBe(0);
  });

  it('forgets', async () => {
    await save('gone', counted('شہر'));
    await store.remove('gone');
    await eventually('it is gone', async () => (await store.stampOf('gone')) === undefined);
    expect(await store.load('gone')).toBeUndefined();
    await store.remove('gone');
  });

  it('keeps its words out of any search', async () => {
    await save('hidden', counted('شطرنج'));
    const { hits } = await adminClient(engine).index(STORE_INDEX).search('شطرنج');
    expect(hits).toEqual([]);
  });

  it('says why it could not store', async () => {
    const stranger = new VocabularyStore(http, { url: engine.url, adminKey: 'not the key' });
    expect(await stranger.save('news', counted('شہر'))).toEqual({ refused: expect.stringContaining('invalid_api_key') as unknown });
    expect(await stranger.stampOf('news')).toBeUndefined();
  });
});

import { pino } from 'pino';
import { EngineHttp } from '../../../server/engine/http.js';
import { VocabularyStore } from '../../../server/vocabulary/store.js';
import { Vocabularies } from '../../../server/vocabulary/vocabularies.js';
import { startTestEngine } from '../../support/engine.js';
import { eventually } from '../../support/processes.js';
import { counted } from './counted.js';

let engine: Awaited<ReturnType<typeof startTestEngine>>;
let http: EngineHttp;
const log = pino({ level: 'silent' });

beforeAll(async () => {
  engine = await startTestEngine();
  http = new EngineHttp(engine.url);
});
afterAll(async () => {
  await http?.close();
  await engine?.stop();
});

async function stored(uid: string): Promise<void> {
  const store = new VocabularyStore(http, engine);
  while ((await store.stampOf(uid)) === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('vocabularies', () => {
  it('are known as soon as documents were taken', async () => {
    const vocabularies = new Vocabularies(http, engine, log);
    await vocabularies.counted('fresh', counted('کتاب اور قلم', 'کتاب'));
    const { vocabulary } = await vocabularies.of('fresh');
    expect(vocabulary.documentsWithTerm('کتاب')).toBe(2);
    await vocabularies.close();
  });

  it('are not lost when a new process is told of a document before it is asked anything', async () => {
    const before = new Vocabularies(http, engine, log);
    await before.counted('kept', counted('کتاب', 'قلم', 'دوات'));
    await before.close();
    await stored('kept');

    const after = new Vocabularies(http, engine, log);
    await after.counted('kept', counted('تختی'));
    const { vocabulary } = await after.of('kept');
    expect(vocabulary.documents).toBe(4);
    expect(vocabulary.documentsWithTerm('دوات')).toBe(1);
    await after.close();
  });

  it('are not replaced by what was stored before, while Meilisearch is busy', async () => {
    const vocabularies = new Vocabularies(http, engine, log, { settledAfter: 10, lookEvery: 0 });
    await vocabularies.counted('busy', counted('کتاب'));
    await stored('busy');
    const documents = Array.from({ length: 4_000 }, (_, id) => ({ id, body: `word${id} `.repeat(50) }));
    await http.send('POST', '/indexes/slow/documents', `Bearer ${engine.adminKey}`, documents);
    await vocabularies.counted('busy', counted('قلم'));
    for (let i = 0; i < 20; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await vocabularies.of('busy');
    }
    expect((await vocabularies.of('busy')).vocabulary.documents).toBe(2);
    await vocabularies.close();
  });

  it('are counted from the documents where none is stored, by all fields that are searched', async () => {
    const document = { id: 1, title: ['کتاب'], _note: { text: 'قلم' }, '_urdu1.title': ['دوات'], _geo: { lat: 1, lng: 2 } };
    await http.send('POST', '/indexes/unknown/documents', `Bearer ${engine.adminKey}`, [document]);
    const vocabularies = new Vocabularies(http, engine, log);
    const found = await eventually('they are counted', async () => {
      vocabularies.forget('unknown');
      const { vocabulary } = await vocabularies.of('unknown');
      return vocabulary.documents > 0 ? vocabulary : undefined;
    });
    expect(['کتاب', 'قلم', 'دوات'].map((word) => found.documentsWithTerm(word))).toEqual([1, 1, 0]);
    await vocabularies.close();
  });

  it('of an index without Urdu do not exist', async () => {
    const vocabularies = new Vocabularies(http, engine, log);
    await vocabularies.counted('english', counted());
    await vocabularies.close();
    expect(await new VocabularyStore(http, engine).stampOf('english')).toBeUndefined();
  });
});

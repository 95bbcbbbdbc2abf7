/** A process of Justuju, as far as stores are concerned, on the built code: so that two of them, or one that is killed, can be tested. */
import { pino } from 'pino';
import { DocumentEncoder } from '../../dist/server/documents/document-encoder.js';
import { adminAuthorization } from '../../dist/server/meilisearch/client.js';
import { EngineHttp } from '../../dist/server/meilisearch/http.js';
import { SHADOW_ROOT, STAMP, shadowFields, stampOf } from '../../dist/server/shadow/shadow.js';
import { BatchBuilder, packBatch } from '../../dist/server/store/batch.js';
import { Stores } from '../../dist/server/store/stores.js';
import { Synchronizer } from '../../dist/server/store/synchronizer.js';
import { wordsOfDocument } from '../../dist/server/store/words.js';

const { engine, folder, uid } = JSON.parse(process.argv[2]);
const log = pino({ level: 'silent' });
const http = new EngineHttp(engine.url);
const stores = new Stores(folder, log);
const synchronizer = new Synchronizer({ stores, folder, http, engine, log });

async function write(documents) {
  const under = synchronizer.begin(uid);
  const builder = new BatchBuilder('id');
  const lines = documents.map((document) => {
    const stamp = stampOf(JSON.stringify(document));
    builder.add({ stamp, ids: document }, wordsOfDocument(document));
    return { ...document, ...shadowFields(document, new DocumentEncoder().encode, SHADOW_ROOT), [STAMP]: stamp };
  });
  const answer = await http.send('POST', `/indexes/${uid}/documents`, adminAuthorization(engine), lines);
  const { taskUid } = answer.json();
  await under.sent(taskUid, { batches: [packBatch(builder.take())] });
  process.send({ written: taskUid });
}

const look = () => {
  synchronizer.use(uid);
  const [status] = synchronizer.status();
  if (status !== undefined) process.send({ status });
};
setInterval(look, 20);
process.on('message', ({ documents }) => void write(documents));
process.on('disconnect', () => process.exit());

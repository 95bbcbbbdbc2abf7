/** A store in a process of its own: does what its parent says, and says when it is done. For tests. */
import pino from 'pino';
import { BatchBuilder, packBatch } from '../../../dist/server/store/batch.js';
import { Stores } from '../../../dist/server/store/stores.js';

const [folder, index] = process.argv.slice(2);
const stores = new Stores(folder, pino({ level: process.env.STORE_LOG ?? 'silent' }));
const store = stores.of(JSON.parse(index));
await store.opened;

const does = {
  add({ documents, task }) {
    const builder = new BatchBuilder('id');
    for (const { key, stamp, texts } of documents) builder.add({ stamp, ids: { id: key } }, texts);
    return store.add(packBatch(builder.take()), task);
  },
  remove: ({ keys, task }) => store.remove(keys, task),
  settle: ({ task, succeeded }) => store.settle(task, succeeded),
  configure: ({ settings }) => store.configure(settings),
  close: () => stores.close(),
};

process.on('message', ({ id, action }) => {
  does[action.do](action).then(
    () => process.send({ id }, () => action.do === 'close' && process.disconnect()),
    (error) => process.send({ id, error: error.message, fault: error.fault }),
  );
});
process.send({ id: 0 });

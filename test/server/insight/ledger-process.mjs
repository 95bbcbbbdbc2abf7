/** A process of its own that writes to a ledger: FOLDER DAY HASH TIMES. Runs the built code. */
import { countSearch, noCounts } from '../../../dist/server/insight/counts.js';
import { Ledger } from '../../../dist/server/insight/ledger.js';

const [folder, day, hash, times] = process.argv.slice(2);
const ledger = new Ledger(folder);
for (let i = 0; i < Number(times); i += 1) {
  const counts = noCounts();
  countSearch(counts, { index: 'books', at: 0, hash, text: 'غالب', isEmpty: false });
  await ledger.write([{ key: [Number(day), 'books', hash], counts, followed: [] }], 0);
}
await ledger.close();

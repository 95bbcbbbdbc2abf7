/** Stops while its thread opens stores: closes them, asks for more, and exits. For tests. */
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { Stores } from '../../../dist/server/store/stores.js';

const [folder, milliseconds] = process.argv.slice(2);
const settings = { primaryKey: 'id', searchable: ['title'], fields: ['id', 'title'] };
const stores = new Stores(folder, pino({ level: 'silent' }));
const open = (name) => stores.of({ createdAt: name, ...settings }).opened.catch(() => undefined);
await open('first');
for (let k = 0; k < 30; k += 1) void open(`more-${k}`);
await pause(Number(milliseconds));
const closing = stores.close();
let refused = '';
try {
  void open('late');
} catch (error) {
  refused = error.message;
}
await closing;
process.stdout.write(refused, () => process.exit(0));

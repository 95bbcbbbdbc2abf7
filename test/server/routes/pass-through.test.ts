import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createApp } from '../../../server/app.js';

/** An engine that refuses each request as soon as something of it has come, reads no further, and ends the connection, as Meilisearch may. */
const refusing = createTcpServer();
const firstPieces: string[] = [];
const sockets = new Set<Socket>();
refusing.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.once('data', (piece) => {
    firstPieces.push(piece.toString());
    socket.pause();
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}');
  });
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
let folder: string;
let app: ReturnType<typeof createApp>;
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  await once(refusing.listen(0, '127.0.0.1'), 'listening');
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  app = createApp({
    engine: { url: `http://127.0.0.1:${portOf(refusing)}`, adminKey: 'admin', open: true, kind: 'remote', stop: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    storeFolder: folder,
  });
  server = createServer(app.app);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  for (const socket of sockets) socket.destroy();
  refusing.close();
  await app?.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

it('sends a small body in one piece with its head, however slowly it came: what came behind a refusal would take the answer with it', async () => {
  firstPieces.length = 0;
  const outgoing = httpRequest({
    port: portOf(server),
    host: '127.0.0.1',
    method: 'PATCH',
    path: '/chats/room/settings',
    headers: { 'content-type': 'application/json', 'content-length': 14 },
  });
  outgoing.write('{"sou');
  await pause(50);
  outgoing.end('rce":"x"}');
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.resume();
  expect(answer.statusCode).toBe(403);
  expect(firstPieces.filter((piece) => piece.startsWith('PATCH'))).toEqual([expect.stringContaining('{"source":"x"}')]);
});

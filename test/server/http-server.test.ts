import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '../../server/http-server.js';

describe('headers', () => {
  let server: Server;
  let seen: string | undefined;
  beforeEach(async () => {
    seen = undefined;
    server = createHttpServer((asked, response) => {
      seen = asked.headers['x-last'] as string | undefined;
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise((done) => server.close(done)));

  const ask = (count: number): Promise<number | undefined> =>
    new Promise((done, failed) => {
      const headers = Object.fromEntries([
        ['host', 'x'],
        ...Array.from({ length: count }, (_, i) => [`x-${i}`, '1']),
        ['x-last', 'here'],
      ]) as object;
      const asked = request({ port: (server.address() as AddressInfo).port, headers: { ...headers }, agent: false }, (answer) => {
        answer.resume();
        answer.once('end', () => done(answer.statusCode));
      });
      asked.once('error', failed);
      asked.end();
    });

  // Node's own bound is a thousand, and it goes on without those behind: a proxy's X-Forwarded-For, for one.
  it.each([
    [100, 200, 'here'],
    [1_200, 431, undefined],
  ])('%d of them: %d, and none is left out in silence', async (count, status, last) => {
    expect([await ask(count), seen]).toEqual([status, last]);
  });
});

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** A reverse proxy that shows a service below a path, as operators have them. */
export async function startProxy(target: string, prefix: string, cuts: boolean): Promise<TestProxy> {
  const server = createServer((asked, answer) => {
    const { url = '/', method, headers } = asked;
    if (!url.startsWith(prefix)) {
      answer.writeHead(404).end();
      return;
    }
    const passed = request(target + (cuts ? url.slice(prefix.length) || '/' : url), { method, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    passed.on('error', () => answer.writeHead(502).end());
    asked.pipe(passed);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

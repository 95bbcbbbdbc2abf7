import { createServer, type Server, type Socket } from 'node:net';
import { EngineHttp, EngineTimedOut } from '../../../server/meilisearch/http.js';

/** A port that takes connections and says what the test wants, or nothing: no Meilisearch can be made to fall silent at will. */
let server: Server;
let url: string;
let sockets: Socket[];
let answer: string | undefined;
let asked: Socket | undefined;
let open: EngineHttp[];

function connect(patience?: number): EngineHttp {
  const http = new EngineHttp(url, patience === undefined ? {} : { patience });
  open.push(http);
  return http;
}

beforeEach(async () => {
  sockets = [];
  open = [];
  answer = undefined;
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      asked = socket;
      if (answer !== undefined) socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterEach(async () => {
  const closed = open.map((http) => http.close());
  for (const socket of sockets) socket.destroy();
  await Promise.all([...closed, new Promise((resolve) => server.close(resolve))]);
});

const PATIENCE = 1_200;
const search = { method: 'POST', path: '/indexes/a/search', authorization: undefined, body: '{}' } as const;
const answered = (status: string, body = '{}'): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

describe('a Meilisearch that does not answer', () => {
  it('is waited for so long and no longer, also by those who wait for a connection', async () => {
    const http = connect(PATIENCE);
    const begun = performance.now();
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => http.request(search)));
    expect(performance.now() - begun).toBeLessThan(PATIENCE * 4);
    for (const one of all) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(EngineTimedOut) });
    const { reason } = all[0] as PromiseRejectedResult;
    expect((reason as EngineTimedOut).status).toBe(504);
    expect((reason as EngineTimedOut).toBody()).toEqual({
      message: `Meilisearch has not answered within 1.2 s. It may be busy: try again later, or ask for less at once.`,
      code: 'engine_timed_out',
      type: 'system',
      link: 'https://docs.meilisearch.com/errors#engine_timed_out',
    });
  });

  it('nor in the middle of an answer', async () => {
    answer = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{';
    await expect(connect(PATIENCE).request(search)).rejects.toBeInstanceOf(EngineTimedOut);
  });

  it('to uploads holds up no search', async () => {
    const http = connect(5_000);
    const uploads = Array.from({ length: 100 }, () => http.request({ ...search, lane: 'upload' }).catch(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 100));
    answer = answered('200 OK');
    expect((await http.request(search)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await Promise.all(uploads);
  });
});

describe('a connection', () => {
  it('is used again after an answer, but not after a refusal of a request with a body', async () => {
    const http = connect();
    /** Which connection, of all there were, the request came on. */
    const ask = async (status: string, request: Partial<Parameters<EngineHttp['request']>[0]> = {}, body?: string): Promise<number> => {
      answer = answered(status, body);
      const got = await http.request({ ...search, ...request });
      expect([got.status, got.text]).toEqual([Number(status.slice(0, 3)), body ?? '{}']);
      // A connection is free again in the next turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return sockets.indexOf(asked as Socket);
    };
    expect(await ask('200 OK')).toBe(0);
    expect(await ask('404 Not Found', { method: 'GET', body: undefined })).toBe(0);
    expect(await ask('200 OK')).toBe(0);
    expect(await ask('403 Forbidden')).toBe(0);
    expect(sockets[0]?.destroyed).toBe(true);
    expect(await ask('200 OK')).toBe(1);
    expect(await ask('404 Not Found', {}, '')).toBe(1);
    expect(sockets[1]?.destroyed).toBe(true);
    expect(await ask('200 OK', { lane: 'upload' })).toBeGreaterThan(1);
  });
});

/**
 * A test double, for tests of versions of Meilisearch that cannot be run here: it answers what a test says that such a version is documented to answer, and writes down what it was
 * asked. It knows nothing of searching. Whatever 1.21 can do is tested on the real one.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApp } from '../../server/app.js';
import { SHADOW_ROOT, STAMP } from '../../server/shadow/shadow.js';

export interface Asked {
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: tests read requests of any shape
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** In place of a body: whatever bytes. */
  readonly text?: string;
  /** The connection is cut, as when the engine dies. */
  readonly isGone?: boolean;
  /** Pieces of a stream, each written by itself; the connection then stays open. */
  readonly stream?: readonly string[];
}

/** What is answered to `METHOD /path`, without the query string; undefined: as if the route was not there. */
export type Script = Readonly<Record<string, (asked: Asked) => Said | undefined>>;

export interface Scripted {
  /** Of the Justuju in front of it. */
  readonly url: string;
  readonly engineUrl: string;
  /** Streams that somebody still listens to. */
  readonly listeners: ReadonlySet<unknown>;
  /** All requests that the engine got, in their order. */
  readonly asked: Asked[];
  /** The requests of one route. */
  to(route: string): Asked[];
  stop(): Promise<void>;
}

const DOCUMENTS = [
  { id: 1, title: 'قلم', [STAMP]: 's1' },
  { id: 2, title: 'کتاب', [STAMP]: 's2' },
  { id: 3, title: 'نئی کتاب', [STAMP]: 's3' },
];

interface Wanted {
  readonly ids?: readonly (string | number)[];
  readonly offset?: number;
  readonly limit?: number;
}

/** Some of the documents, as they are read. */
export function read({ ids, offset = 0, limit = 20 }: Wanted): Said {
  const named = DOCUMENTS.filter(({ id }) => ids === undefined || ids.map(String).includes(String(id)));
  return { body: { results: named.slice(offset, offset + limit), offset, limit, total: named.length } };
}

const BOOKS_INDEX = { uid: 'books', primaryKey: 'id', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };

/** An index `books` whose documents were analyzed by this Justuju. */
export const BOOKS: Script = {
  'GET /indexes': () => ({ body: { results: [BOOKS_INDEX], offset: 0, limit: 1_000, total: 1 } }),
  'GET /indexes/books': () => ({ body: BOOKS_INDEX }),
  'GET /tasks': () => ({ body: { results: [], total: 0, limit: 100, from: null, next: null } }),
  'GET /indexes/books/settings/searchable-attributes': () => ({ body: [SHADOW_ROOT] }),
  'GET /indexes/books/settings/displayed-attributes': () => ({ body: ['*'] }),
  'GET /indexes/books/settings': () => ({
    body: {
      searchableAttributes: [SHADOW_ROOT],
      displayedAttributes: ['*'],
      filterableAttributes: [STAMP],
      rankingRules: ['words', 'proximity', 'attributeRank', 'sort', 'wordPosition', 'exactness'],
      typoTolerance: { enabled: true },
      pagination: { maxTotalHits: 1_000 },
      synonyms: {},
    },
  }),
  'GET /indexes/books/stats': () => ({
    body: { numberOfDocuments: 3, fieldDistribution: { id: 3, title: 3, [`${SHADOW_ROOT}.title`]: 3 } },
  }),
  'GET /indexes/books/documents': () => read({}),
  'POST /indexes/books/documents/fetch': ({ body }) => read(body as Wanted),
};

/** A Justuju in front of an engine that says it is of this version, and answers by the script. */
export async function startScripted(version: string, script: Script): Promise<Scripted> {
  const asked: Asked[] = [];
  const listeners = new Set<ServerResponse>();
  const known: Script = { 'GET /version': () => ({ body: { pkgVersion: version } }), ...script };
  const engine = createServer((request, response) => void answer(request, response, known, { asked, listeners }));
  const engineUrl = await listening(engine);
  const storeFolder = await mkdtemp(join(tmpdir(), 'store-'));
  const { app, close } = createApp({
    engine: { url: engineUrl, adminKey: 'admin', open: true, kind: 'remote', stop: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    storeFolder,
  });
  const server = createServer(app);
  return {
    url: await listening(server),
    engineUrl,
    asked,
    listeners,
    to: (route) => asked.filter(({ method, path }) => `${method} ${path.split('?')[0]}` === route),
    stop: async () => {
      for (const one of [server, engine]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
      await close().catch(() => undefined);
      await rm(storeFolder, { recursive: true, force: true });
    },
  };
}

interface Notes {
  readonly asked: Asked[];
  readonly listeners: Set<ServerResponse>;
}

async function answer(request: IncomingMessage, response: ServerResponse, script: Script, { asked, listeners }: Notes): Promise<void> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  const { method = '', url = '', headers } = request;
  const one: Asked = { method, path: url, headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  asked.push(one);
  const said = script[`${method} ${url.split('?')[0]}`]?.(one) ?? { status: 404, body: { message: 'Not found', code: 'not_found' } };
  if (said.isGone === true) {
    response.destroy();
    return;
  }
  response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
  if (said.stream === undefined) {
    response.end(said.text ?? JSON.stringify(said.body));
    return;
  }
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
  for (const piece of said.stream) response.write(piece);
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that Meilisearch's source `rest` can ask for vectors. It remembers the texts. */
export interface EmbeddingServer {
  /** Settings of an embedder that asks here. */
  readonly embedder: Readonly<Record<string, unknown>>;
  /** The texts that came since this was last asked. */
  seen(): string[];
  /** The `Authorization` header of the last request. */
  key(): string | undefined;
  stop(): Promise<void>;
}

export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  let texts: string[] = [];
  let key: string | undefined;
  const server = createServer((request, response) => {
    key = request.headers.authorization;
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { input } = JSON.parse(body) as { input: string[] };
      texts.push(...input);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: input.map((text) => [text.length, 1]) }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    embedder: {
      source: 'rest',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      dimensions: 2,
      request: { input: ['{{text}}', '{{..}}'] },
      response: { data: ['{{embedding}}', '{{..}}'] },
    },
    seen: () => {
      const all = texts;
      texts = [];
      return all;
    },
    key: () => key,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

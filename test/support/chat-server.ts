import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
  readonly role: string;
  readonly content?: unknown;
}

/** A language model that Meilisearch can ask: it has one search made, and remembers what it is told of the documents that were found. */
export interface ChatServer {
  /** Settings of a workspace that asks here. */
  readonly workspace: Readonly<Record<string, unknown>>;
  /** What it was told last. */
  told(): string | undefined;
  stop(): Promise<void>;
}

export async function startChatServer(search: { readonly index_uid: string; readonly q: string }): Promise<ChatServer> {
  let told: string | undefined;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const { messages } = JSON.parse(body) as { messages: Message[] };
      const found = messages.filter(({ role }) => role === 'tool').at(-1);
      told = found === undefined ? undefined : JSON.stringify(found.content);
      const call = { name: '_meiliSearchInIndex', arguments: JSON.stringify({ ...search, filter: null }) };
      const delta =
        found === undefined
          ? { role: 'assistant', tool_calls: [{ index: 0, id: 'call', type: 'function', function: call }] }
          : { role: 'assistant', content: 'done' };
      response.setHeader('content-type', 'text/event-stream');
      for (const [part, reason] of [
        [delta, null],
        [{}, found === undefined ? 'tool_calls' : 'stop'],
      ]) {
        const choices = [{ index: 0, delta: part, finish_reason: reason, logprobs: null }];
        response.write(`data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 0, model: 'm', choices })}\n\n`);
      }
      response.end('data: [DONE]\n\n');
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    workspace: { source: 'vLlm', baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, apiKey: 'none' },
    told: () => told,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

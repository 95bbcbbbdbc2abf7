/**
 * A test double for what Meilisearch 1.21 cannot show: it stands before a real 1.21 and answers otherwise where a newer Meilisearch is documented to.
 * What the script does not name goes to the real one and comes back as it is.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedRequest {
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  /** The JSON body, or undefined. */
  readonly body: unknown;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Script {
  /** Answers in place of the real engine. */
  readonly answer?: (request: ScriptedRequest) => ScriptedAnswer | undefined;
  /** What the real engine is sent in place of the body. */
  readonly onRequest?: (request: ScriptedRequest) => unknown;
  /** What is answered in place of the real engine's body. */
  readonly onAnswer?: (request: ScriptedRequest, answer: ScriptedAnswer) => unknown;
}

export interface ScriptedEngine {
  readonly url: string;
  /** All requests that came, in order. */
  readonly requests: readonly ScriptedRequest[];
  stop(): Promise<void>;
}

export async function startAlteredEngine(realUrl: string, script: Script): Promise<ScriptedEngine> {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, realUrl, script, requests);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () => stopServer(server),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  realUrl: string,
  script: Script,
  requests: ScriptedRequest[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const asked: ScriptedRequest = { method: request.method ?? 'GET', path: request.url ?? '/', body: parse(raw.toString()) };
  requests.push(asked);
  const { status, body } = script.answer?.(asked) ?? (await ask(realUrl, request, raw, asked, script));
  response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? '' : JSON.stringify(body));
}

async function ask(
  realUrl: string,
  request: IncomingMessage,
  raw: Buffer,
  asked: ScriptedRequest,
  script: Script,
): Promise<ScriptedAnswer> {
  const changed = script.onRequest?.(asked);
  const { authorization, 'content-type': type } = request.headers;
  const sent = changed === undefined ? raw : Buffer.from(JSON.stringify(changed));
  const answer = await fetch(realUrl + asked.path, {
    method: asked.method,
    headers: { ...(authorization === undefined ? {} : { authorization }), ...(type === undefined ? {} : { 'content-type': type }) },
    ...(asked.method === 'GET' ? {} : { body: sent }),
  });
  const real: ScriptedAnswer = { status: answer.status, body: parse(await answer.text()) };
  return { status: real.status, body: script.onAnswer?.(asked, real) ?? real.body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

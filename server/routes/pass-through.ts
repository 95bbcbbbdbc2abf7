import { Readable, type Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Request, RequestHandler, Response } from 'express';
import type { Dispatcher } from 'undici';
import { PayloadTooLarge } from '../errors.js';
import { decoded, limited } from './body.js';
import { authorizationOf, type Context, drainUnread } from './context.js';

/**
 * Headers of a connection, which end where it ends (RFC 9110, 7.6.1), and what we say to Meilisearch ourselves.
 * `expect`: Node has answered it.
 */
const OF_A_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  'authorization',
  'accept-encoding',
]);

/** Everything that Justuju has nothing to add to goes to Meilisearch and back, streaming. */
export const passThrough =
  (context: Context): RequestHandler =>
  (request, response) =>
    passOn(context, request, response);

/** @param translate what is done to the body of the answer on its way, by its content type; undefined: nothing */
export async function passOn(
  context: Context,
  request: Request,
  response: Response,
  translate: (type: string) => Transform | undefined = () => undefined,
): Promise<void> {
  const { engine, http, states, capabilities, payloadLimit } = context;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const authorization = authorizationOf(request, engine);
    const answer = await http.stream(
      {
        method: request.method,
        path: request.originalUrl,
        // Compressed answers come 40 ms late over loopback; Justuju compresses towards the client.
        headers: [
          ...passedOn(request),
          'accept-encoding',
          'identity',
          ...(authorization === undefined ? [] : ['authorization', authorization]),
        ],
        body: await bodyOf(request, payloadLimit),
      },
      gone.signal,
    );
    // What goes by may change an index, or what the engine is set to do: ask anew.
    if (request.method !== 'GET' && request.method !== 'HEAD' && answer.statusCode < 400) {
      states.forget();
      capabilities.forget();
    }
    await passBack(answer, response, translate);
  } catch (error) {
    // The client did not wait, and nobody is left to be told.
    if (!gone.signal.aborted) throw error;
  }
}

async function passBack(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  response: Response,
  translate: (type: string) => Transform | undefined,
): Promise<void> {
  drainUnread(response);
  response.status(statusCode);
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !OF_A_CONNECTION.has(name)) response.setHeader(name, value);
  const translated = translate(String(headers['content-type'] ?? ''));
  // The client is to know at once that it is listened to.
  if (translated !== undefined) {
    response.removeHeader('content-length');
    response.flushHeaders();
  }
  // Not `pipeline`: its many listeners, beside those of compression and of the log, are more than Node takes for sound.
  await new Promise((resolve, reject) => {
    body.once('error', reject);
    body.once('end', resolve);
    translated?.once('error', reject);
    (translated === undefined ? body : body.pipe(translated)).pipe(response);
  });
}

/** A body up to so many bytes is sent in one piece. */
const SMALL = 65_536;

/**
 * Never more than the operator allows, and unpacked here: Meilisearch would unpack it before it looks at the key, up to what the uploads of all may need.
 *
 * A small body goes to Meilisearch in one piece with its head. Meilisearch may refuse a request before it has read the body, and end the connection: what of the body comes later then takes the
 * answer with it. A large one goes behind a stream of its own: where Meilisearch answers early the body is destroyed, and with the request the client's connection would be.
 */
async function bodyOf(request: Request, limit: number): Promise<Buffer | Readable | null> {
  const { headers } = request;
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : undefined;
  if (length === 0) return null;
  if (length !== undefined && length > limit) throw new PayloadTooLarge(limit);
  const isPlain = !isPacked(request);
  return isPlain && length !== undefined && length <= SMALL ? buffer(request) : Readable.from(limited(decoded(request), limit));
}

const isPacked = ({ headers }: Request): boolean => headers['content-encoding'] !== undefined;

/** Names and values of the client's headers in turn, as they came. */
function passedOn(request: Request): string[] {
  const { rawHeaders, headers } = request;
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (isPacked(request)) named.push('content-encoding', 'content-length');
  const passed: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name, value] = [rawHeaders[i] as string, rawHeaders[i + 1] as string];
    if (!OF_A_CONNECTION.has(name.toLowerCase()) && !named.includes(name.toLowerCase())) passed.push(name, value);
  }
  return passed;
}

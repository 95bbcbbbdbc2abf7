import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';
import { isJson } from '../documents/format.js';
import { BadRequest, PayloadTooLarge } from '../errors.js';
import { parseExactly } from '../json/exact-json.js';
import { isObject } from '../json/is-object.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { withoutShadows } from '../shadow/shadow.js';
import { authorizationOf, type Context, reply } from './context.js';

/** Meilisearch's JSON reader goes no deeper. */
const DEEPEST = 127;

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The body as it was before `Content-Encoding`. */
export function decoded(request: Request): Readable {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return request;
  const decoder = DECODERS[encoding];
  if (decoder === undefined)
    throw new BadRequest(
      `The Content-Encoding \`${encoding}\` cannot be read. Send the body as it is, or as gzip, deflate or br.`,
      'invalid_content_type',
      415,
    );
  const stream = decoder() as unknown as Readable & NodeJS.WritableStream;
  request.on('error', (error) => stream.destroy(error));
  return request.pipe(stream);
}

/**
 * The body of documents as it was before `Content-Encoding`, up to the largest size. Thrown to the reader: `PayloadTooLarge` beyond that size, `BadRequest` where it is not so encoded; wherever it is
 * read, and were it in the midst of an upload, the fault is the client's and not Meilisearch's.
 */
export async function* limited(stream: Readable, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  // Not `for await`: that would destroy the stream where the reader stops early, and the client's connection with it.
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const nextChunk = (): Promise<IteratorResult<Buffer>> =>
    chunks.next().catch((error: unknown) => {
      throw asUndecodable(error);
    });
  for (let next = await nextChunk(); next.done !== true; next = await nextChunk()) {
    size += next.value.length;
    if (size > limit) throw new PayloadTooLarge(limit);
    yield next.value;
  }
}

function readAll(request: Request, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = decoded(request);
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      // A bomb is not unpacked any further.
      if (stream !== request) stream.destroy();
      reject(new PayloadTooLarge(limit));
    });
    stream.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    stream.on('error', (error) => reject(asUndecodable(error)));
    request.on('close', () => {
      if (!request.complete) reject(new BadRequest('The request was cut off.'));
    });
  });
}

/** By shape, not by `instanceof`: in jest Node's own errors are of another realm. Brotli's codes begin otherwise than those of zlib. */
const isZlib = (error: unknown): error is Error =>
  isObject(error) && typeof error['code'] === 'string' && /^(?:Z_|ERR_(?:_ERROR_|BROTLI_|PADDING|ZLIB))/.test(error['code']);

/** An error of reading a body, as it is told: what is not so encoded is the client's fault. Any other error is itself. */
export const asUndecodable = <T>(error: T): T | BadRequest =>
  isZlib(error) ? new BadRequest(`The body is not what its Content-Encoding says: ${error.message}.`, 'bad_request') : error;

/**
 * Reads a JSON object into `request.body`. A body that is none (or of another content type) goes to Meilisearch as it came, which refuses it
 * in the words that clients know.
 */
export function readObject(context: Context): RequestHandler {
  return async (request, response, next) => {
    const raw = await readAll(request, context.payloadLimit);
    const body = isJson(request.headers['content-type']) ? parseObject(raw) : undefined;
    if (body === undefined) {
      await forward(context, request, response, raw);
      return;
    }
    request.body = body;
    rawBodies.set(request, raw);
    next();
  };
}

/** Reads a body of any JSON value, or none, for requests whose body Meilisearch shall judge. `request.body` is undefined where it is no JSON. */
export function readAny(context: Context): RequestHandler {
  return async (request, _response, next) => {
    const raw = await readAll(request, context.payloadLimit);
    rawBodies.set(request, raw);
    request.body = isJson(request.headers['content-type']) ? parse(raw) : undefined;
    next();
  };
}

const rawBodies = new WeakMap<Request, Buffer>();

/** Sends a request whose body was read to Meilisearch as it came, to its own path and with its own key unless told. */
export function sendOn(
  context: Context,
  request: Request,
  {
    raw = rawBodies.get(request),
    path = request.originalUrl,
    authorization = authorizationOf(request, context.engine),
  }: { raw?: Buffer | undefined; path?: string; authorization?: string | undefined } = {},
): Promise<EngineAnswer> {
  const type = request.headers['content-type'];
  return context.http.request({
    method: request.method as 'GET',
    path,
    authorization,
    headers: type === undefined ? {} : { 'content-type': type },
    body: raw,
  });
}

/** The same, and the client gets what Meilisearch says, but for the shadows of hits. */
export async function forward(context: Context, request: Request, response: Response, raw?: Buffer): Promise<void> {
  const answer = await sendOn(context, request, { raw });
  reply(response, { status: answer.status, body: withoutShadows(answer.jsonOrText()) });
}

/** What a client is answered. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** What Meilisearch says against a request before it looks at the body: it is asked with a content type that it does not take. Undefined: nothing. */
export async function refusalUnread({ engine, http }: Context, request: Request): Promise<Answered | undefined> {
  const answer = await http.request({
    method: request.method as 'GET',
    path: request.originalUrl,
    authorization: authorizationOf(request, engine),
    headers: { 'content-type': 'text/plain' },
    body: '',
  });
  const body = answer.jsonOrText();
  return codeOf(body) === 'invalid_content_type' ? undefined : { status: answer.status, body };
}

/** The code of Meilisearch's error. */
export const codeOf = (body: unknown): unknown => (isObject(body) ? body['code'] : undefined);

/** Undefined for what is no JSON, or no UTF-8: a decoder would put U+FFFD in its place, where Meilisearch refuses it. */
function parse(raw: Buffer): unknown {
  if (!isUtf8(raw)) return undefined;
  try {
    return parseExactly(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}

function parseObject(raw: Buffer): Record<string, unknown> | undefined {
  const body = parse(raw);
  return body !== null && typeof body === 'object' && !Array.isArray(body) && !isDeeper(body, DEEPEST)
    ? (body as Record<string, unknown>)
    : undefined;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

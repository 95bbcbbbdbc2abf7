import { Readable } from 'node:stream';
import { ANALYZER_VERSION } from '@justuju/urdu';
import type { Request, RequestHandler, Response } from 'express';
import { type Analysis, type AnalysisOptions, analyzeHere } from '../documents/analysis.js';
import { type DocumentFormat, formatOf } from '../documents/format.js';
import type { Language } from '../documents/language.js';
import { CutOffPayload, malformed } from '../documents/malformed.js';
import type { Reading } from '../documents/reading.js';
import { type CutOff, type First, type Listener, languageOfFirst, type ReadOptions } from '../documents/with-shadows.js';
import { BadRequest } from '../errors.js';
import { adminAuthorization } from '../meilisearch/client.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import type { IndexAhead } from '../settings/index-state.js';
import { languageIn, readingOf, saysUrdu } from '../settings/languages.js';
import { rootOfVersion } from '../shadow/shadow.js';
import { decoded, limited, refusalUnread } from './body.js';
import { authorizationOf, type Context, param, reply } from './context.js';
import { mendLater } from './mend-later.js';
import { prepareIndex } from './settings.js';
import { beginWrite } from './write-under-way.js';

/**
 * Bytes of a body that are held, so that what Meilisearch would refuse can be sent to it as it came, and so that a first batch makes no index
 * when it is refused. Larger bodies stream.
 */
const HELD_BYTES = 8 * 1024 * 1024;

/** Bytes of a body up to which it costs less to analyze it in vain than to ask first whether it is wanted. */
const CHEAP_BYTES = 65_536;

/**
 * Bytes of a body up to which it is analyzed in this thread: some twenty milliseconds at most, in several turns. Beyond, one document alone may hold the event loop for as long as it takes: it goes to the other thread.
 */
const HERE_BYTES = 65_536;

/** Adds or updates documents: one request, one task, as in Meilisearch. */
export function writeDocuments(context: Context, method: 'POST' | 'PUT'): RequestHandler {
  return async (request, response, next) => {
    const uid = param(request, 'uid');
    const format = formatOf(request.headers['content-type']);
    const url = new URL(request.originalUrl, 'http://justuju');
    // Before anything else is asked: of many uploads that are refused, searches shall feel nothing.
    const isAsked = format !== undefined && mayBeLarge(request);
    if (isAsked && (await answersRefusal(request, response, context))) return;
    const ahead = await context.states.ahead(uid);
    const isNew = ahead.analyzerVersion === undefined;
    // What Meilisearch refuses; and an index that it analyzed by itself, which stays of one kind until it is reindexed.
    if (
      format === undefined ||
      hasStrayDelimiter(url, format) ||
      (isNew && !ahead.empty) ||
      (!ahead.exists && !(await mayCreate(authorizationOf(request, context.engine), context)))
    ) {
      next();
      return;
    }
    if (isNew && !isAsked && (await answersRefusal(request, response, context))) return;
    // Who may not write holds no place that others wait for.
    const leave = mayBeLarge(request) ? await context.gates.uploads.enter(closed(response)) : undefined;
    try {
      const body = await hold(limited(decoded(request), context.payloadLimit));
      reply(response, await new DocumentWrite({ context, request, method, uid, url, format, ahead }).send(body));
    } finally {
      leave?.();
    }
  };
}

interface WriteAsked {
  readonly context: Context;
  readonly request: Request;
  readonly method: 'POST' | 'PUT';
  readonly uid: string;
  readonly url: URL;
  readonly format: DocumentFormat;
  readonly ahead: IndexAhead;
}

/** One upload on its way through the analyzer to Meilisearch, and to the store. */
class DocumentWrite {
  private broken = 0;
  private cutOff: CutOff | undefined;

  constructor(private readonly asked: WriteAsked) {}

  /** Throws `CutOffPayload` where the last document is cut off and those before it were taken. */
  async send(body: Held): Promise<{ status: number; body: unknown }> {
    const { context, method, uid, url, format, ahead } = this.asked;
    const primaryKey = url.searchParams.get('primaryKey') ?? (await context.states.of(uid)).primaryKey;
    const csvDelimiter = url.searchParams.getAll('csvDelimiter').at(-1) ?? ',';
    const isFirst = ahead.empty && !ahead.awaitsDocuments;
    const isNew = ahead.analyzerVersion === undefined;
    const { language, reading } = await this.readingFor(isNew || isFirst, body, { format, csvDelimiter });
    const root = rootOfVersion(ahead.analyzerVersion ?? ANALYZER_VERSION);
    const write = beginWrite(uid, context);
    const analysis = this.analysis(body, { format, csvDelimiter, isPartial: method === 'PUT', root, reading, primaryKey });
    let answer: EngineAnswer | undefined;
    try {
      answer = await this.sent(body, analysis, { isNew, isFirst, language });
    } finally {
      analysis.close();
      // Of a part of a document whose key is not known it is not known which one it is: the store finds out by itself.
      const isKnown = this.broken === 0 && root === rootOfVersion(ANALYZER_VERSION) && (method === 'POST' || primaryKey !== undefined);
      write(answer, isKnown && answer?.status === 202 ? analysis.take() : undefined);
    }
    context.states.forget(uid);
    // Of documents that are none Meilisearch says that it has failed itself.
    if (answer.status === 500 && this.broken > 0) throw malformed(format, messageOf(answer));
    if (answer.status === 202 && this.cutOff !== undefined) {
      const { taskUid } = answer.json() as { taskUid: number };
      throw new CutOffPayload(this.cutOff.line, this.cutOff.before, taskUid);
    }
    return { status: answer.status, body: answer.jsonOrText() };
  }

  private analysis({ whole, stream }: Held, options: AnalysisOptions): Analysis {
    const listener: Listener = {
      onBroken: () => {
        this.broken += 1;
      },
      onCutOff: (cutOff) => this.takesCutOff(cutOff),
    };
    return isShort(whole) ? analyzeHere(stream, options, listener) : this.asked.context.analysis.analyze(stream, options, listener);
  }

  /** How the documents are to be read. Those that come first decide what language the index is in. */
  private async readingFor(
    isFirst: boolean,
    { beginning, whole }: Held,
    form: Pick<ReadOptions, 'format' | 'csvDelimiter'>,
  ): Promise<{ language: Language; reading: Reading }> {
    const { settings } = this.asked.ahead;
    const before = readingOf(settings);
    if (!isFirst) return { language: languageIn(settings), reading: before };
    const first: First = { ...form, beginning, isWhole: whole !== undefined, reading: before };
    const found = await (isShort(whole) ? languageOfFirst(first) : this.asked.context.analysis.findLanguage(first));
    // Where Meilisearch is told that all is Urdu, it is.
    const language = found !== undefined && saysUrdu(settings) ? 'urd' : found;
    return { language, reading: { ...before, language: saysUrdu(settings) ? 'urd' : language } };
  }

  private async sent(body: Held, analysis: Analysis, first: FirstDocuments): Promise<EngineAnswer> {
    const { uid, context } = this.asked;
    if (body.whole === undefined) {
      const beginning = await analysis.lines.next();
      const lines = new BrokenOff(chain(beginning.done === true ? [] : [beginning.value], analysis.lines));
      const answer = await this.prepared(first, lines);
      if (lines.failure !== undefined) throw lines.failure.reason;
      return answer;
    }
    const lines = await collected(analysis.lines);
    // Empty or malformed: Meilisearch says so best.
    const isRefused = lines === undefined || this.broken > 0;
    const answer = isRefused || lines.length === 0 ? await this.asItCame(body.whole) : await this.prepared(first, lines);
    if (isRefused && answer.status === 202) mendAfterwards(uid, answer, context);
    return answer;
  }

  /** Makes the index ready for its first documents, and sends. */
  private async prepared({ isNew, isFirst, language }: FirstDocuments, content: Buffer | AsyncIterable<Buffer>): Promise<EngineAnswer> {
    const { context, request, uid, url, ahead } = this.asked;
    if (isNew) await prepareIndex(uid, ahead, language, context);
    else if (isFirst && language !== languageIn(ahead.settings) && (await refusalUnread(context, request)) === undefined)
      await prepareIndex(uid, ahead, language, context);
    return this.put({ 'content-type': 'application/x-ndjson' }, content, withoutDelimiter(url));
  }

  private asItCame(whole: Buffer): Promise<EngineAnswer> {
    const { request, url } = this.asked;
    return this.put({ 'content-type': String(request.headers['content-type']) }, whole, url.search);
  }

  private put(headers: Record<string, string>, content: Buffer | AsyncIterable<Buffer>, query: string): Promise<EngineAnswer> {
    const { context, request, method, url } = this.asked;
    return context.http.request({
      method,
      path: `${url.pathname}${query}`,
      authorization: authorizationOf(request, context.engine),
      headers,
      lane: 'upload',
      body: Buffer.isBuffer(content) ? content : Readable.from(content),
    });
  }

  private async takesCutOff(cutOff: CutOff): Promise<boolean> {
    if (this.broken > 0 || !endsTooEarly(await this.asItCame(Buffer.from(cutOff.text)))) return false;
    this.cutOff = cutOff;
    return true;
  }
}

const isShort = (whole: Buffer | undefined): boolean => whole !== undefined && whole.length <= HERE_BYTES;

const messageOf = (answer: EngineAnswer): string => String((answer.jsonOrText() as { message?: unknown } | undefined)?.message);

/** What is known of an index before its first documents. */
interface FirstDocuments {
  readonly isNew: boolean;
  readonly isFirst: boolean;
  readonly language: Language;
}

/** Meilisearch took what we could not read: its documents have no shadows yet. */
function mendAfterwards(uid: string, answer: EngineAnswer, context: Context): void {
  const { taskUid } = answer.json() as { taskUid: number };
  context.log.warn({ uid, taskUid }, 'Meilisearch took documents that Justuju could not read; they are analyzed afterwards');
  mendLater(uid, taskUid, context);
}

/** Whether Meilisearch refused what it was sent because something is missing at its end. */
const endsTooEarly = ({ status, text }: EngineAnswer): boolean => status === 400 && text.includes('EOF while parsing');

const withoutDelimiter = (url: URL): string => {
  const query = new URLSearchParams(url.searchParams);
  query.delete('csvDelimiter');
  return query.size === 0 ? '' : `?${query.toString()}`;
};

/** A delimiter that Meilisearch refuses: not one character, or for a body that is no CSV. */
const hasStrayDelimiter = ({ searchParams }: URL, format: string): boolean => {
  const delimiters = searchParams.getAll('csvDelimiter');
  return delimiters.length > 0 && (format !== 'csv' || !delimiters.every((delimiter) => /^[\0-\x7f]$/.test(delimiter)));
};

interface Held {
  /** All of it, where it is short enough to be held. */
  readonly whole: Buffer | undefined;
  readonly stream: AsyncIterable<Buffer>;
  readonly beginning: Buffer;
}

/** Reads the beginning of a body. */
async function hold(stream: AsyncIterable<Buffer>): Promise<Held> {
  const chunks: Buffer[] = [];
  let size = 0;
  const rest = stream[Symbol.asyncIterator]();
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    chunks.push(next.value);
    size += next.value.length;
    if (size > HELD_BYTES) {
      const beginning = Buffer.concat(chunks);
      return { whole: undefined, stream: chain(chunks, rest), beginning };
    }
  }
  const whole = Buffer.concat(chunks);
  return { whole, stream: Readable.from(chunks), beginning: whole };
}

async function* chain(first: Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let chunk = first.shift(); chunk !== undefined; chunk = first.shift()) yield chunk;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** No document, and no end of one. */
const UNREADABLE = Buffer.from('\n{\n');

/**
 * Lines, and where these break off one that cannot be read. Meilisearch (1.21) takes what has come of a body whose connection is closed, and nothing of one that it cannot read: half of an upload was indexed
 * of which was said that nothing was taken.
 */
class BrokenOff implements AsyncIterable<Buffer> {
  /** Why they broke off. */
  failure: { readonly reason: unknown } | undefined;

  constructor(private readonly lines: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      yield* this.lines;
    } catch (reason) {
      this.failure = { reason };
      yield UNREADABLE;
    }
  }
}

/** The lines as one buffer, or undefined where the body is malformed. */
async function collected(lines: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of lines) pieces.push(piece);
  } catch (error) {
    if (error instanceof BadRequest && error.code === 'malformed_payload') return undefined;
    throw error;
  }
  return Buffer.concat(pieces);
}

const mayBeLarge = ({ headers }: Request): boolean =>
  headers['content-encoding'] !== undefined || !(Number(headers['content-length'] ?? Number.NaN) <= CHEAP_BYTES);

/** Aborted when the client is gone. */
function closed(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

/** Answers what Meilisearch refuses before it looks at the body. Returns whether it does. */
async function answersRefusal(request: Request, response: Response, context: Context): Promise<boolean> {
  const refusal = await refusalUnread(context, request);
  if (refusal !== undefined) reply(response, refusal);
  return refusal !== undefined;
}

/** Whether the caller's key lets a write make a new index. We would prepare it with a key of our own, so the caller's must be looked at. */
async function mayCreate(authorization: string | undefined, context: Context): Promise<boolean> {
  const key = /^Bearer\s+(.+)$/i.exec(authorization ?? '')?.[1];
  if (key === undefined) return true;
  const answer = await context.http.request({
    method: 'GET',
    path: `/keys/${encodeURIComponent(key)}`,
    authorization: adminAuthorization(context.engine),
  });
  // The master key is no key that is listed; neither is a wrong one, and that Meilisearch refuses before anything is made.
  if (answer.status !== 200) return true;
  const { actions } = answer.json() as { actions: readonly string[] };
  return actions.some((action) => action === '*' || action === 'indexes.*' || action === 'indexes.create');
}

import { transcode } from 'node:buffer';
import { type Dispatcher, errors, Pool } from 'undici';
import { BadRequest, JustujuError } from '../errors.js';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import { Rounds } from '../rounds.js';
import { Breaker, type BreakerState, type BreakerTimes, FOR_BACKGROUND, type Pending } from './breaker.js';
import { giveUpUnread } from './give-up-unread.js';
import { isShaped } from './shape.js';

/** An answer of Meilisearch, read whole. */
export class EngineAnswer {
  private decoded: string | undefined;

  /** @param path of the request, by which it is known what a good answer holds */
  constructor(
    readonly status: number,
    readonly bytes: Buffer,
    private readonly path = '',
  ) {}

  get text(): string {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  /**
   * Undefined where the body is empty.
   *
   * @throws EngineNonsense where it is no JSON, or a good answer that is none to what was asked
   */
  json(): unknown {
    let body: unknown;
    try {
      body = this.text === '' ? undefined : parseExactly(this.text);
    } catch (cause) {
      throw new EngineNonsense(this.status, cause);
    }
    if (this.status < 300 && !isShaped(this.status, this.path, body)) throw new EngineNonsense(this.status);
    return body;
  }

  /**
   * For answers that go to the client whatever they are. A refusal may be text: of a proxy in between.
   *
   * @throws EngineNonsense where a good answer is no JSON
   */
  jsonOrText(): unknown {
    try {
      return this.json();
    } catch (error) {
      if (this.status < 300) throw error;
      return this.text;
    }
  }
}

/**
 * Requests of a kind share connections, so that no kind waits for another. `search`: all that is small, answered in milliseconds; `upload`: documents;
 * `other`: what is passed on, streams without an end among them.
 */
export type Lane = 'search' | 'upload' | 'other';

/** @throws EngineUnreachable where several servers are asked and one of them is missing */
function refuseMissing(answer: EngineAnswer): void {
  if (!answer.text.includes(`"${SERVER_MISSING}"`)) return;
  const { code, message } = answer.jsonOrText() as { code?: unknown; message?: unknown };
  if (code === SERVER_MISSING) throw new EngineUnreachable(undefined, String(message));
}

interface Limits {
  readonly connections: number;
  /** Milliseconds until the answer has begun, a free connection included. 0: as long as the body is on its way, however slowly. */
  readonly deadline: number;
  /** Milliseconds in which Meilisearch neither takes a piece of the body nor begins its answer. */
  readonly silence: number;
  /** Milliseconds between two pieces of the answer; 0 for no limit. */
  readonly pause: number;
}

/** 64 connections for searches: Meilisearch answers four searches per core at a time and queues the rest itself. */
const LANES: Readonly<Record<Lane, Limits>> = {
  search: { connections: 64, deadline: 30_000, silence: 30_000, pause: 30_000 },
  upload: { connections: 64, deadline: 0, silence: 300_000, pause: 30_000 },
  other: { connections: 256, deadline: 0, silence: 600_000, pause: 0 },
};

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query string, beginning with a slash. */
  readonly path: string;
  /** The caller's `Authorization` header, as it came; undefined sends none. */
  readonly authorization: string | undefined;
  readonly headers?: Record<string, string>;
  /** What kind of work it is; `search` unless told. */
  readonly lane?: Lane;
  readonly body?: string | Buffer | NodeJS.ReadableStream | AsyncIterable<Buffer | string> | undefined;
}

/**
 * UTF-8 to a string. For Urdu text `transcode` is four times as fast as `toString('utf8')` or a TextDecoder in Node 20 (measured:
 * 340 kB in 0.4 and 1.9 ms), and answers with twenty articles are what a search waits for.
 */
export const decode = (body: Buffer): string =>
  body.length < 4_096 ? body.toString('utf8') : transcode(body, 'utf8', 'utf16le').toString('utf16le');

/** A string to UTF-8: as above, and twice as fast for Urdu (measured: 61,000 characters in .16 and .34 ms). @param text without lone surrogates, as JSON is written */
export const encode = (text: string): Buffer =>
  text.length < 4_096 ? Buffer.from(text) : transcode(Buffer.from(text, 'utf16le'), 'utf16le', 'utf8');

/** Meilisearch is not to be reached. Clients retry on 503. Where it is and why stands in the log: readers are not told addresses of machines behind. */
export class EngineUnreachable extends JustujuError {
  constructor(cause?: unknown, message = 'Meilisearch does not answer. It may be restarting: try again in a moment.') {
    super(503, 'engine_unreachable', 'system', message, { cause });
  }
}

/** By this code the door to several servers (`server/group/`) says that one of them would have to take part and is gone: for what was asked that is as if Meilisearch were. */
export const SERVER_MISSING = 'server_missing';

/** What came as Meilisearch's answer is none: another program may listen at its address, or a proxy stand between. */
export class EngineNonsense extends JustujuError {
  constructor(status: number, cause?: unknown) {
    super(
      502,
      'engine_answer_unreadable',
      'system',
      `Meilisearch answered with status ${status} and what cannot be read. Try again; if it stays so, the operator sees by \`justuju doctor\` what answers there.`,
      { cause },
    );
  }
}

/** Meilisearch is there, and has not answered in time. What it was asked for may still happen. */
export class EngineTimedOut extends JustujuError {
  constructor(ms: number, cause?: unknown) {
    super(
      504,
      'engine_timed_out',
      'system',
      `Meilisearch has not answered within ${ms / 1000} s. It may be busy: try again later, or ask for less at once.`,
      { cause },
    );
  }
}

export interface EngineHttpOptions {
  /** Told of each request when it began, and the status of its answer or undefined for none. */
  readonly onAnswer?: (started: number, status: number | undefined) => void;
  /** Told when Meilisearch is found to be gone, and when it is back. */
  readonly onChange?: (state: BreakerState) => void;
  /** Milliseconds that replace all limits of the lanes: for tests. */
  readonly patience?: number;
  /** When Meilisearch is taken for gone. Default: as background work has it. */
  readonly times?: BreakerTimes;
}

/**
 * Requests to Meilisearch: kept-alive connections, no redirects.
 * Asks for `identity`: over loopback, compressed answers of more than a few kilobytes come 40 ms late
 * (small writes meet delayed acknowledgements; measured, see ARCHITECTURE.md).
 */
export class EngineHttp {
  private readonly pools: Readonly<Record<Lane, Dispatcher>>;
  private readonly lanes: Readonly<Record<Lane, Limits>>;
  private readonly probes: Pool;
  private readonly breaker: Breaker;
  private readonly rounds = new Rounds();
  private readonly onAnswer: NonNullable<EngineHttpOptions['onAnswer']>;

  constructor(
    readonly url: string,
    { onAnswer = () => undefined, onChange = () => undefined, patience, times = FOR_BACKGROUND }: EngineHttpOptions = {},
  ) {
    this.onAnswer = onAnswer;
    const of = (lane: Lane): Limits =>
      patience === undefined
        ? LANES[lane]
        : { ...LANES[lane], deadline: lane === 'search' ? patience : 0, silence: patience, pause: patience };
    this.lanes = { search: of('search'), upload: of('upload'), other: of('other') };
    const pool = ({ connections, silence, pause }: Limits): Dispatcher =>
      new Pool(url, { connections, pipelining: 1, keepAliveTimeout: 30_000, headersTimeout: silence, bodyTimeout: pause }).compose(
        giveUpUnread,
      );
    this.pools = { search: pool(this.lanes.search), upload: pool(this.lanes.upload), other: pool(this.lanes.other) };
    this.probes = new Pool(url, { connections: 1, pipelining: 1 });
    this.breaker = new Breaker({ probe: (signal) => this.isThere(signal), onChange, times });
  }

  /** Whether Meilisearch was found to be gone, and is not asked. */
  get isGone(): boolean {
    return this.breaker.isOpen;
  }

  /** A request whose answer is read whole. */
  async request({ method, path, authorization, headers, body, lane = 'search' }: EngineRequest): Promise<EngineAnswer> {
    const sent: Record<string, string> = { 'accept-encoding': 'identity', ...headers };
    if (authorization !== undefined) sent['authorization'] = authorization;
    const started = performance.now();
    const pending = this.begin(lane === 'upload');
    try {
      const answer = await this.ask(lane, { method, path, headers: sent, body: (body ?? null) as never }, pending);
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      this.onAnswer(started, answer.statusCode);
      const read = new EngineAnswer(answer.statusCode, bytes, path);
      if (answer.statusCode === 503) refuseMissing(read);
      await this.rounds.next();
      return read;
    } catch (error) {
      if (error instanceof JustujuError) throw error;
      this.onAnswer(started, undefined);
      throw this.explained(error, lane, pending);
    } finally {
      pending.end();
    }
  }

  /** A request with a JSON body. */
  send(method: EngineRequest['method'], path: string, authorization: string | undefined, body: unknown): Promise<EngineAnswer> {
    return this.request({ method, path, authorization, headers: { 'content-type': 'application/json' }, body: stringifyExactly(body) });
  }

  /** A request whose answer is passed on as it comes. `signal` ends both. */
  async stream(request: Dispatcher.RequestOptions, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const pending = this.begin(request.method !== 'GET' && request.method !== 'HEAD');
    try {
      return await this.ask('other', { ...request, signal: AbortSignal.any([signal, pending.signal]) }, pending);
    } catch (error) {
      // The client went away: that says nothing of Meilisearch.
      throw error instanceof JustujuError || signal.aborted ? error : this.explained(error, 'other', pending);
    } finally {
      pending.end();
    }
  }

  async close(): Promise<void> {
    this.breaker.close();
    await Promise.all([...Object.values(this.pools), this.probes].map((pool) => pool.close()));
  }

  private begin(isWrite: boolean): Pending {
    if (this.breaker.isOpen) throw new EngineUnreachable();
    return this.breaker.begin({ isWrite });
  }

  private async ask(lane: Lane, request: Dispatcher.RequestOptions, pending: Pending): Promise<Dispatcher.ResponseData> {
    const { deadline } = this.lanes[lane];
    const signal = (request.signal as AbortSignal | undefined) ?? pending.signal;
    if (deadline === 0) return this.heard(await this.pools[lane].request({ ...request, signal }), pending);
    const late = new AbortController();
    const giveUp = (): void => late.abort(pending.signal.reason);
    pending.signal.addEventListener('abort', giveUp, { once: true });
    const timer = setTimeout(() => late.abort(new errors.HeadersTimeoutError()), deadline);
    try {
      return this.heard(await this.pools[lane].request({ ...request, signal: late.signal }), pending);
    } finally {
      clearTimeout(timer);
    }
  }

  private heard(answer: Dispatcher.ResponseData, pending: Pending): Dispatcher.ResponseData {
    pending.heard();
    return answer;
  }

  /** By a connection of its own: those of the lanes may all wait. */
  private async isThere(signal: AbortSignal): Promise<boolean> {
    try {
      const { statusCode, body } = await this.probes.request({ method: 'GET', path: '/health', signal });
      await body.dump();
      return statusCode < 500;
    } catch {
      return false;
    }
  }

  private explained(error: unknown, lane: Lane, pending: Pending): JustujuError {
    const { deadline, silence, pause } = this.lanes[lane];
    if (pending.signal.aborted) return new EngineUnreachable(error);
    if (error instanceof errors.HeadersTimeoutError) return new EngineTimedOut(deadline === 0 ? silence : deadline, error);
    if (error instanceof errors.BodyTimeoutError) return new EngineTimedOut(pause, error);
    // A path or a header that cannot be written to a connection: the client's, since our own are tested.
    if (error instanceof errors.InvalidArgumentError)
      return new BadRequest(`The request cannot be passed on to Meilisearch: ${error.message}.`);
    // Bytes that are no HTTP: something listens there, and it is not Meilisearch.
    if (error instanceof errors.HTTPParserError) return new EngineNonsense(200, error);
    this.breaker.suspect();
    return new EngineUnreachable(error);
  }
}

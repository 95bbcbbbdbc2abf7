import { transcode } from 'node:buffer';
import { Pool } from 'undici';
import { JustujuError } from '../errors.js';
import { parseExactly, stringifyExactly } from './exact-json.js';

/** An answer of Meilisearch, read whole. */
export class EngineAnswer {
  private decoded: string | undefined;

  constructor(
    readonly status: number,
    readonly bytes: Buffer,
  ) {}

  get text(): string {
    this.decoded ??= decode(this.bytes);
    return this.decoded;
  }

  /** Undefined where the body is empty. Throws where it is no JSON. */
  json(): unknown {
    return this.text === '' ? undefined : parseExactly(this.text);
  }

  /** For answers that go to the client whatever they are. */
  jsonOrText(): unknown {
    try {
      return this.json();
    } catch {
      return this.text;
    }
  }
}

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query string, beginning with a slash. */
  readonly path: string;
  /** The caller's `Authorization` header, as it came; undefined sends none. */
  readonly authorization: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer | NodeJS.ReadableStream | AsyncIterable<Buffer | string> | undefined;
}

/**
 * UTF-8 to a string. For Urdu text `transcode` is four times as fast as `toString('utf8')` or a TextDecoder in Node 20 (measured:
 * 340 kB in 0.4 and 1.9 ms), and answers with twenty articles are what a search waits for.
 */
export const decode = (body: Buffer): string =>
  body.length < 4_096 ? body.toString('utf8') : transcode(body, 'utf8', 'utf16le').toString('utf16le');

/** Meilisearch is not to be reached. Clients retry on 503. */
export class EngineUnreachable extends JustujuError {
  constructor(url: string, cause: unknown) {
    super(
      503,
      'engine_unreachable',
      'system',
      `Meilisearch at ${url} does not answer (${reason(cause)}). It may be restarting: try again in a moment.`,
      { cause },
    );
  }
}

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message || cause.name : String(cause));

/**
 * Requests to Meilisearch on the hot path: kept-alive connections, no redirects, answers read whole.
 * Asks for `identity`: over loopback, compressed answers of more than a few kilobytes come 40 ms late
 * (small writes meet delayed acknowledgements; measured, see ARCHITECTURE.md).
 */
export class EngineHttp {
  private readonly pool: Pool;

  /** @param onAnswer told of each request when it began, and the status of its answer or undefined for none */
  constructor(
    readonly url: string,
    private readonly onAnswer: (started: number, status: number | undefined) => void = () => undefined,
  ) {
    // 64 connections: Meilisearch answers four searches per core at a time and queues the rest itself.
    this.pool = new Pool(url, { connections: 64, pipelining: 1, keepAliveTimeout: 30_000, headersTimeout: 120_000, bodyTimeout: 120_000 });
  }

  async request({ method, path, authorization, headers, body }: EngineRequest): Promise<EngineAnswer> {
    const sent: Record<string, string> = { 'accept-encoding': 'identity', ...headers };
    if (authorization !== undefined) sent['authorization'] = authorization;
    const started = performance.now();
    try {
      const answer = await this.pool.request({ method, path, headers: sent, body: (body ?? null) as never });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      this.onAnswer(started, answer.statusCode);
      return new EngineAnswer(answer.statusCode, bytes);
    } catch (error) {
      if (error instanceof JustujuError) throw error;
      this.onAnswer(started, undefined);
      throw new EngineUnreachable(this.url, error);
    }
  }

  /** A request with a JSON body. */
  send(method: EngineRequest['method'], path: string, authorization: string | undefined, body: unknown): Promise<EngineAnswer> {
    return this.request({ method, path, authorization, headers: { 'content-type': 'application/json' }, body: stringifyExactly(body) });
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

/** Meilisearch's log, line by line, in Justuju's. */
import type { Logger } from 'pino';

export interface EngineLog {
  readonly take: (line: string) => void;
  /** The last lines worth showing to a person, oldest first: no banner, no stack frames. */
  readonly recent: () => readonly string[];
}

const KEPT_LINES = 12;

const LEVELS = { ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug', TRACE: 'trace' } as const;

// 2026-01-31T10:00:00.000000Z  INFO actix_server::builder: starting 2 workers
const LOG_LINE = /^\d{4}-\d\d-\d\dT\S+\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s+(.*)$/;

/** Of one request: that it came, and (at WARN, however it was refused) that it failed. What failed in Meilisearch itself is told at ERROR too. */
const OF_A_REQUEST = /^HTTP request\{|^tracing_actix_web::middleware: Error encountered while processing the incoming HTTP request/;

/** Meilisearch says of documents that are no objects (`null`, `1`) that it has failed itself; they are the client's, who is answered 400. */
const NO_DOCUMENT = /message: "invalid type: .{1,200}, expected a map at line \d+ column \d+", error_code: "internal"/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with ESC.
const ANSI = /\u001b\[[0-9;]*m/g;

/** Keys stand in addresses, and in what is said of those that are not there. */
const withoutKeys = (line: string): string => line.replace(/(\/keys\/)[^\s/?#"}]+/g, '$1...').replace(/(API key `)[^`]+/g, '$1...');

export function createEngineLog(log: Logger): EngineLog {
  const child = log.child({ component: 'engine' });
  const kept: string[] = [];
  let skipping: 'banner' | 'backtrace' | undefined;

  const keep = (text: string): void => {
    // A fatal error is logged and then printed once more.
    if (kept.at(-1)?.endsWith(text.replace(/^Error: /, ''))) return;
    kept.push(text);
    if (kept.length > KEPT_LINES) kept.shift();
  };

  return {
    recent: () => [...kept],
    take(raw) {
      const line = withoutKeys(raw.replace(ANSI, '').trimEnd());
      if (line === '') return;
      const [, level, text = ''] = LOG_LINE.exec(line) ?? [];
      if (level !== undefined) {
        skipping = undefined;
        // One or two lines for each request, refused ones as warnings: Justuju has a log of its own requests, and who is refused must not fill the disk.
        const isRequest = OF_A_REQUEST.test(text) && (level !== 'ERROR' || NO_DOCUMENT.test(text));
        child[isRequest ? 'debug' : LEVELS[level as keyof typeof LEVELS]](text);
        if (!isRequest) keep(text);
        return;
      }
      if (line.startsWith('888b')) skipping = 'banner';
      if (line === 'Stack backtrace:') skipping = 'backtrace';
      if (skipping !== undefined) {
        child.trace(line);
        return;
      }
      // What is neither: panics, errors of the dynamic loader, the second printing of a fatal error.
      child[/^Error:|panicked|error while loading|not found/.test(line) ? 'error' : 'info'](line);
      keep(line);
    },
  };
}

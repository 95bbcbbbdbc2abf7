import { pino } from 'pino';
import { createEngineLog } from '../../../server/engine/engine-log.js';

function logWith(level: string) {
  const written: { level: number; component: string; msg: string }[] = [];
  const log = pino({ level }, { write: (line: string) => written.push(JSON.parse(line) as (typeof written)[number]) });
  return { engineLog: createEngineLog(log), written };
}

const ESC = '\u001b';

describe('createEngineLog', () => {
  it('strips colours and keeps the level', () => {
    const { engineLog, written } = logWith('info');
    engineLog.take(
      `${ESC}[2m2026-01-31T10:00:00.000001Z${ESC}[0m ${ESC}[33m WARN${ESC}[0m ${ESC}[2mindex_scheduler${ESC}[0m: disk is nearly full`,
    );
    expect(written).toMatchObject([{ level: 40, component: 'engine', msg: 'index_scheduler: disk is nearly full' }]);
  });

  it('passes lines about single requests on for debugging only', () => {
    const { engineLog, written } = logWith('info');
    engineLog.take('2026-01-31T10:00:00.000001Z  WARN HTTP request{method=GET route=/version status_code=401}: refused');
    expect(written).toEqual([]);
    expect(engineLog.recent()).toEqual([]);
  });

  it('tells of what failed in Meilisearch itself, and not of documents that are none', () => {
    const { engineLog, written } = logWith('info');
    const failed = (message: string): string =>
      `2026-01-31T10:00:00.000001Z ERROR tracing_actix_web::middleware: Error encountered while processing the incoming HTTP request: ResponseError { code: 500, message: "${message}", error_code: "internal", error_type: "internal" }`;
    engineLog.take(failed('invalid type: null, expected a map at line 1 column 4'));
    engineLog.take(failed('invalid type: floating point `1.9e19`, expected a map at line 1 column 20'));
    expect(written).toEqual([]);
    engineLog.take(failed('No space left on device (os error 28)'));
    expect(written).toMatchObject([{ level: 50 }]);
  });

  it('repeats no key, which Meilisearch writes down with the address', () => {
    const { engineLog, written } = logWith('debug');
    engineLog.take(
      '2026-01-31T10:00:00.000001Z  WARN HTTP request{method=GET route=/keys/s3cret-key query_parameters= error=API key `s3cret-key` not found.}: refused',
    );
    expect(written[0]?.msg).toBe('HTTP request{method=GET route=/keys/... query_parameters= error=API key `...` not found.}: refused');
  });

  it('keeps the last words without banner, stack frames and repetition', () => {
    const { engineLog } = logWith('silent');
    for (const line of [
      '888b     d888          d8b 888 d8b',
      'Database path:\t\t"/srv/data.ms"',
      '2026-01-31T10:00:00.000001Z ERROR meilisearch: error=Address already in use (os error 98)',
      'Error: Address already in use (os error 98)',
      '',
      'Stack backtrace:',
      '   0: anyhow::error',
      '             at ./csu/libc-start.c:360:3',
    ]) {
      engineLog.take(line);
    }
    expect(engineLog.recent()).toEqual(['meilisearch: error=Address already in use (os error 98)']);
  });

  it('keeps no more than twelve lines', () => {
    const { engineLog } = logWith('silent');
    for (let n = 1; n <= 20; n += 1) engineLog.take(`panicked at ${n}`);
    expect(engineLog.recent()).toHaveLength(12);
    expect(engineLog.recent().at(-1)).toBe('panicked at 20');
  });
});

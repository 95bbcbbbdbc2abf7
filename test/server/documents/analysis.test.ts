import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { pino } from 'pino';
import { type Analysis, type AnalysisOptions, analyzeHere } from '../../../server/documents/analysis.js';
import { AnalysisThread } from '../../../server/documents/analysis-thread.js';
import { READ_AS_URDU } from '../../../server/documents/reading.js';
import type { Listener } from '../../../server/documents/with-shadows.js';
import { JustujuError, PayloadTooLarge } from '../../../server/errors.js';
import { SHADOW_ROOT } from '../../../server/shadow/shadow.js';
import { unpackBatch } from '../../../server/store/batch.js';

const thread = new AnalysisThread(pino({ level: 'silent' }));
afterAll(() => thread.close());

const OPTIONS: AnalysisOptions = {
  format: 'ndjson',
  csvDelimiter: ',',
  root: SHADOW_ROOT,
  isPartial: false,
  reading: READ_AS_URDU,
  primaryKey: 'id',
};

type Analyze = (body: AsyncIterable<Buffer>, options: AnalysisOptions, listener: Listener) => Analysis;
const IN_THREAD: Analyze = (body, options, listener) => thread.analyze(body, options, listener);

async function* piecesOf(text: Buffer, length: number, error?: Error): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += length) yield text.subarray(at, at + length);
  await Promise.resolve();
  if (error !== undefined) throw error;
}

/** All that comes of an upload. */
async function outcome(analyze: Analyze, body: AsyncIterable<Buffer>, options: AnalysisOptions, isLeftOut: boolean): Promise<unknown> {
  const told: unknown[] = [];
  const analysis = analyze(body, options, {
    onBroken: () => told.push('broken'),
    onCutOff: (cut) => {
      told.push(cut);
      return Promise.resolve(isLeftOut);
    },
  });
  let lines = '';
  let failed: unknown;
  try {
    for await (const piece of analysis.lines) lines += piece.toString();
  } catch (error) {
    failed = error instanceof JustujuError ? { status: error.status, body: error.toBody() } : error;
  }
  const written = failed === undefined ? analysis.take() : undefined;
  analysis.close();
  return { told, lines, failed, batches: written?.batches?.map(unpackBatch), changed: written?.changed };
}

/** Of a document that was written in part, each time another. */
const withoutStamps = (value: unknown): string => JSON.stringify(value).replace(/_stamp\\":\\"[^"]*"/g, '');

async function expectSame(
  text: Buffer | string,
  options: AnalysisOptions,
  length: number,
  isLeftOut: boolean,
  error?: Error,
): Promise<void> {
  const bytes = Buffer.from(text as string);
  const here = await outcome(analyzeHere, piecesOf(bytes, length, error), options, isLeftOut);
  const there = await outcome(IN_THREAD, piecesOf(bytes, length, error), options, isLeftOut);
  if (options.isPartial) expect(withoutStamps(there)).toBe(withoutStamps(here));
  else expect(there).toEqual(here);
}

const URDU = '{"id":1,"title":"اردو کی نئی کتابیں","body":"لاہور میں کتاب میلہ۔ بہت لوگ آئے۔"}';
const MANY = Array.from({ length: 250 }, (_none, i) => URDU.replace('1', String(i + 1)));

describe('what the other thread makes of an upload is the same, and so are its refusals', () => {
  it.each<[string, string | Buffer, Partial<AnalysisOptions>?]>([
    ['documents', MANY.join('\n')],
    ['documents of JSON', `[${MANY.join(',')}]`, { format: 'json' }],
    ['rows', `id,title,n:number\n${MANY.map((_none, i) => `${i},"نئی کتابیں",${i}`).join('\n')}`, { format: 'csv' }],
    ['parts of documents', MANY.join('\n'), { isPartial: true }],
    [
      'documents of several languages',
      `[${URDU},{"id":2,"title":"المدرسة الجديدة"}]`,
      { format: 'json', reading: { language: undefined, rules: [] } },
    ],
    [
      'fields of another language',
      URDU,
      { reading: { language: 'urd', rules: [{ patterns: ['tit*'], language: 'ara' }], keyed: ['body'] } },
    ],
    ['nothing', ''],
    ['blank lines', '\n\n\n'],
    ['numbers that JavaScript cannot hold', '{"id":12345678901234567890,"title":"گنتی","n":1.0}'],
    ['JSON cut off', `[${MANY.join(',')},{"id":1`, { format: 'json' }],
    ['JSON with something behind it', `{"id":1} x`, { format: 'json' }],
    ['no JSON', `[${MANY.join(',')},,]`, { format: 'json' }],
    ['no UTF-8', Buffer.from([...Buffer.from(`[${URDU},{"id":2,"t":"`), 0xff, ...Buffer.from('"}]')]), { format: 'json' }],
    ['NDJSON cut off', `${MANY.join('\n')}\n{"id":7,"title":"کت`],
    ['NDJSON cut off at once', '{"id":7,"title":"کت'],
    ['broken documents', `${MANY.join('\n')}\n[]\n{"id":7,}\n${URDU}`],
    ['a name that is reserved', `${MANY.join('\n')}\n{"id":8,"${SHADOW_ROOT}.title":"x"}`],
    ['a number that is none', 'id,n:number\n1,x', { format: 'csv' }],
    ['quotes without an end', 'id,t\n1,"x', { format: 'csv' }],
    ['a delimiter that is none', 'id,t\n1,x', { format: 'csv', csvDelimiter: '"' }],
  ])('%s', async (_what, text, options = {}) => {
    for (const length of [97, 65_536])
      for (const isLeftOut of [true, false]) await expectSame(text, { ...OPTIONS, ...options }, length, isLeftOut);
  });

  // Of rows it is not told how many stand before it: their reader drops what it had not handed on.
  it('also where the body fails on the way', async () => {
    for (const format of ['json', 'ndjson'] as const)
      await expectSame(MANY.join('\n'), { ...OPTIONS, format }, 1_000, false, new PayloadTooLarge(1_000));
  });

  it('whatever is sent', async () => {
    const text = fc
      .array(fc.constantFrom(URDU, '{"id":', '}', ']', '[', ',', '\n', '"', '{"id":5}', '\\', 'کتاب', '1', 'null', '\u{1F600}'), {
        maxLength: 12,
      })
      .map((parts) => parts.join(''));
    const format = fc.constantFrom('json', 'ndjson', 'csv');
    await fc.assert(
      fc.asyncProperty(text, format, fc.integer({ min: 1, max: 90 }), fc.boolean(), (body, one, length, isLeftOut) =>
        expectSame(body, { ...OPTIONS, format: one }, length, isLeftOut),
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('the thread', () => {
  it('finds the language of first documents', async () => {
    const of = (text: string): Promise<unknown> =>
      thread.findLanguage({ format: 'ndjson', csvDelimiter: ',', reading: OPTIONS.reading, beginning: Buffer.from(text), isWhole: true });
    expect(await of(URDU)).toBe('urd');
    expect(await of('{"id":2,"title":"المدرسة الجديدة في المدينة"}')).toBe('ara');
    expect(await of('{"id":2')).toBeUndefined();
  });

  it('takes no more of a body than it can analyze, and analyzes no more than is taken', async () => {
    let read = 0;
    const body = (async function* () {
      for (; read < 1_000; read += 1) yield await Promise.resolve(Buffer.from(`${MANY.join('\n')}\n`));
    })();
    const analysis = IN_THREAD(body, OPTIONS, {});
    await analysis.lines.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(read).toBeLessThan(20);
    analysis.close();
    expect(analysis.take()).toBeUndefined();
  });

  it('has its priority alone', async () => {
    await outcome(IN_THREAD, piecesOf(Buffer.from(URDU), 100), OPTIONS, false);
    if (process.platform !== 'linux') return;
    const niceOf = (task: string): number =>
      Number(
        readFileSync(`/proc/self/task/${task}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ')[16],
      );
    const nice = readdirSync('/proc/self/task').map(niceOf);
    expect(nice.filter((one) => one > niceOf(String(process.pid)))).toHaveLength(1);
  });

  it('that stops tells those who wait', async () => {
    const waiting = new Promise<void>(() => undefined);
    const body = (async function* () {
      yield Buffer.from(URDU);
      await waiting;
    })();
    const analysis = IN_THREAD(body, OPTIONS, {});
    const next = analysis.lines.next();
    const language = thread.findLanguage({ ...OPTIONS, beginning: Buffer.from(MANY.join('\n')), isWhole: true });
    await Promise.all([thread.close(), expect(next).rejects.toThrow('Justuju stops'), language.catch(() => undefined)]);
    expect(analysis.take()).toBeUndefined();
    expect(() => IN_THREAD(body, OPTIONS, {})).toThrow('Justuju stops');
  });
});

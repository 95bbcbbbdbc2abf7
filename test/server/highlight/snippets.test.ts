/** Snippets: a golden file of texts and queries, and the rules behind it one by one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { analyze } from '@justuju/urdu';
import { cropWindow, fragments } from '../../../server/highlight/crop.js';
import { formatNow } from '../../../server/highlight/format.js';
import { createMatcher } from '../../../server/highlight/match.js';
import { formatOptions } from '../../../server/search/request.js';
import { type AskOptions, ask, bracketed, marksOf } from './ask.js';

const GOLDEN = new URL('../../golden/snippets.txt', import.meta.url).pathname;

const written = (text: string): string =>
  text.replace(/\\n/g, '\n').replace(/\\u([0-9A-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
const shownAs = (text: string): string =>
  text
    .replace(/\n/g, '\\n')
    .replace(/[\p{M}\p{Cf}\u0640]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);

function snippet(text: string, query: string, length: number, how: AskOptions = {}): string {
  const body = {
    attributesToHighlight: ['text'],
    attributesToCrop: [`text:${length}`],
    highlightPreTag: '\u27E6',
    highlightPostTag: '\u27E7',
  };
  const { formatted } = formatNow({ text }, formatOptions(body), createMatcher(ask(query, how)));
  return formatted?.['text'] as string;
}

interface Case {
  readonly name: string;
  readonly line: string;
  readonly text: string;
  readonly query: string;
  readonly length: number;
  readonly typing: boolean;
  readonly expected: string;
}

function readGolden(): { readonly cases: Case[]; readonly source: string } {
  const source = readFileSync(GOLDEN, 'utf8');
  const cases: Case[] = [];
  let name = '';
  let text = '';
  const lines = source.split('\n');
  lines.forEach((line, i) => {
    if (line.startsWith('= ')) {
      name = line.slice(2);
      text = written(lines[i + 1] ?? '');
    }
    const [, length, query = '', typing] = /^\? (\d+) (.*?)(~?)$/.exec(line) ?? [];
    if (length === undefined) return;
    const next = lines[i + 1] ?? '';
    cases.push({
      name,
      line,
      text,
      query,
      length: Number(length),
      typing: typing === '~',
      expected: next.startsWith('  ') ? next.slice(2) : '',
    });
  });
  return { cases, source };
}

const { cases, source } = readGolden();
const current = ({ text, query, length, typing }: Case): string => shownAs(snippet(text, query, length, { typing }));

if (process.env['UPDATE_GOLDEN'] !== undefined) {
  const results = cases.map(current);
  const kept = source.split('\n').filter((line) => !line.startsWith('  '));
  let n = 0;
  writeFileSync(GOLDEN, kept.map((line) => (line.startsWith('? ') ? `${line}\n  ${results[n++] ?? ''}` : line)).join('\n'));
}

describe('the golden file', () => {
  it('has 40 snippets', () => expect(cases.length).toBeGreaterThanOrEqual(40));
  it.each(cases.map((row) => [row.name, row.line, row] as const))('%s %s', (_, __, row) => expect(current(row)).toBe(row.expected));
});

describe('a snippet', () => {
  it('prefers the rare word to the frequent one', () => {
    const text = 'پانی ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ عقاب تیرہ چودہ';
    expect(snippet(text, 'پانی عقاب', 3, { weights: { پانی: 0.1, عقاب: 0.9 } })).toContain('⟦عقاب⟧');
    expect(snippet(text, 'پانی عقاب', 3, { weights: { پانی: 0.9, عقاب: 0.1 } })).toContain('⟦پانی⟧');
  });

  it('prefers two words together to the rarest alone', () => {
    const text = 'عقاب ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ پانی دریا بارہ تیرہ';
    expect(snippet(text, 'عقاب پانی دریا', 4, { weights: { عقاب: 0.9, پانی: 0.4, دریا: 0.4 } })).toContain('⟦پانی⟧ ⟦دریا⟧');
  });

  it('is longer than asked only for a phrase that is', () => {
    const text = 'آج صبح ہم نے سنا کہ سرخ گلاب کے سات پھول کھلے ہیں باغ میں';
    expect(snippet(text, '"سرخ گلاب کے سات پھول"', 2)).toBe('…⟦سرخ گلاب کے سات پھول⟧…');
  });

  it('of a text with no more words is the text, signs and all', () => {
    expect(snippet('«کتاب!»', 'قلم', 1)).toBe('«کتاب!»');
  });

  it('does not end in the middle of an address or a number', () => {
    const text = 'رابطہ https://www.example.org/path/to?id=5 پر کریں یا فون کریں 042-111-222-333 پر';
    expect(snippet(text, 'path', 2)).toContain('https://www.example.org/⟦path⟧/to?id=5');
    expect(snippet(text, '222', 2)).toContain('042-111-⟦222⟧-333');
  });

  it('takes no time of a hostile text', () => {
    const text = `${'ا-'.repeat(50_000)}کتاب${'-ب'.repeat(50_000)}`;
    const tokens = analyze(text);
    const { start, end } = cropWindow(text, tokens, marksOf(ask('کتاب'), text), 5);
    expect(text.slice(start, end)).toContain('کتاب');
    expect(end - start).toBeLessThan(200);
  });
});

describe('fragments', () => {
  const text =
    'عقاب آسمان میں تھا۔ نیچے ایک گاؤں تھا جس میں لوگ رہتے تھے۔ دریا گاؤں کے پاس بہتا تھا۔ بچے کھیلتے رہتے۔ شام کو پھر عقاب اڑا۔ پھر رات ہو گئی اور سب سو گئے۔ صبح دریا پر عقاب بیٹھا تھا۔';
  const shown = (query: string, count: number, length: number): string[] => {
    const marks = marksOf(ask(query), text);
    return fragments(text, analyze(text), marks, { count, length }).map(({ start, end }) =>
      bracketed(
        text.slice(start, end),
        marks
          .filter((mark) => mark.start >= start && mark.end <= end)
          .map((mark) => ({ start: mark.start - start, end: mark.end - start })),
      ),
    );
  };

  it('show the best part and then what it leaves out, in reading order', () => {
    expect(shown('عقاب دریا گاؤں', 2, 5)).toEqual(['⟦دریا⟧ ⟦گاؤں⟧ کے پاس بہتا', 'صبح ⟦دریا⟧ پر ⟦عقاب⟧ بیٹھا']);
  });

  it('are one where nothing matches', () => {
    expect(shown('کشتی', 3, 4)).toEqual(['عقاب آسمان میں تھا۔']);
  });

  it('that meet are united', () => {
    expect(shown('آسمان نیچے', 3, 4)).toHaveLength(1);
  });
});

/** Laws of marks, snippets and HTML, over real-style and hostile texts. A failure prints its seed; run it again with `FC_SEED=…`. */
import { isDeepStrictEqual } from 'node:util';
import { analyze, type Token } from '@justuju/urdu';
import fc from 'fast-check';
import { collectGraphemes } from 'unicode-segmenter/grapheme';
import { Analyses } from '../../../server/highlight/analyses.js';
import { cropWindow, fragments } from '../../../server/highlight/crop.js';
import { explainHit } from '../../../server/highlight/explain.js';
import { type FormatOptions, formatNow } from '../../../server/highlight/format.js';
import { boundaryFrom, boundaryTo, cutsLamAlef } from '../../../server/highlight/graphemes.js';
import { createMatcher } from '../../../server/highlight/match.js';
import { toHtml, toSegments } from '../../../server/highlight/segments.js';
import type { Match, Span } from '../../../server/highlight/span.js';
import type { Wanted } from '../../../server/query/wanted.js';
import { ask, marksOf } from './ask.js';
import { anyQuery, anyText, hostileText, realText } from './texts.js';

// The same texts each time, so that a change is judged by what it changed; `FC_SEED=$RANDOM` looks for new ones.
const seed = Number(process.env['FC_SEED'] ?? 66_466_614);
const RUNS = { numRuns: 2_000, seed };
const PRE = '\uE000';
const POST = '\uE001';
const MARKER = '\uE002';

beforeAll(() => console.info(`laws of highlighting: seed ${seed}`));

const boundaries = (text: string): Set<number> => {
  const found = new Set([0]);
  let at = 0;
  for (const cluster of collectGraphemes(text)) {
    at += cluster.length;
    found.add(at);
  }
  return found;
};

const options = (changes: Partial<FormatOptions> = {}): FormatOptions => ({
  highlight: ['*'],
  crop: new Map(),
  preTag: PRE,
  postTag: POST,
  cropMarker: MARKER,
  showMatchesPosition: false,
  ...changes,
});

const format = (text: string, wanted: Wanted, changes: Partial<FormatOptions> = {}): string =>
  formatNow({ text }, options(changes), createMatcher(wanted)).formatted?.['text'] as string;

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '');

const withoutOurs = (text: string): string => text.replace(/[\uE000-\uE002]/g, '');
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
const noPrivate = (text: string): boolean => !/[\uE000-\uE002]/.test(text);
const texts = anyText.filter(noPrivate);
const asked = fc.tuple(anyQuery, fc.boolean()).map(([query, typing]) => ask(query, { typing }));

/** What the analyzer's rules say of a token, written down anew and plainly. */
function answersPlainly(tokens: readonly Token[], at: number, { words, phrases }: Wanted): boolean {
  const { term, root } = tokens[at] as Token;
  const own = words.map(({ terms }) => [...terms.keys()][0] ?? '');
  const long = own.filter((word) => word.length >= 4);
  const joined = own.flatMap((_, i) => [own.slice(i, i + 2), own.slice(i, i + 3)]).map((parts) => parts.join(''));
  const runs = [...phrases.map((phrase) => phrase.terms), ...words.flatMap((word) => word.sequences.map((sequence) => sequence.terms))];
  return (
    words.some(({ terms, roots, prefixes }) => terms.has(term) || roots.has(root) || prefixes.some((prefix) => term.startsWith(prefix))) ||
    joined.includes(term) ||
    [-1, 0].some(
      (by) =>
        long.includes((tokens[at + by]?.term ?? '') + (tokens[at + by + 1]?.term ?? '')) &&
        tokens[at + by]?.sentence === tokens[at + by + 1]?.sentence,
    ) ||
    runs.some((run) =>
      run.some((_, k) =>
        run.every((part, n) => tokens[at - k + n]?.term === part && tokens[at - k + n]?.sentence === tokens[at]?.sentence),
      ),
    )
  );
}

describe('marks', () => {
  it('begin and end on grapheme boundaries, in order, never touching, never inside a lam-alef', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const edges = boundaries(text);
        let last = -1;
        for (const { start, end } of marksOf(wanted, text)) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(edges.has(start) && edges.has(end)).toBe(true);
          expect(cutsLamAlef(text, start) || cutsLamAlef(text, end)).toBe(false);
          last = end;
        }
      }),
      RUNS,
    );
  });

  it('show exactly the tokens that match, and nothing else of a word', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const tokens = analyze(text);
        const marks = marksOf(wanted, text);
        const finished = { ...wanted, words: wanted.words.map((word) => ({ ...word, prefixes: [] })) };
        const isFinished = (at: number): boolean => answersPlainly(tokens, at, finished);
        tokens.forEach((token, i) => {
          const touching = marks.filter(({ start, end }) => start < token.end && end > token.start);
          const isMatch = answersPlainly(tokens, i, wanted);
          // What only begins so is nothing beside the finished word, and is marked to its end where letters are joined.
          if (isMatch && !isFinished(i) && tokens.some((_, at) => isFinished(at))) return;
          if (!isMatch && tokens[i - 1]?.end === token.start && touching.some(({ start }) => start < token.start)) return;
          // The other half of a lam-alef is marked with the half that matches.
          if (
            !isMatch &&
            touching.some(
              ({ start, end }) => cutsLamAlef(text, token.start) || cutsLamAlef(text, token.end) || start > token.start || end < token.end,
            )
          )
            return;
          expect(touching.length > 0).toBe(isMatch);
        });
      }),
      RUNS,
    );
  });

  it('hold every word of the query that the text holds; of those that are typed twice the first', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const tokens = analyze(text);
        const marked = new Set(marksOf(wanted, text).flatMap(({ answers }) => answers.map(({ word }) => word)));
        wanted.words.forEach(({ text: typed, ...asked }) => {
          const { terms, roots, prefixes } = asked;
          const first = wanted.words.findIndex((other) => isDeepStrictEqual({ ...other, text: typed }, { ...asked, text: typed }));
          const isThere = tokens.some(
            ({ term, root }) => terms.has(term) || roots.has(root) || prefixes.some((prefix) => term.startsWith(prefix)),
          );
          if (isThere) expect(marked.has(first)).toBe(true);
        });
      }),
      RUNS,
    );
  });
});

describe('formatting', () => {
  it('gives back the original without its tags', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const shown = format(text, wanted);
        expect(withoutOurs(shown)).toBe(text);
        expect(shown.split(PRE).length).toBe(shown.split(POST).length);
      }),
      RUNS,
    );
  });

  it('crops to an exact substring, but for bidi controls of its own at the ends', () => {
    fc.assert(
      fc.property(texts, asked, fc.integer({ min: 1, max: 12 }), (text, wanted, length) => {
        const shown = withoutOurs(format(text, wanted, { crop: new Map([['*', length]]) }));
        const trimmed = shown.replace(/^[\u202A-\u202E\u2066-\u2069]+|[\u202C\u2069]+$/g, '');
        expect(text.includes(trimmed)).toBe(true);
      }),
      RUNS,
    );
  });

  it('answers with positions in bytes that cut out the marks', () => {
    fc.assert(
      fc.property(realText, asked, (text, wanted) => {
        const bytes = Buffer.from(text);
        const { positions } = formatNow({ text }, options({ highlight: [], showMatchesPosition: true }), createMatcher(wanted));
        const cut = (positions?.['text'] ?? []).map(({ start, length }) => bytes.subarray(start, start + length).toString());
        expect(cut).toEqual(marksOf(wanted, text).map(({ start, end }) => text.slice(start, end)));
      }),
      RUNS,
    );
  });
});

describe('snippets', () => {
  const checked = (text: string, tokens: readonly Token[], marks: readonly Match[], { start, end }: Span): void => {
    const edges = boundaries(text);
    expect(edges.has(start) && edges.has(end)).toBe(true);
    for (const token of tokens) expect(token.start < start && start < token.end).toBe(false);
    for (const token of tokens) expect(token.start < end && end < token.end).toBe(false);
    for (const mark of marks) expect((mark.start < start && start < mark.end) || (mark.start < end && end < mark.end)).toBe(false);
  };

  it('cut no word, number, mark or grapheme, and show a mark when there is one', () => {
    fc.assert(
      fc.property(texts, asked, fc.integer({ min: 1, max: 12 }), (text, wanted, length) => {
        const tokens = analyze(text);
        const marks = marksOf(wanted, text);
        const window = cropWindow(text, tokens, marks, length);
        checked(text, tokens, marks, window);
        if (marks.length > 0) expect(marks.some(({ start, end }) => window.start <= start && end <= window.end)).toBe(true);
        const shown = tokens.filter(({ start, end }) => window.start <= start && end <= window.end).length;
        const longest = Math.max(0, ...marks.map(({ first, last }) => last - first + 1));
        expect(shown).toBeLessThanOrEqual(Math.max(length + 24, longest + 24));
      }),
      RUNS,
    );
  });

  it('come as several fragments in order, apart from each other', () => {
    fc.assert(
      fc.property(texts, asked, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), (text, wanted, length, count) => {
        const tokens = analyze(text);
        const marks = marksOf(wanted, text);
        const spans = fragments(text, tokens, marks, { count, length });
        expect(spans.length).toBeGreaterThan(0);
        expect(spans.length).toBeLessThanOrEqual(count);
        spans.forEach((span, i) => {
          checked(text, tokens, marks, span);
          if (i > 0) expect(span.start).toBeGreaterThan(spans[i - 1]?.end ?? 0);
        });
      }),
      RUNS,
    );
  });
});

describe('HTML and segments', () => {
  const anyTags = fc.oneof(
    fc.constant(['<em class="hit">', '</em>'] as const),
    fc.tuple(hostileText, hostileText),
    fc.constantFrom(
      ['<img src=x onerror=alert(1)>', ''] as const,
      ['<em onclick="x">', '</em>'] as const,
      ['<b>', '</i>'] as const,
      ['<script>', '</script>'] as const,
    ),
  );

  it('hold nothing but the allowed elements, balanced, for any text and any tags', () => {
    fc.assert(
      fc.property(texts, asked, anyTags, fc.boolean(), (text, wanted, tags, isolate) => {
        const html = toHtml(text, marksOf(wanted, text), { tags, isolate });
        const open: string[] = [];
        const rest = html.replace(/<(\/?)(\w+)( class="[\w -]*"| dir="ltr")?>/g, (_, slash: string, name: string) => {
          if (slash === '') open.push(name);
          else expect(open.pop()).toBe(name);
          expect(['mark', 'em', 'bdi']).toContain(name);
          return '';
        });
        expect(open).toEqual([]);
        expect(rest).not.toMatch(/[<>"']/);
        expect(rest).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        expect(plain(html).replace(CONTROLS, '')).toBe(text.replace(CONTROLS, ''));
        if (!text.match(CONTROLS)) expect(plain(html)).toBe(text);
      }),
      RUNS,
    );
  });

  it('let no bidi control out of a snippet', () => {
    fc.assert(
      fc.property(texts, asked, fc.integer({ min: 1, max: 8 }), (text, wanted, length) => {
        const tokens = analyze(text);
        const marks = marksOf(wanted, text);
        const html = plain(toHtml(text, marks, { window: cropWindow(text, tokens, marks, length) }));
        const open: string[] = [];
        for (const [control] of html.matchAll(CONTROLS)) {
          if (control === '\u2069') {
            while (open.length > 0 && !'\u2066\u2067\u2068'.includes(open.at(-1) ?? '')) open.pop();
            expect(open.pop()).toBeDefined();
          } else if (control === '\u202C') {
            expect('\u202A\u202B\u202D\u202E').toContain(open.pop() ?? 'nothing open');
          } else open.push(control);
        }
        expect(open).toEqual([]);
      }),
      RUNS,
    );
  });

  it('segments are the text', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const segments = toSegments(text, marksOf(wanted, text));
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        expect(segments.filter(({ marked }) => marked)).toHaveLength(marksOf(wanted, text).length);
      }),
      RUNS,
    );
  });
});

describe('reasons', () => {
  it('are given for every word that is marked, with the form that is marked', () => {
    fc.assert(
      fc.property(texts, asked, (text, wanted) => {
        const reasons = explainHit({ body: { text } }, wanted);
        const marked = new Set(marksOf(wanted, text).flatMap(({ answers }) => answers.map(({ word }) => word)));
        expect(reasons).toHaveLength(marked.size);
        for (const { field, form } of reasons) {
          expect(field).toBe('body.text');
          expect(text).toContain(form);
        }
      }),
      RUNS,
    );
  });
});

describe('graphemes', () => {
  it('of a long run of marks are found in one reading', () => {
    const text = `ب${'\u064E'.repeat(100_000)}`;
    const started = performance.now();
    expect(boundaryTo(text, text.length - 1)).toBe(0);
    expect(boundaryFrom(text, text.length - 1)).toBe(text.length);
    // Milliseconds: some 10. A reading for each mark would take minutes.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('are found from any place, as a reading from the start finds them', () => {
    fc.assert(
      fc.property(texts, fc.nat(130), (text, place) => {
        const at = Math.min(place, text.length);
        const edges = [...boundaries(text)];
        expect(boundaryFrom(text, at)).toBe(edges.find((edge) => edge >= at));
        expect(boundaryTo(text, at)).toBe(edges.findLast((edge) => edge <= at));
      }),
      RUNS,
    );
  });
});

describe('long texts', () => {
  it('have the tokens of the whole, analysed in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          realText.filter((text) => !/صلی/.test(text)),
          { minLength: 20, maxLength: 40 },
        ),
        async (parts) => {
          const some = parts.join(' ');
          if (some.length === 0) return;
          const text = some.repeat(Math.ceil(80_000 / some.length));
          const [inPieces, inOne] = [await new Analyses().load(text), analyze(text)];
          expect(inPieces.length).toBe(inOne.length);
          for (let i = 0; i < inOne.length; i += 1) {
            const [a, b] = [inPieces[i] as Token, inOne[i] as Token];
            if (a.start !== b.start || a.end !== b.end || a.term !== b.term || a.position !== b.position || a.sentence !== b.sentence)
              expect(a).toEqual(b);
          }
        },
      ),
      { numRuns: 20, seed },
    );
  });
});

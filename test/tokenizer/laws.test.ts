/**
 * The laws of the analyzer, on strings made of the characters its rules are about. Each runs 10,000 times with a printed seed;
 * set SEED to repeat one, RUNS to run more.
 */
import { readFileSync } from 'node:fs';
import {
  analyze,
  createAnalyzer,
  encode,
  isBelowZero,
  type NormalizationLevel,
  normalize,
  normalizeWithOffsets,
  rootOf,
  TERM_LETTERS,
  type Token,
} from '@justuju/urdu';
import fc from 'fast-check';
import { splitGraphemes } from 'unicode-segmenter/grapheme';
import { codePoints } from '../../tokenizer/src/letters.js';

const numRuns = Number(process.env.RUNS ?? 10_000);
const seed = Number(process.env.SEED ?? 609_796);
console.info(`laws: ${numRuns} runs each, SEED=${seed}`);

/** One row a concern: what the fold, the scanner, the spacing and the grapheme rules look at. */
const ALPHABETS = {
  letters: [...TERM_LETTERS, ...'آأؤئۂۓيىكهةۀەڪٱإ'],
  hamzas: [
    '\u0654',
    '\u0655',
    '\u0653',
    '\u0621',
    '\u0626',
    '\u06CC',
    '\u06D2',
    '\u06D3',
    '\u0627',
    '\u0648',
    '\u06C1',
    '\u0647',
    '\u06BE',
  ],
  marks: [
    '\u064E',
    '\u0650',
    '\u0651',
    '\u0652',
    '\u0670',
    '\u0610',
    '\u06D6',
    '\u06DD',
    '\u0640',
    '\u06E5',
    '\u08F0',
    '\u0301',
    '\u{1D165}',
  ],
  invisible: ['\u200C', '\u200D', '\u200E', '\u200F', '\u202B', '\u2066', '\uFEFF', '\u00AD', '\u2060', '\uFE0F', '\u061C', '\u200B'],
  signs: [...' ۔،؟!.:,؛-_#@/\'"()%\n\r\t', '\u00A0', '…', '’', '$', '€', '°', 'º', '\u066A', '\u20A8', '\u0600', '\u0605', '\u070F'],
  digits: [...'0123۰۱۲۳٠١٢٣', '\u066B', '\u066C', 'ء', '½', '⅔', '/', 'b', '²', '４'],
  latin: [...'aZéßİſdws', 'ﬀ', 'Å', 'ǆ', 'ª', 'K'],
  presentation: [
    '\uFEFB',
    '\uFEF3',
    '\uFBA9',
    '\uFDF2',
    '\uFDFA',
    '\uFDFB',
    '\uFDFD',
    '\uFC5E',
    '\uFE70',
    '\uFDFC',
    '\uFDF4',
    '\uFD4C',
    '\uFBEE',
    '\uFB9E',
    '\uFBB0',
  ],
  others: ['हि', 'क', '\u094D', '\u0947', 'ร', '\u0E33', '한', '\u1100', '\u1161', '漢', 'Ж', '𐀀', '𝐀', '\u{1EE00}', '\uFF9E'],
  emoji: ['👍', '🏽', '👨', '\u200D', '👩', '🇵', '🇰', '❤', '\uFE0F', '©', '\u20E3', 'ℹ', '‼', '\u{E0067}'],
  broken: ['\uD800', '\uDC00', '\uDBFF', '\uFFFF', '\u0000'],
  words: [
    'کے',
    'ساتھ',
    'کیساتھ',
    'ہونیوالے',
    'کردیا',
    'وزیراعظم',
    'علماء',
    'کتابوں',
    'پی۔آئی',
    'www.a.pk',
    'a@b.pk',
    'U.S.',
    '1,000',
    '3.14',
    'میں',
    'گئے',
    'لیئے',
    'راے',
    'ادب',
    'و',
    'ال',
    'قرآن',
    'عبد',
    '\uFDF2',
    '\u0674',
    '\u0670',
    'ہء',
    'اء',
    'ئو',
    'ڈاکٹرز',
    'ااا',
    'پیٹیآئی',
    'کیونکہ',
    'Rs.500',
    '-3\u00B0C',
    'منفی 5 ڈگری',
    'PK-303',
    '1/2',
  ],
};
/** What stands before, between and behind words where a rule cuts or changes them. */
const GLUE = ['', '', 'و', 'ال', 'ء', 'ز', 'س', 'وں', 'یں', 'ے', '\uFDF2', 'ئو', '\u0670', 'اااا', 'کا', 'ہء', 'اءا', 'ئے'];

/** The words of the tables, as they are written there. */
function tableWords(): string[] {
  const files = [
    'loan-nouns',
    'plain-nouns',
    'waw-words',
    'masculine-nouns',
    'feminine-nouns',
    'alef-spellings',
    'fused-words',
    'sound-plurals',
  ];
  return files.flatMap((name) =>
    readFileSync(`tokenizer/data/${name}.tsv`, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t')[0] ?? ''),
  );
}

const units = Object.values(ALPHABETS).flat();
const anyText = fc.oneof(
  ...Object.values(ALPHABETS).map((alphabet) => fc.string({ unit: fc.constantFrom(...alphabet, ' ', 'ب'), maxLength: 14 })),
  fc.string({ unit: fc.constantFrom(...units), maxLength: 24 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const urduWord = fc.string({ unit: fc.constantFrom(...TERM_LETTERS), minLength: 1, maxLength: 9 });

const TERM = { word: new RegExp(`^[${TERM_LETTERS}]+$`), ascii: /^[a-z0-9]+$/ };

function law(name: string, check: (text: string) => void): void {
  it(name, () => {
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          check(text);
        } catch (error) {
          throw new Error(`${(error as Error).message}\nin ${codePoints(text)}`, { cause: error });
        }
      }),
      { numRuns, seed },
    );
  });
}

const is = (ok: boolean, message: () => string): void => {
  if (!ok) throw new Error(message());
};

const boundaries = (text: string): Set<number> => {
  const at = new Set([0]);
  let end = 0;
  for (const cluster of splitGraphemes(text)) {
    end += cluster.length;
    at.add(end);
  }
  return at;
};
const terms = (tokens: readonly Token[]): string => tokens.map(({ term }) => term).join(' ');

describe('analyze', () => {
  law('offsets grow and stay inside the text', (text) => {
    let end = 0;
    for (const [i, token] of analyze(text).entries()) {
      is(
        token.start >= end && token.end > token.start && token.end <= text.length,
        () => `token ${i} at ${token.start}-${token.end}, the one before ended at ${end}`,
      );
      is(token.position === i, () => `token ${i} has position ${token.position}`);
      end = token.end;
    }
  });

  law('tokens and what lies between them add up to the text', (text) => {
    let sum = '';
    let end = 0;
    for (const token of analyze(text)) {
      is(token.text === text.slice(token.start, token.end), () => `text of the token at ${token.start} is "${token.text}"`);
      sum += text.slice(end, token.start) + token.text;
      end = token.end;
    }
    is(sum + text.slice(end) === text, () => 'does not add up');
  });

  law('never cuts a grapheme cluster', (text) => {
    const edges = boundaries(text);
    for (const { start, end } of analyze(text)) is(edges.has(start) && edges.has(end), () => `token ${start}-${end} cuts a cluster`);
  });

  law('terms stay in their alphabet', (text) => {
    for (const { term, root, type } of analyze(text)) {
      const allowed =
        type === 'word' ? TERM.word : type === 'number' || type === 'latin' || type === 'url' || type === 'email' ? TERM.ascii : /^[^ ]+$/;
      is(allowed.test(term) && allowed.test(root), () => `${type} "${term}" (${codePoints(term)}), root "${root}"`);
    }
  });

  law('terms analyse to themselves', (text) => {
    const once = analyze(text).filter(({ type }) => type === 'word' || type === 'number' || type === 'latin');
    for (const { term } of once) is(terms(analyze(term)) === term, () => `"${term}" becomes "${terms(analyze(term))}"`);
  });

  it('terms and roots of words of the tables, glued to each other and to what the rules look for, are stable too', () => {
    const glue = fc.constantFrom(...GLUE);
    const glued = fc.tuple(glue, fc.constantFrom(...tableWords()), glue, fc.constantFrom('', ...tableWords()), glue);
    fc.assert(
      fc.property(glued, (pieces) => {
        for (const { term, root, type } of analyze(pieces.join(''))) {
          if (type !== 'word') continue;
          is(terms(analyze(term)) === term, () => `"${term}" of ${pieces.join('+')} becomes "${terms(analyze(term))}"`);
          is(rootOf(root) === root, () => `"${root}" of ${pieces.join('+')} has the root "${rootOf(root)}"`);
        }
      }),
      { numRuns, seed },
    );
  });

  law('a root is its own root', (text) => {
    for (const { root, type } of analyze(text))
      if (type === 'word') is(rootOf(root) === root, () => `"${root}" has the root "${rootOf(root)}"`);
  });

  law('gives the same in chunks split at spaces', (text) => {
    const whole = analyze(text);
    // A figure below zero is told by the words beside it.
    if (whole.some(({ term }) => isBelowZero(term))) return;
    const chunks: Token[] = [];
    let at = 0;
    for (const chunk of text.split(/(?<= )/)) {
      for (const token of analyze(chunk)) chunks.push({ ...token, start: token.start + at, end: token.end + at });
      at += chunk.length;
    }
    const show = (tokens: readonly Token[]): string =>
      tokens.map(({ term, root, start, end, type }) => `${term}/${root}/${start}-${end}/${type}`).join(' ');
    is(show(whole) === show(chunks), () => `whole:  ${show(whole)}\nchunks: ${show(chunks)}`);
  });

  law('composed and decomposed text give the same terms', (text) => {
    const plain = Array.from(text)
      .filter((c) => c <= '\u06FF')
      .join('');
    is(
      terms(analyze(plain.normalize('NFD'))) === terms(analyze(plain.normalize('NFC'))),
      () => `NFD: ${terms(analyze(plain.normalize('NFD')))}, NFC: ${terms(analyze(plain.normalize('NFC')))}`,
    );
  });

  law('encode gives what analyze gives', (text) => {
    const tokens = analyze(text);
    for (const form of ['term', 'root'] as const) {
      let expected = '';
      for (const [i, token] of tokens.entries())
        expected += (i === 0 ? '' : token.sentence === tokens[i - 1]?.sentence ? ' ' : ' ۔ ') + token[form];
      is(encode(text, form) === expected, () => `encode: ${encode(text, form)}\nanalyze: ${expected}`);
    }
  });

  law('does not depend on what was analysed before', (text) => {
    is(JSON.stringify(createFresh(text)) === JSON.stringify(analyze(text)), () => 'a fresh analyzer differs');
  });
});

/** One fresh analyzer for the whole run would not be fresh; one a text would be slow: this one is new every 500 texts. */
let fresh = createAnalyzer();
let used = 0;
function createFresh(text: string): Token[] {
  used += 1;
  if (used % 500 === 0) fresh = createAnalyzer();
  return fresh.analyze(text);
}

describe('normalize', () => {
  for (const level of ['exact', 'canonical', 'search'] as const satisfies readonly NormalizationLevel[]) {
    law(`${level} is idempotent`, (text) => {
      const once = normalize(text, level);
      is(normalize(once, level) === once, () => `once ${codePoints(once)}\ntwice ${codePoints(normalize(once, level))}`);
    });

    law(`${level} knows the way back`, (text) => {
      const { text: normalized, toOriginal } = normalizeWithOffsets(text, level);
      is(normalized === normalize(text, level), () => `without the way back ${codePoints(normalize(text, level))}`);
      let before = 0;
      for (let i = 0; i < normalized.length; i += 1) {
        const { start, end } = toOriginal(i, i + 1);
        is(
          start >= before && end > start && end <= text.length,
          () => `character ${i} comes from ${start}-${end}, the one before from ${before}`,
        );
        before = start;
      }
    });
  }

  law('search includes canonical, canonical includes exact', (text) => {
    is(normalize(normalize(text, 'exact'), 'canonical') === normalize(text, 'canonical'), () => 'canonical of exact differs');
    is(normalize(normalize(text, 'canonical'), 'search') === normalize(text, 'search'), () => 'search of canonical differs');
  });
});

describe('rootOf', () => {
  it('is its own root, for any letters', () => {
    fc.assert(
      fc.property(urduWord, (word) => rootOf(rootOf(word)) === rootOf(word)),
      { numRuns, seed },
    );
  });
});

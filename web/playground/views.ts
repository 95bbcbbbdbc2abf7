/** The tables and lists of the playground. */
import { type AnalyzedWord, type Found, type IndexFields, type Reading, type ReadWord, record, textOf } from './answers.js';
import { el, isolated, table } from './elements.js';
import type { Texts } from './texts.js';

const joined = (words: readonly string[]): HTMLElement => isolated(words.join(' '));
const code = (text: string): HTMLElement => el('code', {}, text);

/** Each way in which each word was read, with how sure it is. */
export function readingsView(words: readonly ReadWord[], texts: Texts): Node {
  const rows = words.flatMap(({ text, readings }) => readings.map((reading, i) => readingRow(i === 0 ? text : '', reading)));
  return rows.length === 0
    ? el('p', { class: 'note' }, texts.noReadings)
    : table([texts.typed, texts.terms, texts.roots, texts.reason, texts.weight], rows);
}

function readingRow(typed: string, { terms, roots, reason, weight }: Reading): Node[] {
  const bar = el('meter', { min: '0', max: '1', value: String(weight), 'aria-hidden': 'true' });
  return [isolated(typed), joined(terms), joined(roots), code(reason), el('span', { class: 'weight' }, bar, weight.toFixed(2))];
}

/** The hits of the same request with rewriting and without, and which of them the other does not have. */
export function compareView(rewritten: Found, asTyped: Found, fields: IndexFields | undefined, texts: Texts): Node[] {
  const column = (title: string, own: Found, other: Found): HTMLElement => {
    const others = new Set(other.hits.map((hit) => nameOf(hit, fields)));
    const hits = own.hits.map((hit) => {
      const item = el('li', {}, isolated(titleOf(hit, fields) || texts.untitled));
      if (!others.has(nameOf(hit, fields))) item.append(' ', el('span', { class: 'badge' }, texts.onlyHere));
      return item;
    });
    return el('div', {}, el('h3', {}, `${title}: ${texts.hits(own.total === undefined ? '?' : String(own.total))}`), el('ol', {}, ...hits));
  };
  return [column(texts.rewritten, rewritten, asTyped), column(texts.asTyped, asTyped, rewritten)];
}

/** What tells a hit from others. */
const nameOf = (hit: Readonly<Record<string, unknown>>, fields: IndexFields | undefined): string => {
  const own = fields?.primaryKey === undefined ? '' : textOf(hit[fields.primaryKey]);
  return own === '' ? titleOf(hit, fields) : own;
};

/** In UTF-16 code units. */
const LONGEST_TITLE = 160;

function titleOf(hit: Readonly<Record<string, unknown>>, fields: IndexFields | undefined): string {
  const formatted = record(hit._formatted);
  const own = [...(fields?.shown ?? []), ...Object.keys(hit)].map((field) => textOf(hit[field]) || textOf(formatted[field]));
  const text = own.find((one) => one.trim() !== '') ?? '';
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)}…` : text;
}

/** From what stands in the text to the roots, with the rules that led there. */
export function ladderView(words: readonly AnalyzedWord[], texts: Texts): Node {
  const rows = words.map(({ text, terms, steps }) => [
    isolated(text),
    joined(terms.map(({ term }) => term)),
    joined(terms.map(({ root }) => root)),
    steps.length === 0
      ? el('span', { class: 'note' }, texts.none)
      : el(
          'ol',
          { class: 'rules', dir: 'ltr' },
          ...steps.map(({ rule, from, to, why }) =>
            el('li', {}, code(rule), ' ', isolated(from), ' → ', isolated(to), el('p', { class: 'note', lang: 'en' }, why)),
          ),
        ),
  ]);
  return table([texts.word, texts.terms, texts.roots, texts.rules], rows);
}

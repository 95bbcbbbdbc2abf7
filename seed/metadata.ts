import { readDateLine } from './dates.js';
import { fold, pattern } from './fold.js';
import { endsSentence, FINITE_VERBS } from './judge.js';
import { wordsOf } from './lines.js';

/** What a line says about the report instead of telling it. */
export type Metadata =
  | {
      readonly field: 'date' /** Null: no calendar has that day. */;
      readonly value: string | null;
      readonly labelled: boolean;
      readonly updated: boolean;
    }
  | { readonly field: 'source' | 'topic' /** Null: a label with nothing behind it. */; readonly value: string | null };

const LABELS: readonly { readonly field: 'source' | 'topic'; readonly label: RegExp }[] = [
  { field: 'source', label: pattern('^(?:ذریعہ|ذرائع|ماخذ|سورس|بشکریہ|source|courtesy|via)\\s*[:-]') },
  { field: 'topic', label: pattern('^(?:موضوع|زمرہ|کیٹیگری|کیٹگری|category|topic|section)\\s*[:-]') },
];

/** "بشکریہ جنگ": the one label that is also written without a colon. */
const COURTESY = pattern('^بشکریہ (?=[\\p{L}\\p{N}])');

/** Words in the longest name of a newspaper or topic. More is a sentence that begins like a label. */
const LONGEST_NAME = 8;

/** @returns null for a line that is text (or noise) */
export function readMetadata(text: string): Metadata | null {
  if (text.length > 200) return null;
  const date = readDateLine(text);
  if (date !== null) return { field: 'date', value: date.date, labelled: date.labelled, updated: date.updated };
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+/u, '');
  for (const { field, label } of LABELS) {
    const match = label.exec(folded);
    if (match === null) continue;
    const value = nameIn(text.replace(/^[^:：\u2010-\u2015-]*[:：\u2010-\u2015-]/u, ''));
    if (value !== undefined) return { field, value };
  }
  if (COURTESY.test(folded)) {
    const value = nameIn(text.trim().replace(/^\S+/u, ''));
    if (value) return { field: 'source', value };
  }
  return null;
}

/** A name as written, without the signs around it. Null: empty. Undefined: not a name but a sentence. */
function nameIn(text: string): string | null | undefined {
  const value = unwrap(text.replace(/^[\s\p{Cf}:-]+|[\s\p{Cf}|،,-]+$/gu, ''));
  const words = wordsOf(fold(value));
  if (words.length === 0) return null;
  if (words.length > LONGEST_NAME || endsSentence(fold(value))) return undefined;
  if (words.some((word) => FINITE_VERBS.has(word))) return undefined;
  return value;
}

const PAIRS = ['()', '[]', '“”', '‘’', '«»', '""', "''"] as const;

/** Takes off quotes around the whole name, and the closing bracket of a line that stood in brackets: "(بشکریہ: جنگ)". */
function unwrap(name: string): string {
  for (const pair of PAIRS) {
    const [open = '', close = ''] = pair;
    const hasOpening = name.slice(0, -1).includes(open);
    if (name.endsWith(close) && !hasOpening) return name.slice(0, -1).trim();
    if (name.startsWith(open) && name.endsWith(close) && !name.slice(1, -1).includes(open)) return name.slice(1, -1).trim();
  }
  return name;
}

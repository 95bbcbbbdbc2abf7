import type { TermTable } from './term-table.js';

/**
 * The terms of one document in order, as numbers of a `TermTable`. Each text begins with `FIELD`, the number of its field's name and the number of its terms;
 * `SENTENCE_END` stands between sentences and counts as no term.
 */
export type DocumentTerms = Uint32Array;

export const SENTENCE_END = 0;
export const FIELD = 1;
/** `FIELD`, name and length. */
export const FIELD_HEADER = 3;

/** A word as the analyzer gives it; sentences are numbered from 0. */
export interface Word {
  readonly term: string;
  readonly root: string;
  readonly sentence: number;
}

/** One text of a document: several may be of the same field. */
export interface FieldWords {
  /** The number of the field's name. */
  readonly name: number;
  readonly words: readonly Word[];
}

/** One buffer for all documents: they are written one at a time. */
let buffer = new Uint32Array(4_096);

export function writeTerms(fields: readonly FieldWords[], table: TermTable): DocumentTerms {
  // A sentence has a word at least.
  const most = fields.reduce((sum, { words }) => sum + FIELD_HEADER + 2 * words.length, 0);
  if (buffer.length < most) buffer = new Uint32Array(2 * most);
  let length = 0;
  for (const { name, words } of fields) {
    buffer[length++] = FIELD;
    buffer[length++] = name;
    buffer[length++] = words.length;
    let current = words[0]?.sentence ?? 0;
    for (const { term, root, sentence } of words) {
      if (sentence !== current) {
        buffer[length++] = SENTENCE_END;
        current = sentence;
      }
      buffer[length++] = table.idOf(term, root);
    }
  }
  return buffer.slice(0, length);
}

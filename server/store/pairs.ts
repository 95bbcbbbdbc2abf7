import { isStopWord } from '@justuju/urdu';
import { fieldWeight } from '../weights.js';
import type { Dictionary } from './dictionary.js';
import { bitOfField, type EachWord, FURTHER_FIELDS, impactOf, normalizationOf } from './impact.js';
import { type DocumentTerms, TermsReader } from './term-vector.js';

/*
 * Which words stand before which letters: the last content word and the first letter of the word after it, function words between them aside. So the first pass sees, without a look
 * at positions, which documents may hold two words of a query side by side, and what a reader may mean who has typed a word and one letter more.
 */

/** In place of a word, where the first field begins. */
export const FIELD_START = 2 ** 32 - 1;
/** More function words than this part two words. */
const MOST_BETWEEN = 3;
const LETTERS = 2 ** 16;
/** Fields that are told apart: see `bitOfField`. */
const FIELDS = FURTHER_FIELDS + 1;
const NO_WORD = -1;

/** A root, or `FIELD_START`, and the first letter of a term (its code unit), as one number of six bytes. */
export const pairOf = (root: number, letter: number): number => root * LETTERS + letter;
export const rootOfPair = (pair: number): number => Math.floor(pair / LETTERS);

/** Finds the pairs of documents. */
export class PairReader {
  private readonly reader = new TermsReader();
  /** For each position its term, from 1. */
  private terms = new Uint32Array(1_024);
  private found = new Float64Array(1_024);

  constructor(
    private readonly rankOfField: (name: number) => number,
    /** At each time the one whose numbers the documents have. */
    private readonly dictionary: () => Dictionary,
  ) {}

  /** Each pair of a document once. */
  read(vector: DocumentTerms, each: EachWord): void {
    this.reader.open(vector);
    this.placeTerms();
    let count = 0;
    let length = 0;
    this.reader.fields((name, first, words) => {
      const rank = this.rankOfField(name);
      if (rank === -1) return;
      length += words;
      count = this.readField(first, words, rank, count);
    });
    const found = this.found.subarray(0, count).sort();
    const normalization = normalizationOf(length);
    for (let at = 0; at < count; ) {
      const pair = Math.floor((found[at] as number) / FIELDS);
      let frequency = 0;
      let mask = 0;
      for (; at < count && Math.floor((found[at] as number) / FIELDS) === pair; at += 1) {
        const rank = (found[at] as number) - pair * FIELDS;
        frequency += fieldWeight(rank);
        mask |= bitOfField(rank);
      }
      each(pair, impactOf(frequency, normalization), mask);
    }
  }

  private placeTerms(): void {
    const { reader } = this;
    const dictionary = this.dictionary();
    let end = 0;
    for (let order = 0; order < reader.size; order += 1) end = Math.max(end, reader.positionAt(reader.to(order) - 1) + 1);
    if (end > this.terms.length) {
      this.terms = new Uint32Array(2 * end);
      this.found = new Float64Array(2 * end);
    }
    const { terms } = this;
    terms.fill(0, 0, end);
    for (let order = 0; order < reader.size; order += 1) {
      const term = dictionary.termOfForm(reader.termAt(order));
      for (let at = reader.from(order); at < reader.to(order); at += 1) {
        const position = reader.positionAt(at);
        const other = terms[position] as number;
        // A compound stands where its first part does, and is longer than that: it is searched by its parts.
        if (other === 0 || dictionary.textOfTerm(term).length < dictionary.textOfTerm(other - 1).length) terms[position] = term + 1;
      }
    }
  }

  private readField(first: number, words: number, rank: number, from: number): number {
    const dictionary = this.dictionary();
    let count = from;
    let before = rank === 0 ? FIELD_START : NO_WORD;
    let between = 0;
    for (let position = first; position < first + words; position += 1) {
      const term = (this.terms[position] as number) - 1;
      if (term === -1) continue;
      const text = dictionary.textOfTerm(term);
      if (before !== NO_WORD && between <= MOST_BETWEEN) {
        this.found[count] = pairOf(before, text.charCodeAt(0)) * FIELDS + Math.min(rank, FURTHER_FIELDS);
        count += 1;
      }
      if (isStopWord(text)) {
        between += 1;
        continue;
      }
      before = dictionary.rootOfTerm(term);
      between = 0;
    }
    return count;
  }
}

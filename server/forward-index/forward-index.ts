import { analyze } from '@justuju/urdu';
import { isReserved } from '../documents/shadow.js';
import { isNumber } from '../engine/exact-json.js';
import { type DocumentTerms, type Word, writeTerms } from './document-terms.js';
import { TermTable } from './term-table.js';

/** Bytes that a document takes beside its terms: the key, the array, the entry. */
const OVERHEAD = 250;
/** Bytes that a term takes in the table, about. */
const TERM_BYTES = 150;

/** The words of one text of a field. */
export interface TextWords {
  readonly field: string;
  readonly words: readonly Word[];
}

/**
 * Document → its terms, in memory: what ranking compares with a query. Search engines call it a forward index; Meilisearch has none to ask, only whole texts.
 *
 * Documents are known by their stamp (see `STAMP`): the same stamp means the same texts, so that nothing in here is ever outdated, whoever wrote to the index.
 * The longest unused documents make room for new ones.
 */
export class ForwardIndex {
  private readonly documents = new Map<string, DocumentTerms>();
  private readonly names = new Map<string, number>();
  private terms = new TermTable();
  private bytes = 0;

  /** @param mostBytes of memory for documents, about; the table of terms takes as much again at most */
  constructor(readonly mostBytes: number) {}

  /** What the numbers in documents mean: of those that are in here, until `makeRoom` is called. */
  get table(): TermTable {
    return this.terms;
  }

  get size(): number {
    return this.documents.size;
  }

  /** Whether more documents would only drive others out. */
  get isFull(): boolean {
    return this.bytes > this.mostBytes * 0.9;
  }

  has(stamp: string): boolean {
    return this.documents.has(stamp);
  }

  get(stamp: string): DocumentTerms | undefined {
    const terms = this.documents.get(stamp);
    if (terms === undefined) return undefined;
    // The order of a Map is that of insertion: to the end.
    this.documents.delete(stamp);
    this.documents.set(stamp, terms);
    return terms;
  }

  /** Keeps a document that was analyzed to be indexed. */
  put(stamp: string, texts: readonly TextWords[]): void {
    this.makeRoom();
    this.keep(stamp, this.write(texts));
  }

  /**
   * Reads a document: the words of all its texts, those that `put` is given while it is written.
   *
   * @param document its own fields, without shadows
   * @param stamp under which to keep it; undefined: it is not kept
   */
  read(document: Readonly<Record<string, unknown>>, stamp: string | undefined): DocumentTerms {
    const texts = Object.entries(document).flatMap(([field, value]) =>
      isReserved(field) ? [] : [...textsOf(value)].map((text) => ({ field, words: analyze(text) })),
    );
    const terms = this.write(texts);
    if (stamp !== undefined) this.keep(stamp, terms);
    return terms;
  }

  /** The number of a field's name in `DocumentTerms`. */
  nameOf(field: string): number {
    const known = this.names.get(field);
    if (known !== undefined) return known;
    const name = this.names.size;
    this.names.set(field, name);
    return name;
  }

  /** Whether a field is one of these, or of their nested fields, by the number of its name; `*` stands for all. */
  fieldsNamed(fields: readonly string[]): (name: number) => boolean {
    if (fields.includes('*')) return () => true;
    const names = new Set(fields.map((field) => this.nameOf(field.split('.')[0] ?? field)));
    return (name) => names.has(name);
  }

  /** Begins anew where the table has grown out of its bounds: terms are never forgotten one by one. To be called before a search gathers documents. */
  makeRoom(): void {
    if (this.terms.size * TERM_BYTES <= this.mostBytes) return;
    this.documents.clear();
    this.bytes = 0;
    this.terms = new TermTable();
  }

  private write(texts: readonly TextWords[]): DocumentTerms {
    return writeTerms(
      texts.map(({ field, words }) => ({ name: this.nameOf(field), words })),
      this.terms,
    );
  }

  private keep(stamp: string, terms: DocumentTerms): void {
    const old = this.documents.get(stamp);
    if (old !== undefined) {
      this.documents.delete(stamp);
      this.bytes -= old.byteLength + OVERHEAD;
    }
    this.documents.set(stamp, terms);
    this.bytes += terms.byteLength + OVERHEAD;
    for (const [oldest, { byteLength }] of this.documents) {
      if (this.bytes <= this.mostBytes || oldest === stamp) break;
      this.documents.delete(oldest);
      this.bytes -= byteLength + OVERHEAD;
    }
  }
}

/** The texts in a value, nested ones too. Numbers are searched as they are written. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (isNumber(value)) yield String(value);
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsOf(item);
}

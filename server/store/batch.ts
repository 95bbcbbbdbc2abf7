import { deserialize, serialize } from 'node:v8';
import { isNumber } from '../json/exact-json.js';
import { Growing } from './growing.js';

/** A word of a text, as the analyzer gives it; sentences are numbered from 0. */
export interface Word {
  /** As it is written, with no marks but those of vowels: آج. */
  readonly spelling: string;
  /** The same for every way to write the word: اج. */
  readonly term: string;
  /** The same for all forms of the word. A term has one root. */
  readonly root: string;
  readonly sentence: number;
  /** A compound that is written as one: it stands before its parts, where the first of them is, and takes no position of its own. */
  readonly isWhole?: true;
}

/** The words of one text of a field: several texts may be of the same field. */
export interface TextWords {
  readonly field: string;
  readonly words: readonly Word[];
}

/** What a document is known by. */
export interface DocumentName {
  /** Of the version: the same stamp, the same texts. */
  readonly stamp: string;
  /** The fields that may be the primary key. */
  readonly ids: Readonly<Record<string, string | number>>;
}

/** Documents on their way to the store, in numbers of a dictionary of their own: plain data. */
export interface Batch {
  readonly fields: readonly string[];
  readonly roots: readonly string[];
  readonly terms: readonly string[];
  /** For each term its root. */
  readonly termRoots: Uint32Array<ArrayBuffer>;
  /** For each form its spelling; empty where it is the term's own. */
  readonly spellings: readonly string[];
  /** For each form its term. */
  readonly formTerms: Uint32Array<ArrayBuffer>;
  readonly names: readonly DocumentName[];
  /** For each document: texts, then for each text: field, words, and for each word its form, marked by `NEW_SENTENCE` where one begins, by `WHOLE` where the next word is a part of it. */
  readonly texts: Uint32Array<ArrayBuffer>;
  /** Where each document begins in `texts`, and where the last one ends. */
  readonly starts: Uint32Array<ArrayBuffer>;
}

/** A batch as it goes from thread to thread: handed over rather than copied, however many words it holds, and unpacked where it is written. */
export type PackedBatch = Uint8Array<ArrayBuffer>;

export const packBatch = (batch: Batch): PackedBatch => serialize(batch);
export const unpackBatch = (packed: PackedBatch): Batch => deserialize(packed) as Batch;

/** The bit of a word that begins a sentence. */
export const NEW_SENTENCE = 0x80000000;
/** The bit of a compound before its parts. */
export const WHOLE = 0x40000000;

/** A name that Meilisearch takes for a primary key where none is given. */
const LOOKS_LIKE_KEY = /id$/i;

/** Bytes that a form takes on the way, about. */
const FORM_BYTES = 60;

/** Gathers documents for the store: each word is looked up once, the rest is done in the worker. */
export class BatchBuilder {
  private readonly fields = new Map<string, number>();
  private readonly roots = new Map<string, number>();
  /** Term → its number. */
  private readonly terms = new Map<string, number>();
  private readonly termRoots = new Growing();
  /** For each term one of its forms, and for each form the next one of the same term, from 1; 0: none. */
  private readonly firstForms = new Growing();
  private readonly nextForms = new Growing();
  private readonly spellings: string[] = [];
  private readonly formTerms = new Growing();
  private readonly names: DocumentName[] = [];
  private readonly texts = new Growing();
  private readonly starts = new Growing();

  /** @param primaryKey of the index, where it is known */
  constructor(private readonly primaryKey?: string) {}

  get documents(): number {
    return this.names.length;
  }

  /** Of what has been gathered, about. */
  get bytes(): number {
    return this.texts.length * 4 + this.spellings.length * FORM_BYTES;
  }

  /** @param document `ids`: its top-level fields, or those of them that may be the primary key */
  add(document: { readonly stamp: string; readonly ids: Readonly<Record<string, unknown>> }, texts: readonly TextWords[]): void {
    const ids: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(document.ids)) {
      if (name !== this.primaryKey && !LOOKS_LIKE_KEY.test(name)) continue;
      if (typeof value === 'string' || typeof value === 'number') ids[name] = value;
      else if (isNumber(value)) ids[name] = String(value);
    }
    this.names.push({ stamp: document.stamp, ids });
    const { texts: stream } = this;
    this.starts.push(stream.length);
    stream.push(texts.length);
    for (const { field, words } of texts) {
      stream.push(numberIn(this.fields, field));
      stream.push(words.length);
      let sentence = -1;
      for (const word of words) {
        stream.push(this.formOf(word) + (word.sentence === sentence ? 0 : NEW_SENTENCE) + (word.isWhole === true ? WHOLE : 0));
        sentence = word.sentence;
      }
    }
  }

  /** What was gathered. The builder is of no use afterwards. */
  take(): Batch {
    this.starts.push(this.texts.length);
    return {
      fields: [...this.fields.keys()],
      roots: [...this.roots.keys()],
      terms: [...this.terms.keys()],
      termRoots: this.termRoots.view().slice(),
      spellings: this.spellings,
      formTerms: this.formTerms.view().slice(),
      names: this.names,
      texts: this.texts.view().slice(),
      starts: this.starts.view().slice(),
    };
  }

  private formOf({ spelling: written, term, root }: Word): number {
    const spelling = written === term ? '' : written;
    let number = this.terms.get(term);
    if (number === undefined) {
      number = this.terms.size;
      this.terms.set(term, number);
      this.termRoots.push(numberIn(this.roots, root));
      this.firstForms.push(0);
    }
    for (let form = this.firstForms.at(number); form !== 0; form = this.nextForms.at(form - 1)) {
      if (this.spellings[form - 1] === spelling) return form - 1;
    }
    this.spellings.push(spelling);
    this.formTerms.push(number);
    this.nextForms.push(this.firstForms.at(number));
    this.firstForms.set(number, this.spellings.length);
    return this.spellings.length - 1;
  }
}

function numberIn(numbers: Map<string, number>, name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(name, number);
  }
  return number;
}

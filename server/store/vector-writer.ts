import { type Batch, NEW_SENTENCE, WHOLE } from './batch.js';
import { Growing } from './growing.js';
import { BETWEEN_TEXTS, type DocumentTerms, FIELD, HEADER } from './term-vector.js';

/** What the numbers of a batch are in the store. */
export interface Numbers {
  /** For each form of the batch its form, and its root. */
  readonly forms: Uint32Array;
  readonly roots: Uint32Array;
  readonly fields: Uint32Array;
}

/** Writes the term vectors of the documents of a batch. */
export class VectorWriter {
  /** The batch's forms in the order in which they stand in a vector: by root, then by number. */
  private readonly order: Uint32Array;
  private readonly ranks: Uint32Array;
  /** Of the document being written: by rank, how often a form stands in it; then where its next position goes. */
  private readonly counts: Uint32Array;
  private readonly fields = new Growing();
  private readonly sentences = new Growing();
  private readonly present = new Growing();

  constructor(
    private readonly batch: Batch,
    private readonly numbers: Numbers,
  ) {
    const { forms, roots } = numbers;
    this.order = Uint32Array.from(forms.keys()).sort(
      (a, b) => (roots[a] as number) - (roots[b] as number) || (forms[a] as number) - (forms[b] as number),
    );
    this.ranks = new Uint32Array(forms.length);
    this.order.forEach((form, rank) => {
      this.ranks[form] = rank;
    });
    this.counts = new Uint32Array(forms.length);
  }

  write(document: number): DocumentTerms {
    const words = this.survey(document);
    const { fields, sentences, present, counts, order, numbers } = this;
    const ranks = present.view().sort();
    const vector = new Uint32Array(HEADER + fields.length + sentences.length + 3 * ranks.length + words);
    vector.set([fields.length / FIELD, sentences.length, ranks.length]);
    vector.set(fields.view(), HEADER);
    vector.set(sentences.view(), HEADER + fields.length);
    const rootsAt = HEADER + fields.length + sentences.length;
    const formsAt = rootsAt + ranks.length;
    const endsAt = formsAt + ranks.length;
    const positionsAt = endsAt + ranks.length;
    let end = 0;
    ranks.forEach((rank, at) => {
      const form = order[rank] as number;
      vector[rootsAt + at] = numbers.roots[form] as number;
      vector[formsAt + at] = numbers.forms[form] as number;
      const begin = end;
      end += counts[rank] as number;
      vector[endsAt + at] = end;
      counts[rank] = begin;
    });
    this.eachWord(document, (form, position) => {
      const rank = this.ranks[form] as number;
      const at = counts[rank] as number;
      vector[positionsAt + at] = position;
      counts[rank] = at + 1;
    });
    for (const rank of ranks) counts[rank] = 0;
    return vector;
  }

  /** What stands in a document, and how often. Returns how many words. */
  private survey(document: number): number {
    const { fields, sentences, present, counts, ranks } = this;
    fields.clear();
    sentences.clear();
    present.clear();
    let words = 0;
    this.eachWord(
      document,
      (form, position, isNew) => {
        if (isNew) sentences.push(position);
        const rank = ranks[form] as number;
        if (counts[rank] === 0) present.push(rank);
        counts[rank] = (counts[rank] as number) + 1;
        words += 1;
      },
      (field, position, length) => {
        fields.push(this.numbers.fields[field] as number);
        fields.push(position);
        fields.push(length);
      },
    );
    return words;
  }

  private eachWord(
    document: number,
    word: (form: number, position: number, isNewSentence: boolean) => void,
    text?: (field: number, first: number, length: number) => void,
  ): void {
    const { texts, starts } = this.batch;
    let at = starts[document] as number;
    const count = texts[at++] as number;
    let position = 0;
    for (let i = 0; i < count; i += 1) {
      const field = texts[at++] as number;
      const length = texts[at++] as number;
      const first = position;
      for (let j = 0; j < length; j += 1) {
        const marked = texts[at++] as number;
        word(marked & ~(NEW_SENTENCE | WHOLE), position, marked >= NEW_SENTENCE);
        if ((marked & WHOLE) === 0) position += 1;
      }
      text?.(field, first, position - first);
      position += BETWEEN_TEXTS;
    }
  }
}

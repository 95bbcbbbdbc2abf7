import { RecordReader, unpublished } from '../fields.js';
import type { Input } from '../input.js';
import type { Found } from './format.js';

/** A feed, a book, a chapter, as far as it says something of the articles in it. */
export interface Collection {
  readonly name: string | null;
  readonly author: string | null;
}

export const NO_COLLECTION: Collection = { name: null, author: null };

/** Records of any kind (rows, JSON objects, elements) → articles, by the names of their parts. One for a source. */
export class Records {
  private readonly reader: RecordReader;
  private told = false;
  private ordinal = 0;

  constructor(private readonly input: Input) {
    this.reader = new RecordReader(input.options.map);
  }

  /** @param collection what holds the records: its name is the source of each that names none, and the title of those that have a number only; its writer theirs */
  article(record: Readonly<Record<string, unknown>>, { name: collection, author }: Collection = NO_COLLECTION): Found {
    const read = this.reader.read(record);
    this.ordinal += 1;
    if (read === null) return { kind: 'left', reason: 'without a text' };
    const { fields, number, status } = read;
    const hidden = unpublished(status);
    if (hidden !== undefined) return { kind: 'left', reason: hidden };
    this.tell();
    const numbered = collection === null ? null : `${collection} ${number ?? this.ordinal}`;
    return {
      kind: 'record',
      isAmongMany: true,
      fields: { ...fields, title: fields.title ?? numbered, author: fields.author ?? author, source: fields.source ?? collection },
    };
  }

  /** A text of the record is named as its text. */
  hasBody(record: Readonly<Record<string, unknown>>): boolean {
    return this.reader.hasBody(record);
  }

  /** It has a title and a text, both named as such and not deeper in it. */
  isEntry(record: Readonly<Record<string, unknown>>): boolean {
    return this.reader.isEntry(record);
  }

  /** What was taken for what, once, so that an editor can say otherwise. */
  private tell(): void {
    if (this.told) return;
    this.told = true;
    const { taken, leftOut } = this.reader;
    const said = [...taken].map(([field, name]) => `${field}=${name}`).join(', ');
    const left = [...leftOut].filter((name) => ![...taken.values()].includes(name));
    this.input.note(
      `fields: ${said}${left.length === 0 ? '' : `; left out: ${left.slice(0, 12).join(', ')}`} (--map FIELD=NAME,... to change that)`,
    );
  }
}

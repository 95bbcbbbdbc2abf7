import { RecordReader, unpublished } from '../fields.js';
import type { Input } from '../input.js';
import type { Found } from './format.js';
import { PostTypes } from './post-types.js';

/** A feed, a book, a chapter, as far as it says something of the articles in it. */
export interface Collection {
  readonly name: string | null;
  readonly author: string | null;
  readonly topic: string | null;
  /** Of a JSON Feed: the address from which those in it are told ("/khabar/1"). */
  readonly base?: string;
  /** What it holds are sections, each with articles of a topic. */
  readonly ofSections?: boolean;
}

export const NO_COLLECTION: Collection = { name: null, author: null, topic: null };

/** "/khabar/1" of the site. */
function addressBelow(base: string, address: string): string | null {
  const found = URL.canParse(address, base) ? new URL(address, base) : null;
  return found !== null && /^https?:$/.test(found.protocol) ? found.href : null;
}

/** "... [+1200 chars]": how much a service of news has cut off. */
const CUT_OFF = /\s*\[\+\d+ chars\]\s*$/;

/** Records of any kind (rows, JSON objects, elements) → articles, by the names of their parts. One for a source. */
export class Records {
  private readonly reader: RecordReader;
  private readonly types: PostTypes;
  private told = false;
  private toldMisread = false;
  private ordinal = 0;

  constructor(private readonly input: Input) {
    this.reader = new RecordReader(input.options.map);
    this.types = new PostTypes(input);
  }

  /** @param collection what holds the records: its name is the source of each that names none, and the title of those that have a number only; its writer theirs */
  article(record: Readonly<Record<string, unknown>>, { name: collection, author, topic, base }: Collection = NO_COLLECTION): Found {
    const read = this.reader.read(record);
    this.ordinal += 1;
    if (this.reader.misread > 0 && !this.toldMisread) {
      this.toldMisread = true;
      this.input.note('holds UTF-8 that a program read as Latin-1 before it wrote it ("\\u00d8\\u00a8"): mended');
    }
    if (read === null) return { kind: 'left', reason: 'without a text' };
    const { fields, number, status, address } = read;
    const { post_type: type, _id: id } = record;
    // Sanity keeps a draft beside what is published, under its id.
    const isDraft = typeof id === 'string' && id.startsWith('drafts.');
    const hidden =
      unpublished(isDraft ? 'draft' : status) ?? (typeof type === 'string' && type !== '' ? this.types.hidden(type) : undefined);
    if (hidden !== undefined) return { kind: 'left', reason: hidden };
    this.tell();
    // What a feed holds without a title, or a channel with a day for each, are notes, not parts of a book.
    const numbered = collection === null || base !== undefined || fields.date !== null ? null : `${collection} ${number ?? this.ordinal}`;
    const url = fields.url ?? (address !== null && base !== undefined ? addressBelow(base, address) : null);
    return {
      kind: 'record',
      isAmongMany: true,
      fields: {
        ...fields,
        body: fields.body.replace(CUT_OFF, ''),
        url,
        title: fields.title ?? numbered,
        author: fields.author ?? author,
        topic: fields.topic ?? topic,
        source: fields.source ?? collection,
      },
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

  /** A part of an article is called so. */
  knows(name: string): boolean {
    return this.reader.knows(name);
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

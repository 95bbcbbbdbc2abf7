import { type FieldName, type FieldTable, isFieldName, keyOf, readFieldTable } from './field-names.js';
import { fold } from './fold.js';
import { listOf } from './metadata.js';
import { isMisread, mendText } from './mojibake.js';
import { richText } from './rich-text.js';
import { standfirstIn } from './standfirst.js';

/** What a source says of one article, before it is cleaned. */
export interface Fields {
  /** The same for the same article in every run: an id, an address. Null: its place in the file must do. */
  readonly key: string | null;
  readonly title: string | null;
  readonly subtitle: string | null;
  /** Text, or HTML; paragraphs by line. */
  readonly body: string;
  readonly author: string | null;
  /** As the source writes it. */
  readonly date: string | null;
  readonly updated: string | null;
  readonly topic: string | null;
  readonly tags: readonly string[];
  readonly source: string | null;
  readonly place: string | null;
  readonly url: string | null;
  /** Seconds, one for each line of `body`. */
  readonly times?: readonly number[];
}

export const NO_FIELDS: Fields = {
  key: null,
  title: null,
  subtitle: null,
  body: '',
  author: null,
  date: null,
  updated: null,
  topic: null,
  tags: [],
  source: null,
  place: null,
  url: null,
};

/** Own names for fields: `--map title=headline,body=text`. */
export type FieldMap = ReadonlyMap<FieldName, string>;

/** Throws for a field that does not exist. */
export function readFieldMap(text: string): FieldMap {
  return new Map(
    text.split(',').map((pair) => {
      const [field = '', name = ''] = pair.split('=').map((part) => part.trim());
      if (!isFieldName(field) || name === '')
        throw new Error(
          `"${pair}" is not FIELD=NAME. Fields are title, subtitle, body, author, date, updated, topic, tags, source, place, url, id.`,
        );
      return [field, name];
    }),
  );
}

/** A value of a record with the names that lead to it. */
interface Leaf {
  readonly path: readonly string[];
  readonly value: string | readonly string[];
  /** The lines of what an editor keeps as a tree: a text, whatever it is called. */
  readonly isTree?: true;
}

/** Names that say nothing by themselves: `author: {name: ...}`, `content: {rendered: ...}`, `title: {ur: ..., en: ...}`. */
const INNER = new Set([
  'norm',
  'name',
  'displayname',
  'fullname',
  'rendered',
  'value',
  'text',
  'title',
  'label',
  'cdata',
  't',
  'main',
  'ur',
  'urdu',
  'urpk',
  'personname',
  'persname',
]);
/** What GraphQL puts around values: `author: {node: {name: ...}}`, `categories: {nodes: [...]}`. */
const WRAPPERS = new Set(['node', 'nodes', 'edges']);
/** Between a writer and his name: `author: {profile: {name: ...}}`. */
const CARRIERS = new Set(['profile', 'user', 'person']);
const DEEPEST = 4;

/** What a record has, by field. One for a source, so that what was taken for what can be told once. */
export class RecordReader {
  private readonly table: FieldTable = readFieldTable();
  /** Field → name in the records, for people. */
  readonly taken = new Map<FieldName, string>();
  private readonly pieces = new Map<string, { readonly name: string; readonly number: number } | null>();
  /** Values that were UTF-8, read as Latin-1. */
  misread = 0;
  /** Names that no field was found for. */
  readonly leftOut = new Set<string>();

  constructor(private readonly map: FieldMap = new Map()) {}

  /** @returns null where the record holds no text */
  read(record: Readonly<Record<string, unknown>>): {
    readonly fields: Fields;
    readonly number: string | null;
    readonly status: string | null /** As written, whole or not. */;
    readonly address: string | null;
  } | null {
    const all = leavesOf(record).map((leaf) => this.mended(leaf));
    const leaves = this.map.has('body') ? all : this.withWholeText(all);
    const statuses: string[] = isDraftOfStrapi(record) ? ['draft'] : [];
    const found = new Map<FieldName, { leaf: Leaf; rank: number }>();
    for (const leaf of leaves) {
      const known = this.fieldOf(leaf.path);
      const status = known === undefined ? (protectedOf(leaf) ?? removedOf(leaf)) : statusOf(known.field, leaf);
      if (status !== undefined) statuses.push(status);
      if (known === undefined || (known.rank !== MAPPED && isReference(known.field, leaf.value))) this.leftOut.add(leaf.path.join('.'));
      else if ((found.get(known.field)?.rank ?? Number.POSITIVE_INFINITY) > known.rank) found.set(known.field, { leaf, rank: known.rank });
    }
    const text = (field: FieldName): string | null => {
      const value = found.get(field)?.leaf.value;
      const first = (typeof value === 'string' ? value : value?.join('، '))?.trim() ?? '';
      return first === '' || NOTHING.has(first) ? null : first;
    };
    const list = (field: FieldName): readonly string[] => {
      const value = found.get(field)?.leaf.value;
      return value === undefined ? [] : typeof value === 'string' ? (NOTHING.has(value.trim()) ? [] : listOf(value)) : value;
    };
    // Verses and paragraphs come as lists too: a line each.
    const written = found.get('body')?.leaf.value;
    const lines = typeof written === 'object' ? written.join('\n').trim() : '';
    const body = (lines === '' ? text('body') : lines) ?? text('summary') ?? this.longest(leaves, found);
    if (body === null) return null;
    for (const [field, { leaf }] of found) if (!this.taken.has(field)) this.taken.set(field, leaf.path.join('.'));
    const [topic = null, ...topics] = list('topic');
    return {
      fields: {
        key: text('id') ?? text('url'),
        title: text('title'),
        subtitle: text('subtitle') ?? standfirstIn(text('summary'), body),
        body,
        author: text('author'),
        date: text('date'),
        updated: text('updated'),
        topic,
        tags: [...new Set([...list('tags'), ...topics])],
        source: text('source'),
        place: text('place'),
        url: isAddress(text('url')) ? text('url') : null,
      },
      number: text('number'),
      address: text('url'),
      status: statuses.find((status) => unpublished(status) !== undefined) ?? statuses[0] ?? null,
    };
  }

  /** UTF-8 that a program had misread before it wrote it as JSON, as Facebook does it: there the letters are numbers, and the file itself shows nothing of it. */
  private mended(leaf: Leaf): Leaf {
    const mend = (text: string): string => (isMisread(text) ? mendText(text) : text);
    const value = typeof leaf.value === 'string' ? mend(leaf.value) : leaf.value.map(mend);
    if (value === leaf.value || (typeof value !== 'string' && value.every((text, i) => text === leaf.value[i]))) return leaf;
    this.misread += 1;
    return { path: leaf.path, value };
  }

  hasBody(record: Readonly<Record<string, unknown>>): boolean {
    return leavesOf(record).some(({ path, value }) => value.length > 0 && this.fieldOf(path)?.field === 'body');
  }

  isEntry(record: Readonly<Record<string, unknown>>): boolean {
    const named = new Set(
      Object.entries(unwrappedHit(record)).flatMap(([name, value]) => (typeof value === 'string' ? [this.fieldOf([name])?.field] : [])),
    );
    return named.has('title') && named.has('body');
  }

  private fieldOf(full: readonly string[]): { field: FieldName; rank: number } | undefined {
    const path = full.filter((name) => !WRAPPERS.has(name));
    const whole = path.join('.');
    const last = path.at(-1) ?? '';
    for (const [field, name] of this.map) if (name === whole || name === last) return { field, rank: MAPPED };
    const carrier = path.slice(0, -1).findLast((name) => !CARRIERS.has(keyOf(name)));
    const parent = carrier === undefined ? undefined : this.named(carrier);
    const own = this.named(last);
    const known = parent !== undefined && INNER.has(keyOf(last)) ? parent : own;
    const isInner = known !== undefined && known === own && OF_THING.has(known.field) && path.length > 1;
    if (isInner && this.isInThing(path.slice(0, -1))) return undefined;
    // A field that was named on the command line is not guessed any more.
    if (known === undefined || this.map.has(known.field)) return undefined;
    // The record's own goes before that of anything in it.
    const isDeep = isInner && path.filter((name) => !AROUND_RECORD.has(name)).length > 1;
    return isDeep ? { ...known, rank: known.rank + DEEP } : known;
  }

  /** What holds the value is a picture, a writer, a section or a town. */
  private isInThing(above: readonly string[]): boolean {
    return above.some((name) => {
      const field = this.named(name)?.field;
      return PICTURE.test(name) || (field !== undefined && THINGS.has(field));
    });
  }

  /** By its name; by the name without its language, Urdu before all others; by the name without the kind that Solr puts behind it ("title_s"). */
  private named(name: string): { field: FieldName; rank: number } | undefined {
    const own = this.table.get(keyOf(name));
    if (own !== undefined) return own;
    const urdu = this.table.get(keyOf(name.replace(OF_URDU, '')));
    if (urdu !== undefined) return { ...urdu, rank: urdu.rank - BESIDE };
    const typed = OF_SOLR.test(name) ? this.table.get(keyOf(name.replace(OF_SOLR, ''))) : undefined;
    return typed === undefined ? undefined : { ...typed, rank: typed.rank + BESIDE };
  }

  /** A part of an article is called so. */
  knows(name: string): boolean {
    return this.named(name) !== undefined;
  }

  /** Columns that are one text in pieces (para1, para2, ...; misra, misra 2) as one. */
  private withWholeText(leaves: readonly Leaf[]): readonly Leaf[] {
    const series = leaves.flatMap((leaf) => {
      const piece = leaf.path.length === 1 && typeof leaf.value === 'string' ? this.pieceOf(leaf.path[0] ?? '') : null;
      return piece === null ? [] : [{ leaf, ...piece }];
    });
    if (series.length < 2) return leaves;
    const pieces = series.filter(({ name }) => keyOf(name) === keyOf(series[0]?.name ?? '')).sort((a, b) => a.number - b.number);
    if (pieces.length < 2 || pieces.some(({ number }, i) => number !== i + 1)) return leaves;
    const value = pieces.map(({ leaf }) => String(leaf.value)).filter((text) => text.trim() !== '');
    const whole = new Set(pieces.map(({ leaf }) => leaf));
    return [{ path: [pieces[0]?.name ?? ''], value }, ...leaves.filter((leaf) => !whole.has(leaf))];
  }

  /** What a column is called without its number, where a text is called so. */
  private pieceOf(column: string): { readonly name: string; readonly number: number } | null {
    const known = this.pieces.get(column);
    if (known !== undefined) return known;
    const [, name = '', number = '1'] = PIECE.exec(column) ?? [];
    const piece = this.table.get(keyOf(name))?.field === 'body' ? { name, number: Number(fold(number)) } : null;
    this.pieces.set(column, piece);
    return piece;
  }

  /** The longest text that no field was found for, where it is long enough to be one. */
  private longest(leaves: readonly Leaf[], found: ReadonlyMap<FieldName, { leaf: Leaf }>): string | null {
    if (this.map.has('body')) return null;
    const used = new Set([...found.values()].map(({ leaf }) => leaf));
    let longest = { text: '', name: '' };
    for (const leaf of leaves) {
      const text = typeof leaf.value === 'string' ? leaf.value : leaf.isTree === true ? leaf.value.join('\n') : '';
      if (!used.has(leaf) && text.length > Math.max(SHORTEST_BODY, longest.text.length)) longest = { text, name: leaf.path.join('.') };
    }
    if (longest.text === '') return null;
    this.taken.set('body', longest.name);
    return longest.text;
  }
}

/** What databases, pandas and Python write where there is nothing. No article of Urdu is called so. */
const NOTHING: ReadonlySet<string> = new Set(['NULL', 'null', '\\N', 'NaN', 'nan', 'None', 'undefined']);

/** The name of a column, and the number behind it. */
const PIECE = /^(.*?)[\s_-]*(\p{Nd}{1,2})?$/u;

/** `image: {url: ...}`, `author: {id: 3, url: ..., created: ...}`: address, number and days of what belongs to the article are not the article's. It must not eat those that the paper has with the article in it (`publication: {year: ..., link: ...}`). */
const OF_THING: ReadonlySet<FieldName> = new Set(['id', 'url', 'date', 'updated', 'summary', 'status', 'number']);
const THINGS: ReadonlySet<FieldName> = new Set(['author', 'topic', 'tags', 'place']);
/** More than there are names of a field. */
const DEEP = 1_000;
const PICTURE = /(?:image|img|photo|picture|media|video|audio|thumb(?:nail)?|logo|avatar|icon|cover|poster|enclosure|تصویر)s?$/i;

/** Before all names that are guessed. */
const MAPPED = -1;
/** How much before or behind a name another form of it is believed. */
const BESIDE = 0.5;
/** "title_ur", "urdu_title", "bodyUrdu". */
const OF_URDU = /^(?:ur|urdu)[_-]|[_-]?(?:ur|urdu)$/i;
const OF_SOLR = /_(?:s|ss|t|txt|dt|tdt|dts|str|text)$/;

/** `"author": 3` is the writer's number in another table, not a name. A year as a tag or a title stays one. */
const isReference = (field: FieldName, value: Leaf['value']): boolean =>
  (field === 'author' || field === 'topic' || field === 'source' || field === 'place') && typeof value === 'string' && /^\d+$/.test(value);

/** Characters of a text below which a field without a known name is no body. */
const SHORTEST_BODY = 40;

const isAddress = (text: string | null): boolean => text !== null && /^https?:\/\//i.test(text);

/** What a search engine tells of a document: `{"_index": ..., "_id": ..., "_source": {...}}`. */
function unwrappedHit(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { _id: id, _source: source } = record;
  return typeof source === 'object' && source !== null && !Array.isArray(source) ? { ...(id !== undefined && { id }), ...source } : record;
}

/** Strapi: a draft has the days on which it was made and changed, and nothing as the day on which it was published. A table whose column is not used has other names. */
function isDraftOfStrapi(record: Readonly<Record<string, unknown>>): boolean {
  const { attributes } = record;
  const isWrapped = typeof attributes === 'object' && attributes !== null;
  const own = isWrapped ? (attributes as Record<string, unknown>) : record;
  return own['publishedAt'] === null && typeof own['createdAt'] === 'string' && (isWrapped || typeof own['updatedAt'] === 'string');
}

/** WordPress' REST interface: `content: {rendered: ..., protected: true}` is read with a password only. */
const protectedOf = ({ path, value }: Leaf): string | undefined =>
  path.at(-1) === 'protected' && value === 'true' ? 'protected' : undefined;

/** Columns by which programs take a row out and keep it: `is_deleted: 1`, and the day on which it was done (`deleted_at`). */
const REMOVED = /^(?:is)?(?:(deleted|trashed)(?:at|on)?|(?:is)(private))$/;
/** What stands there of a row that has not been taken out; databases write "NULL", "\\N" and the day 0 for nothing. */
const NOT_REMOVED = /^(?:|0|false|f|no|n|none|null|nil|\\n|0000-00-00.*)$/i;
/** What a record is put into by those who hand it on. */
const AROUND_RECORD = new Set(['attributes', 'fields', 'data', 'properties']);

/** Of the record itself, not of its writer: `author: {deleted: true}` is an account that is gone. */
function removedOf({ path, value }: Leaf): string | undefined {
  const own = path.filter((name) => !WRAPPERS.has(name) && !AROUND_RECORD.has(name));
  const [, removed, isPrivate] = own.length === 1 ? (REMOVED.exec(keyOf(own[0] ?? '')) ?? []) : [];
  return typeof value !== 'string' || NOT_REMOVED.test(value.trim()) ? undefined : (removed ?? isPrivate);
}

/**
 * What a leaf says of whether the record is published. `status: true` is published, `draft: true` is not; programs write 1 and 0 for them, and `published: false` beside a date of that name.
 */
function statusOf(field: FieldName, { path, value }: Leaf): string | undefined {
  if (typeof value !== 'string' || (field !== 'status' && field !== 'date')) return undefined;
  const isYes = /^(?:true|1)$/i.test(value);
  if (!isYes && !/^(?:false|0)$/i.test(value)) return field === 'status' ? value : undefined;
  return isYes === keyOf(path.at(-1) ?? '').includes('draft') ? 'draft' : 'published';
}

function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (typeof value === 'string') return [{ path, value }];
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path, value: String(value) }];
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(Array.isArray))
      return value.flat().every(isText) ? [{ path, value: value.flat() }] : termsOf(value, path);
    if (value.length > 0 && value.every(isValue))
      return leavesOf(value.length === 1 ? value[0]?.value : value.map(({ value: own }) => String(own)), path);
    if (value.length > 0 && value.every(isBlock)) return [{ path, value: value.flatMap(linesOfBlock) }];
    if (path.length > 0 && value.length > 0 && value.every(isParagraph))
      return [{ path, value: value.flatMap((part) => Object.values(part)) }];
    if (isOfPiecesOnly(value))
      return [{ path, value: value.filter(isPiece).map(({ text, content }) => text ?? content ?? ''), isTree: true }];
    if (value.length > 0 && value.every(isCouplet)) return [{ path, value: value.flatMap((couplet) => Object.values(couplet)) }];
    const lines = path.length === 0 ? undefined : richText(value);
    if (lines !== undefined) return [{ path, value: lines, isTree: true }];
    const address = addressAmong(value);
    if (address !== undefined) return [{ path, value: address }];
    const names = value.map(nameOf).filter((name) => name !== undefined);
    return names.length > 0 && names.length === value.length ? [{ path, value: names }] : [];
  }
  if (typeof value !== 'object' || value === null || path.length >= DEEPEST) return [];
  const lines = path.length === 0 ? undefined : richText(value);
  if (lines !== undefined) return [{ path, value: lines, isTree: true }];
  const day = path.length === 0 ? undefined : dayOf(value as Record<string, unknown>);
  if (day !== undefined) return [{ path, value: day }];
  const wrapped = unwrapped(value);
  if (wrapped !== undefined) return leavesOf(wrapped, path);
  const related = path.length === 0 ? undefined : relatedNames(value);
  if (related !== undefined) return related.length === 0 ? [] : [{ path, value: related }];
  const record = path.length === 0 ? unwrappedHit(value as Record<string, unknown>) : value;
  return Object.entries(record).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A field of Drupal, which may have several: `"title": [{"value": "..."}]`. A setting (`{"label": ..., "value": ...}`) is named. */
const isValue = (value: unknown): value is { readonly value: string | number | boolean } =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  ['string', 'number', 'boolean'].includes(typeof value.value) &&
  !('label' in value || 'name' in value || 'title' in value);

/** `{"line1": ..., "line2": ...}`: the verses of a couplet or stanza by their number. */
const VERSE = /^(?:line|misra|misre|verse|first|second|ula|sani|a|b)[ _-]?\d{0,2}$/i;

const isCouplet = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 1 &&
  Object.entries(value).every(([name, verse]) => VERSE.test(name) && isText(verse));

/** `"link": [{"rel": "replies", "href": ...}, {"rel": "alternate", "href": ...}]`, as feeds of Google have links: the page itself. */
function addressAmong(value: readonly unknown[]): string | undefined {
  const links = value.filter(
    (link): link is { readonly rel?: unknown; readonly href: string } =>
      typeof link === 'object' && link !== null && 'href' in link && isText(link.href),
  );
  return links.length < value.length ? undefined : links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
}

/** `{"p": ...}`: a paragraph and nothing else. */
const isParagraph = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  Object.entries(value).every(([name, text]) => /^(?:p|para|paragraph|h[1-6])$/i.test(name) && isText(text));

/** `{"year": 2021, "month": 5, "day": 3}`. */
function dayOf({ year, month, day }: Readonly<Record<string, unknown>>): string | undefined {
  const parts = [year, month, day].map(Number);
  return year == null || month == null || day == null || !parts.every(Number.isInteger)
    ? undefined
    : parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** A paragraph, headline, list or quotation of Editor.js. */
interface Block {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'data' in value &&
  typeof value.data === 'object' &&
  value.data !== null;

/** A part of a text as interfaces of sites give it: `{"type": "paragraph", "text": ...}`, beside pictures and the like. */
interface Piece {
  readonly type: string;
  /** Or `content`, as newsrooms keep it. */
  readonly text?: string;
  readonly content?: string;
}

const PIECES = /^(?:p|para|paragraph|text|heading|header|h[1-6]|sub_?head(?:ing)?|quote|blockquote|verse|line)$/i;
const BESIDE_PIECES = /^(?:image|img|picture|photo|gallery|video|audio|embed|divider|hr|ad|advert|html|related|tweet|link)$/i;

const isOfPieces = (value: unknown): value is { readonly type: string } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  !('title' in value) &&
  (isPiece(value) || BESIDE_PIECES.test(value.type));

const isOfPiecesOnly = (value: unknown): boolean => Array.isArray(value) && value.some(isPiece) && value.every(isOfPieces);

/** What a post or a verse has by itself, and a paragraph has not. */
const OF_POST = /^(?:id|number|no|date|time|timestamp|published\w*|created\w*|author|from|by|url|link|slug)$/i;

/** A text in such parts, whatever it is called. */
export const isTextOfPieces = (value: unknown): boolean =>
  Array.isArray(value) &&
  isOfPiecesOnly(value) &&
  !value.some((part) => isPiece(part) && Object.keys(part).some((name) => OF_POST.test(name)));

const isPiece = (value: unknown): value is Piece =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  PIECES.test(value.type) &&
  (('text' in value && typeof value.text === 'string') || ('content' in value && typeof value.content === 'string')) &&
  !('title' in value);

/** Its text, and the items of its list, in lists too. Code, pictures and embedded pages have none; captions of pictures are no text of the article. */
function linesOfBlock({ type, data: { text, items } }: Block): string[] {
  if (type === 'code' || type === 'raw') return [];
  return [...(typeof text === 'string' ? [text] : []), ...itemsOf(items)].filter((line) => line.trim() !== '');
}

function itemsOf(items: unknown): string[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    if (typeof item !== 'object' || item === null) return [];
    const { content, text, items: inner } = item as Record<string, unknown>;
    return [...[content, text].filter((part) => typeof part === 'string'), ...itemsOf(inner)];
  });
}

/** Extended JSON of MongoDB: `{"$oid": "5f..."}`, `{"$date": {"$numberLong": "1763600000000"}}` are the value itself. */
function unwrapped(value: object): unknown {
  const [[name = '', inner] = [], ...others] = Object.entries(value) as [string, unknown][];
  return others.length === 0 && /^\$(?:oid|date|number\w+|uuid)$/i.test(name) ? inner : undefined;
}

/** Terms of WordPress' REST interface, a list for each taxonomy: its categories, its tags, ... */
function termsOf(lists: readonly unknown[], path: readonly string[]): Leaf[] {
  const names = new Map<string, string[]>();
  for (const term of lists.flat()) {
    const { taxonomy, name } = (term ?? {}) as { taxonomy?: unknown; name?: unknown };
    if (typeof taxonomy !== 'string' || typeof name !== 'string') return [];
    names.set(taxonomy, [...(names.get(taxonomy) ?? []), name]);
  }
  return [...names].map(([taxonomy, value]) => ({ path: [...path, taxonomy], value }));
}

/**
 * `author: {data: {id: 2, attributes: {name: ...}}}` of Strapi, `categories: {edges: [{node: {name: ...}}]}` of GraphQL: what other records that belong to this one are called.
 * Records with a text are articles or chapters, and stay what they are.
 */
function relatedNames(value: object): readonly string[] | undefined {
  const { data, edges } = value as Record<string, unknown>;
  const key = edges === undefined ? 'attributes' : 'node';
  const records = [edges ?? data].flat().map((record) => (record as Record<string, unknown> | null | undefined)?.[key]);
  const names = records.map(nameOf).filter((name) => name !== undefined);
  return records.length > 0 && names.length === records.length ? names : undefined;
}

/** A tag, a writer; what has a text beside its name is an article or a chapter, and none of it must be lost. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { name: given, title, label, text, body, content } = value as Record<string, unknown>;
  // Google's feeds: `{"name": {"$t": "..."}}`.
  const name = typeof given === 'object' && given !== null && '$t' in given ? given.$t : given;
  if ([name, title].some(isText) && [text, body, content].some(isText)) return undefined;
  return [name, title, label, text].find(isText);
}

/** Values of a status with which an article has not been published. */
const UNPUBLISHED: ReadonlySet<string> = new Set(
  [
    'draft',
    'auto-draft',
    'private',
    'pending',
    'future',
    'trash',
    'inherit',
    'unpublished',
    'scheduled',
    'archived',
    'trashed',
    'deleted',
    'protected',
    'hidden',
    'rejected',
    'embargoed',
    'in review',
    'مسودہ',
    'ڈرافٹ',
    'غیر شائع',
    'غیر شائع شدہ',
    'زیر التوا',
    'نجی',
    'حذف شدہ',
  ].map(fold),
);

/** Why an article with this status must not be indexed; undefined where it may. */
export const unpublished = (status: string | null): string | undefined =>
  status !== null && UNPUBLISHED.has(fold(status)) ? `not published (${status})` : undefined;

import { type FieldName, type FieldTable, isFieldName, keyOf, readFieldTable } from './field-names.js';
import { listOf } from './metadata.js';
import { richText } from './rich-text.js';

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
}

/** Names that say nothing by themselves: `author: {name: ...}`, `content: {rendered: ...}`, `title: {ur: ..., en: ...}`. */
const INNER = new Set(['name', 'rendered', 'value', 'text', 'title', 'label', 'cdata', 't', 'ur', 'urdu', 'urpk']);
const DEEPEST = 4;

/** What a record has, by field. One for a source, so that what was taken for what can be told once. */
export class RecordReader {
  private readonly table: FieldTable = readFieldTable();
  /** Field → name in the records, for people. */
  readonly taken = new Map<FieldName, string>();
  /** Names that no field was found for. */
  readonly leftOut = new Set<string>();

  constructor(private readonly map: FieldMap = new Map()) {}

  /** @returns null where the record holds no text */
  read(
    record: Readonly<Record<string, unknown>>,
  ): { readonly fields: Fields; readonly number: string | null; readonly status: string | null } | null {
    const leaves = leavesOf(record);
    const statuses: string[] = [];
    const found = new Map<FieldName, { leaf: Leaf; rank: number }>();
    for (const leaf of leaves) {
      const known = this.fieldOf(leaf.path);
      const status = known === undefined ? undefined : statusOf(known.field, leaf);
      if (status !== undefined) statuses.push(status);
      if (known === undefined || (known.rank !== MAPPED && isReference(known.field, leaf.value))) this.leftOut.add(leaf.path.join('.'));
      else if ((found.get(known.field)?.rank ?? Number.POSITIVE_INFINITY) > known.rank) found.set(known.field, { leaf, rank: known.rank });
    }
    const text = (field: FieldName): string | null => {
      const value = found.get(field)?.leaf.value;
      const first = typeof value === 'string' ? value : value?.join('، ');
      return first === undefined || first.trim() === '' ? null : first.trim();
    };
    const list = (field: FieldName): readonly string[] => {
      const value = found.get(field)?.leaf.value;
      return value === undefined ? [] : typeof value === 'string' ? listOf(value) : value;
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
        subtitle: text('subtitle'),
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
      status: statuses.find((status) => unpublished(status) !== undefined) ?? statuses[0] ?? null,
    };
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

  private fieldOf(path: readonly string[]): { field: FieldName; rank: number } | undefined {
    const whole = path.join('.');
    const last = path.at(-1) ?? '';
    for (const [field, name] of this.map) if (name === whole || name === last) return { field, rank: MAPPED };
    const parent = path.length > 1 ? this.table.get(keyOf(path.at(-2) ?? '')) : undefined;
    const own = this.table.get(keyOf(last));
    const known = parent !== undefined && INNER.has(keyOf(last)) ? parent : own;
    // A field that was named on the command line is not guessed any more.
    return known !== undefined && this.map.has(known.field) ? undefined : known;
  }

  /** The longest text that no field was found for, where it is long enough to be one. */
  private longest(leaves: readonly Leaf[], found: ReadonlyMap<FieldName, { leaf: Leaf }>): string | null {
    if (this.map.has('body')) return null;
    const used = new Set([...found.values()].map(({ leaf }) => leaf));
    let longest: Leaf | undefined;
    for (const leaf of leaves)
      if (!used.has(leaf) && typeof leaf.value === 'string' && leaf.value.length > (longest?.value.length ?? SHORTEST_BODY)) longest = leaf;
    if (longest === undefined) return null;
    this.taken.set('body', longest.path.join('.'));
    return longest.value as string;
  }
}

/** Before all names that are guessed. */
const MAPPED = -1;

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
    if (value.length > 0 && value.every(isBlock)) return [{ path, value: value.flatMap(linesOfBlock) }];
    if (value.length > 0 && value.every(isCouplet)) return [{ path, value: value.flatMap((couplet) => Object.values(couplet)) }];
    const lines = path.length === 0 ? undefined : richText(value);
    if (lines !== undefined) return [{ path, value: lines }];
    const names = value.map(nameOf).filter((name) => name !== undefined);
    return names.length > 0 && names.length === value.length ? [{ path, value: names }] : [];
  }
  if (typeof value !== 'object' || value === null || path.length >= DEEPEST) return [];
  const lines = path.length === 0 ? undefined : richText(value);
  if (lines !== undefined) return [{ path, value: lines }];
  const wrapped = unwrapped(value);
  if (wrapped !== undefined) return leavesOf(wrapped, path);
  const record = path.length === 0 ? unwrappedHit(value as Record<string, unknown>) : value;
  return Object.entries(record).flatMap(([name, inner]) => leavesOf(inner, [...path, name]));
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** `{"line1": ..., "line2": ...}`: the verses of a couplet or stanza by their number. */
const VERSE = /^(?:line|misra|misre|verse|first|second|ula|sani|a|b)[ _-]?\d{0,2}$/i;

const isCouplet = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 1 &&
  Object.entries(value).every(([name, verse]) => VERSE.test(name) && isText(verse));

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

/** A tag, a writer; what has a text beside its name is an article or a chapter, and none of it must be lost. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, title, label, text, body, content } = value as Record<string, unknown>;
  if ([name, title].some(isText) && [text, body, content].some(isText)) return undefined;
  return [name, title, label, text].find(isText);
}

/** Values of a status with which an article has not been published. */
const UNPUBLISHED = new Set([
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
]);

/** Why an article with this status must not be indexed; undefined where it may. */
export const unpublished = (status: string | null): string | undefined =>
  status !== null && UNPUBLISHED.has(status.toLowerCase()) ? `not published (${status})` : undefined;

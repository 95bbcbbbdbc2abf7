import { none } from 'stream-chain';
import Assembler from 'stream-json/assembler.js';
import parser from 'stream-json/parser.js';
import { isTextOfPieces } from '../fields.js';
import type { Input } from '../input.js';
import { richText } from '../rich-text.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';
import { type Collection, NO_COLLECTION, Records } from './records.js';

/** JSON: an array of objects, an array inside objects (JSON Feed, editions of books), or one object. The answers of WordPress' REST interface are such arrays. */

export const json: Format = {
  name: 'JSON',
  // Hugo's JSON front matter stands before Markdown; of a file that is called JSON a bare value is no text.
  recognizes: ({ headText, extension }) =>
    !/^(?:md|markdown|mdx)$/.test(extension) &&
    (IN_PROGRAM.test(headText ?? '') ||
      // What is called JSON and has its signs further on is JSON that is broken, and is told so.
      (extension === 'json'
        ? /^\uFEFF?\s*(?:[[{"]|-?\d|true|false|null)|^[^"]{0,200}[[{]\s*[{"[]/
        : /^\uFEFF?\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[[{"]|\]|-?\d|$))/
      ).test(headText ?? '')),
  read,
};

/** What pages of a site call (JSONP), and what a script keeps: `news({...});`, `/**\/site.show([...])`, `var news = [...];`, `window.__NEWS__ = {...}`. */
const IN_PROGRAM =
  /^\uFEFF?\s*(?:\/\*[^*]*\*\/\s*)?(?:[A-Za-z_$][\w$.]*\s*\(|(?:(?:var|let|const)\s+[A-Za-z_$][\w$]*|[A-Za-z_$][\w$]*(?:\.[\w$]+)+)\s*=)\s*(?=(?:\{|\[\s*[[{])\s*["{[\]}])/;

/** The JSON without the call or the name around it. */
async function* withoutProgram(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let held: string | undefined;
  let isWrapped = false;
  for await (const piece of pieces) {
    if (held !== undefined && held.length > LONGEST_END) {
      yield held.slice(0, -LONGEST_END);
      held = held.slice(-LONGEST_END) + piece;
    } else if (held !== undefined) held += piece;
    else {
      isWrapped = IN_PROGRAM.test(piece);
      held = piece.replace(IN_PROGRAM, '');
    }
  }
  yield isWrapped ? (held ?? '').replace(/\s*\)?\s*;?\s*$/, '') : (held ?? '');
}

/** Characters at the end of a file that close a call. */
const LONGEST_END = 64;

/** Names under which a collection says what it is called. */
const COLLECTION = /^(?:title|name|booktitle|collection|home_page_title|عنوان|نام)$/i;
const AUTHOR = /^(?:author|poet|writer|مصنف|شاعر)$/i;
/** Levels of objects above the records. */
const DEEPEST = 6;

interface Token {
  readonly name: string;
  readonly value?: string;
}

/** Characters of a document that is looked at whole, so that the order of its parts does not matter. */
const LARGEST_WHOLE = 16 * 1024 * 1024;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  let isEmpty = true;
  for await (const found of recordsIn(input)) {
    isEmpty = false;
    yield found;
  }
  if (isEmpty)
    throw new Unreadable(
      'is JSON without an object in it',
      'Give an array of objects, each with its text: [{"title": "...", "body": "..."}].',
    );
}

async function* recordsIn(input: Input): AsyncGenerator<Found, void, undefined> {
  const records = new Records(input);
  const inProgram = IN_PROGRAM.test(input.headText ?? '');
  const isArray = /^\uFEFF?\s*\[/.test((input.headText ?? '').replace(IN_PROGRAM, ''));
  const pieces = inProgram ? withoutProgram(input.text()) : input.text();
  const values = new Values();
  if (!isArray && (yield* readWhole(pieces, values, records))) return;
  const walk = new Walk(records);
  try {
    for await (const token of tokensOf(chain(values.open, pieces))) yield* walk.take(token);
  } catch (error) {
    throw error instanceof Unreadable ? error : broken(error as Error);
  }
}

/**
 * Objects that are small enough to look at whole, one behind another; a single one may be all that the file holds.
 * @returns whether that was all; else what has begun is in `values`
 */
async function* readWhole(
  pieces: AsyncGenerator<string, void, undefined>,
  values: Values,
  records: Records,
): AsyncGenerator<Found, boolean, undefined> {
  let first: string | undefined;
  let count = 0;
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    for (const text of values.take(next.value)) {
      count += 1;
      if (count === 1) first = text;
      else {
        if (first !== undefined) yield* expand(parse(first), records, NO_COLLECTION, 0);
        first = undefined;
        yield* expand(parse(text), records, NO_COLLECTION, 0);
      }
    }
    if (values.open.length > LARGEST_WHOLE) {
      if (first !== undefined) yield* expand(parse(first), records, NO_COLLECTION, 0);
      return false;
    }
  }
  const rest = values.open.trim();
  if (first !== undefined)
    yield* rest === '' ? only(expand(parse(first), records, NO_COLLECTION, 0)) : expand(parse(first), records, NO_COLLECTION, 0);
  if (rest !== '' || count === 0) yield* expand(parse(rest), records, NO_COLLECTION, 0);
  return true;
}

/** Levels of what a program keeps for a page, and objects that are looked at. */
const DEEPEST_OF_PAGE = 12;
const MOST_OF_PAGE = 20_000;

/** Every object with a headline and a text of its own, wherever it lies in what a program keeps for a page. */
export function* articlesIn(value: unknown, input: Input): Generator<Found, void, undefined> {
  const records = new Records(input);
  const open: { readonly part: unknown; readonly depth: number }[] = [{ part: value, depth: 0 }];
  for (let seen = 0; open.length > 0 && seen < MOST_OF_PAGE; seen += 1) {
    const { part, depth } = open.pop() ?? { part: null, depth: 0 };
    if (typeof part !== 'object' || part === null) continue;
    if (isRecord(part) && records.isEntry(part)) yield records.article(part);
    if (depth < DEEPEST_OF_PAGE) open.push(...Object.values(part).map((inner: unknown) => ({ part: inner, depth: depth + 1 })));
  }
}

/** Piece by piece, cut behind each object: of a piece with a mistake in it no token comes, and what stood before it must not be lost. */
async function* tokensOf(pieces: AsyncIterable<string>): AsyncGenerator<Token, void, undefined> {
  const tokens = parser({ packValues: true, streamValues: false, jsonStreaming: true }) as unknown as (
    piece: string | typeof none,
  ) => AsyncIterable<Token>;
  for await (const piece of pieces) for (const part of piece.split(/(?<=\})/)) yield* tokens(part);
  yield* tokens(none);
}

/** Cuts a text behind each whole object or array on the highest level: programs write them one behind another, over many lines. */
class Values {
  /** What has begun and not ended. */
  open = '';
  /** Where in it to go on. */
  private at = 0;
  private depth = 0;
  private inString = false;

  take(piece: string): string[] {
    const whole: string[] = [];
    const text = this.open + piece;
    let start = 0;
    let end = text.length;
    const signs = new RegExp(SIGN);
    signs.lastIndex = this.at;
    for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
      const [found] = sign;
      // A backslash takes the sign behind it, which may stand in the next piece.
      if (found === '\\') end = sign.index;
      else if (found === '"') this.inString = !this.inString;
      else if (!this.inString && found.length === 1) {
        this.depth += found === '{' || found === '[' ? 1 : -1;
        if (this.depth === 0) {
          whole.push(text.slice(start, signs.lastIndex));
          start = signs.lastIndex;
        }
      }
    }
    this.open = text.slice(start);
    this.at = end - start;
    return whole;
  }
}

const SIGN = /\\[\s\S]?|["{}[\]]/g;

/** Where one article is all that a file holds, the file is what it is known by. */
function* only(found: Iterable<Found>): Generator<Found, void, undefined> {
  const [first, ...others] = found;
  if (first !== undefined) yield others.length === 0 && first.kind === 'record' ? { ...first, isAmongMany: false } : first;
  yield* others;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw broken(error as Error);
  }
}

const broken = (error: Error): Unreadable =>
  new Unreadable(`holds no whole JSON (${error.message})`, 'What stood before that was read. Fetch the file again, or mend it.');

async function* chain(first: string, rest: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  if (first !== '') yield first;
  yield* rest;
}

/** An object is an article when a text of it is named as such; else the arrays of objects in it stand for it: a feed, a book, a chapter. */
function* expand(value: unknown, records: Records, collection: Collection, depth: number): Generator<Found, void, undefined> {
  if (Array.isArray(value)) {
    for (const record of value) yield* expand(withoutWrapper(record, records), records, collection, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  refuseError(value);
  const rows = rowsOf(value, records);
  if (rows !== undefined) {
    for (const row of rows) yield records.article(row, collection);
    return;
  }
  if (isByTitle(value, records)) {
    for (const [title, body] of Object.entries(value)) yield records.article({ title, body }, collection);
    return;
  }
  if (isByKey(value, records)) {
    for (const [id, record] of Object.entries(value)) yield records.article({ id, ...(record as Record<string, unknown>) }, collection);
    return;
  }
  const shelves = Object.values(value).filter((part) => holdsByKey(part, records));
  const isOpen = shelves.length > 0 ? !records.isEntry(value) : !records.hasBody(value);
  const parts =
    shelves.length > 0
      ? shelves
      : Object.values(value).filter((part) => holdsRecords(part) && !(hasHeadline(value) && isTextOfPieces(part)));
  const others = isOpen ? besideArticles(value, records) : new Map<unknown, Others>();
  for (const { name, count } of others.values())
    for (let i = 0; i < count; i += 1) yield { kind: 'left', reason: `not an article (${name})` };
  const inner = depth < DEEPEST && isOpen ? parts.filter((part) => !others.has(part)) : [];
  if (inner.length === 0) {
    yield records.article(value, collection);
    return;
  }
  const name = collectionOf(value, COLLECTION);
  const own = {
    name: collection.ofSections === true ? collection.name : (name ?? collection.name),
    author: collectionOf(value, AUTHOR) ?? collection.author,
    topic: collection.ofSections === true ? name : collection.topic,
    ...baseOf(value, collection),
  };
  for (const part of inner) yield* expand(part, records, { ...own, ofSections: isListOfSections(value, part) }, depth + 1);
}

/** A JSON Feed says where it stands. Its parts may be told from there. */
function baseOf(
  { home_page_url: home, feed_url: feed }: Readonly<Record<string, unknown>>,
  { base }: Collection,
): { readonly base?: string } {
  const own = [feed, home].find((address): address is string => typeof address === 'string' && /^https?:\/\//i.test(address)) ?? base;
  return own === undefined ? {} : { base: own };
}

/** `"sections": [{"name": "کھیل", "articles": [...]}]`: what such a part is called is the topic of its articles. */
const isListOfSections = (value: Readonly<Record<string, unknown>>, part: unknown): boolean =>
  Object.entries(value).some(([name, inner]) => inner === part && /^(?:sections|categories|topics|زمرے|موضوعات)$/i.test(name));

/** `[{"node": {"title": ...}}, ...]`, `[{"post": ...}]`: a name that each in the list has is no id. */
function withoutWrapper(value: unknown, records: Records): unknown {
  const [inner, ...others] = isRecord(value) ? Object.values(value) : [];
  return others.length === 0 && isRecord(inner) && records.isEntry(inner) ? inner : value;
}

/** What programs keep beside articles: Ghost exports its users and settings with its posts. */
const OTHERS =
  /^(?:users?|authors?|writers|members|roles(?:_users)?|permissions(?:_\w+)?|settings|options|tags|categories|terms|comments|media|attachments|menus|newsletters|products|snippets)$/i;

interface Others {
  readonly name: string;
  readonly count: number;
}

/** Arrays of an object that hold no articles, by their names, where others beside them hold texts that are named as such. */
function besideArticles(value: Readonly<Record<string, unknown>>, records: Records): ReadonlyMap<unknown, Others> {
  const arrays = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const hasTexts = (part: readonly unknown[]): boolean => part.some((record) => isRecord(record) && records.hasBody(record));
  if (!arrays.some(([name, part]) => !OTHERS.test(name) && hasTexts(part))) return new Map();
  const others = arrays.filter(([name, part]) => OTHERS.test(name) && part.some(isRecord) && !hasTexts(part));
  return new Map(others.map(([name, part]) => [part, { name, count: part.length }]));
}

/**
 * Articles under their ids: `{"-Nx1": {"title": ...}, "-Nx2": {...}}`, as Firebase exports them. Each has a title of its own, so that
 * the parts of one article (`"title": {"rendered": ...}, "content": {"rendered": ...}`) are none.
 */
const isByKey = (value: Readonly<Record<string, unknown>>, records: Records): boolean => {
  const parts = Object.values(value);
  return parts.length > 0 && parts.every((part) => isRecord(part) && records.isEntry(part));
};

type Row = Readonly<Record<string, unknown>>;

/**
 * A table as pandas writes it: columns with their values under the numbers of the rows (`{"title": {"0": ...}, "body": {"0": ...}}`) or in lists of one length,
 * or the names of the columns beside rows that are lists. Its columns name the parts of an article; a list beside a text (`"title": "...", "body": [...]`) is no column.
 */
function rowsOf(value: Row, records: Records): readonly Row[] | undefined {
  const { columns, data, rows = data } = value;
  if (Array.isArray(columns) && columns.every(isName) && Array.isArray(rows) && rows.every(Array.isArray))
    return rows.map((row: unknown[]) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
  const entries = Object.entries(value);
  const [, first] = entries[0] ?? [];
  if (entries.length < 2 || typeof first !== 'object' || first === null) return undefined;
  const keys = Object.keys(first);
  const areColumns = entries.every(([, column]) => isColumn(column, keys)) && keys.length > 1 && keys.every((key) => /^\d+$/.test(key));
  if (!areColumns) return undefined;
  const found = keys.map((key) => Object.fromEntries(entries.map(([name, column]) => [name, (column as Row)[key]])));
  return found.every((row) => records.isEntry(row)) ? found : undefined;
}

const isName = (name: unknown): name is string => typeof name === 'string';

const isColumn = (column: unknown, keys: readonly string[]): boolean =>
  typeof column === 'object' &&
  column !== null &&
  Object.keys(column).length === keys.length &&
  keys.every((key) => key in column) &&
  Object.values(column).every((cell) => typeof cell !== 'object' || cell === null);

/** Characters of a text under its title. */
const SHORTEST_TEXT = 40;

/** Texts under their titles: `{"نہر کی صفائی": "...", "پل کی مرمت": "..."}`. The parts of one article are not all long, and have names that are known. */
const isByTitle = (value: Readonly<Record<string, unknown>>, records: Records): boolean => {
  const entries = Object.entries(value);
  return (
    entries.length > 1 &&
    entries.every(
      ([name, text]) => typeof text === 'string' && text.length >= SHORTEST_TEXT && /\p{L}\s+\p{L}/u.test(name) && !records.knows(name),
    )
  );
};

/** What an interface answers that gives no articles: `{"code": "rest_no_route", "message": "...", "data": {"status": 404}}`. */
function refuseError({ code, message, data }: Readonly<Record<string, unknown>>): void {
  const status = isRecord(data) ? data['status'] : undefined;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof status !== 'number' || status < 400) return;
  throw new Unreadable(
    `is an answer of a site that gives nothing (${status}: ${message})`,
    'Look whether its address is right, and open to all.',
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const holdsRecords = (value: unknown): boolean =>
  // The tree of an editor is the text, whatever it is called.
  (Array.isArray(value) ? value.some(isRecord) : isRecord(value) && Object.values(value).some(holdsRecords)) &&
  richText(value) === undefined;
/** Paragraphs with their kinds below it are its text (`content_elements` of Arc); without one a list of notes looks like them. */
const hasHeadline = (value: Row): boolean => Object.keys(value).some((name) => /^(?:title|headlines?|heading)$/i.test(name));
/** Articles under their ids, also further down: `{"query": {"pages": {"12": {...}}}}`. */
const holdsByKey = (value: unknown, records: Records): boolean =>
  isRecord(value) && (isByKey(value, records) || Object.values(value).some((part) => holdsByKey(part, records)));

/** What the object, or one that describes it (`metadata: {name: ...}`), is called. */
function collectionOf(value: Readonly<Record<string, unknown>>, names: RegExp): string | null {
  const named = (object: Readonly<Record<string, unknown>>): unknown =>
    Object.entries(object).find(([key, text]) => names.test(key) && typeof text === 'string' && text.trim() !== '')?.[1];
  const name =
    named(value) ??
    Object.values(value)
      .filter(isRecord)
      .map(named)
      .find((text) => text !== undefined);
  return typeof name === 'string' ? name : null;
}

/**
 * The same for documents that are too large to look at whole: the objects above the records are only remembered by what they are called; the objects of an array
 * are put together one by one and handed over.
 */
class Walk {
  private readonly path: { readonly isArray: boolean; key: string }[] = [];
  private record: Assembler | undefined;
  private collection: string | null = null;
  private readonly addresses: Record<string, unknown> = {};

  constructor(private readonly records: Records) {}

  *take(token: Token): Generator<Found, void, undefined> {
    if (this.record !== undefined) {
      this.record.consume(token as Parameters<Assembler['consume']>[0]);
      if (!this.record.done) return;
      const value: unknown = this.record.current;
      this.record = undefined;
      yield* expand(
        this.path.at(-1)?.isArray === true ? withoutWrapper(value, this.records) : value,
        this.records,
        { ...NO_COLLECTION, name: this.collection, ...baseOf(this.addresses, NO_COLLECTION) },
        0,
      );
      return;
    }
    const parent = this.path.at(-1);
    if (token.name === 'startObject' && (parent?.isArray === true || this.path.length >= DEEPEST)) {
      this.record = new Assembler();
      this.record.consume(token as Parameters<Assembler['consume']>[0]);
    } else if (token.name === 'startObject' || token.name === 'startArray')
      this.path.push({ isArray: token.name === 'startArray', key: '' });
    else if (token.name === 'endObject' || token.name === 'endArray') this.path.pop();
    else if (parent !== undefined && token.name === 'keyValue') parent.key = token.value ?? '';
    else if (parent?.isArray === false && token.name === 'stringValue') {
      if (COLLECTION.test(parent.key)) this.collection ??= token.value ?? null;
      if (/^(?:home_page|feed)_url$/.test(parent.key)) this.addresses[parent.key] ??= token.value;
    }
  }
}

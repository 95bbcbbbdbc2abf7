import { Readable } from 'node:stream';
import { BadRequest } from '../errors.js';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import { freshStamp, isShadow, STAMP, stampOf } from '../shadow/shadow.js';
import type { DocumentEncoder } from './document-encoder.js';
import type { DocumentFormat } from './format.js';
import type { Language } from './language.js';
import { malformed } from './malformed.js';
import { readCsv } from './read-csv.js';
import { LanguageCount, type Reading } from './reading.js';
import { shadowsOf } from './shadows-of.js';
import { CutOffError, JsonShapeError, NotUtf8Error, splitJson, splitLines } from './split-json.js';
import { nextTurn } from './turns.js';

/** How documents are read. Plain data: it may be done in another thread. */
export interface ReadOptions {
  readonly format: DocumentFormat;
  readonly csvDelimiter: string;
  /** Of the shadow fields that the index searches. */
  readonly root: string;
  /** The documents only name what changes. */
  readonly isPartial: boolean;
  /** Which of the texts are Urdu. */
  readonly reading: Reading;
}

/** What is asked and told on the way. */
export interface Listener {
  /** Called for a document that is no JSON object: it goes through as it is, for Meilisearch to refuse in the words that clients know. */
  readonly onBroken?: () => void;
  /** Asked where NDJSON is cut off after whole documents: true to leave out what there is of the last one, false to have it go through as a broken one. */
  readonly onCutOff?: (cut: CutOff) => Promise<boolean>;
}

export interface WriteOptions extends ReadOptions, Listener {
  readonly encoder: DocumentEncoder;
}

/** Where NDJSON is cut off. */
export interface CutOff {
  /** What there is of the last document. */
  readonly text: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** How many documents stand before it, one at least. */
  readonly before: number;
}

/** A document uses a name that belongs to the shadow fields. */
export class ReservedFieldError extends BadRequest {
  constructor(field: string, nth: number) {
    super(
      `Document ${nth} has a field \`${field}\`. Names that begin with \`_urdu\` and a number are reserved for Justuju's search terms: rename the field.`,
      'invalid_document_fields',
    );
  }
}

/** Characters after which lines are sent. */
const PIECE = 65_536;
/** Characters after which other requests get their turn: some five milliseconds. */
const TURN = 16_384;

/** Levels of nesting beyond which Meilisearch refuses a document. */
const DEEPEST = 128;

/**
 * Documents as they came → NDJSON lines for Meilisearch, each document followed by its shadow fields.
 *
 * The document's own text is not parsed and written again but passed on byte for byte, so that numbers beyond 2^53 and the author's
 * escapes survive. At most one document and one piece are held at a time.
 */
export async function* withShadows(body: AsyncIterable<Buffer>, options: WriteOptions): AsyncGenerator<Buffer> {
  const { onBroken = () => undefined, onCutOff = () => Promise.resolve(false) } = options;
  let nth = 0;
  let before = 0;
  let lines = '';
  /** How long they were when others had their turn. */
  let atTurn = 0;
  for await (const { text, document, cutOffIn } of documents(body, options)) {
    nth += 1;
    if (document !== undefined) {
      before += 1;
      lines += `${withShadow(text, document, nth, options)}\n`;
    } else if (cutOffIn === undefined || before === 0 || !(await onCutOff({ text, line: cutOffIn, before }))) {
      if (text !== '') onBroken();
      lines += `${text}\n`;
    }
    if (lines.length - atTurn > TURN) {
      await nextTurn();
      atTurn = lines.length;
    }
    if (lines.length > PIECE) {
      yield Buffer.from(lines);
      lines = '';
      atTurn = 0;
    }
  }
  if (lines !== '') yield Buffer.from(lines);
}

/** So many of the first documents tell what those of an index are. */
const TELLING_DOCUMENTS = 1_000;

/** The first documents of an index. */
export interface First extends Pick<ReadOptions, 'format' | 'csvDelimiter' | 'reading'> {
  readonly beginning: Uint8Array;
  /** Of a body that streams its first piece tells. */
  readonly isWhole: boolean;
}

/** The language of the first documents of an index, from the beginning of a body. */
export async function languageOfFirst({ beginning, isWhole, ...options }: First): Promise<Language> {
  const count = new LanguageCount(options.reading.rules);
  let characters = 0;
  let atTurn = 0;
  try {
    for await (const { text, document } of documents(
      Readable.from([Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength)]),
      options,
    )) {
      if (document !== undefined) count.add(document);
      characters += text.length;
      if (characters - atTurn > TURN) {
        await nextTurn();
        atTurn = characters;
      }
      if (count.documents === TELLING_DOCUMENTS || (!isWhole && characters > PIECE)) break;
    }
  } catch (error) {
    // Malformed, or cut where the beginning ends: what was read before tells.
    if (!(error instanceof BadRequest || error instanceof CutOffError)) throw error;
  }
  return count.language();
}

type Fields = Readonly<Record<string, unknown>>;

/** The text of a document on one line, and what it holds; undefined where it holds no object. */
interface RawDocument {
  readonly text: string;
  readonly document: Fields | undefined;
  /** The line on which it begins, where the body ends in the middle of it. */
  readonly cutOffIn?: number;
}

async function* documents(
  body: AsyncIterable<Buffer>,
  { format, csvDelimiter }: Pick<WriteOptions, 'format' | 'csvDelimiter'>,
): AsyncGenerator<RawDocument> {
  try {
    if (format === 'ndjson') yield* readNdjson(body);
    else for await (const raw of format === 'csv' ? readCsv(body, csvDelimiter) : splitJson(body)) yield read(raw);
  } catch (error) {
    if (error instanceof JsonShapeError)
      throw malformed(format, `Couldn't serialize document value: ${error.message} at byte ${error.offset}`);
    if (error instanceof NotUtf8Error) throw malformed(format, `Couldn't serialize document value: ${error.message}`);
    throw error;
  }
}

/** Almost always a document is a line. Meilisearch takes any JSON objects one after the other, and so do we. */
async function* readNdjson(body: AsyncIterable<Buffer>): AsyncGenerator<RawDocument> {
  const lines = splitLines(body);
  let count = 0;
  for await (const line of lines) {
    count += 1;
    const one = read(line);
    if (one.document !== undefined || line === '') {
      yield one;
      continue;
    }
    try {
      for await (const raw of splitJson(bytesFrom(line), true)) yield read(raw);
    } catch (error) {
      if (!(error instanceof CutOffError)) throw error;
      const { text } = error;
      const linesInIt = text.split('\n').length - 1;
      yield { text: text.trim(), document: undefined, cutOffIn: count - linesInIt + 1 };
    }
    return;
  }

  async function* bytesFrom(first: string): AsyncGenerator<Buffer> {
    yield Buffer.from(`${first}\n`);
    for await (const line of lines) {
      count += 1;
      yield Buffer.from(`${line}\n`);
    }
  }
}

function read(raw: string): RawDocument {
  try {
    const document: unknown = parseExactly(raw);
    if (document === null || typeof document !== 'object' || Array.isArray(document)) return { text: raw, document: undefined };
    return { text: raw.includes('\n') || raw.includes('\r') ? raw.replace(/[\r\n]+/g, ' ') : raw, document: document as Fields };
  } catch {
    return { text: raw, document: undefined };
  }
}

function withShadow(text: string, document: Fields, nth: number, { encoder, root, isPartial, reading }: WriteOptions): string {
  for (const field of Object.keys(document)) if (isShadow(field)) throw new ReservedFieldError(field, nth);
  // Meilisearch refuses it, in the task.
  if (isDeeper(document, DEEPEST)) return text;
  const shadow = shadowsOf(document, encoder.encode, root, reading, isPartial);
  if (Object.keys(shadow).length === 0) return text;
  const stamp = isPartial ? freshStamp() : stampOf(text);
  encoder.endDocument(document, isPartial ? undefined : stamp);
  const own = text.slice(0, text.lastIndexOf('}')).trimEnd();
  return own.endsWith('{') ? text : `${own},${stringifyExactly({ ...shadow, [STAMP]: stamp }).slice(1)}`;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  for (const key in value) if (isDeeper((value as Fields)[key], levels - 1)) return true;
  return false;
}

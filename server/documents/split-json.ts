import { isUtf8 } from 'node:buffer';

/**
 * Cuts a stream of bytes into the raw texts of JSON values, without parsing them: the elements of one top-level array,
 * or a single top-level object. What lies inside an element is passed on byte for byte, so numbers that JavaScript
 * cannot hold (12345678901234567890) and the author's escapes survive.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** The body is no JSON array or object. `offset` counts bytes from the start of the body. */
export class JsonShapeError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'JsonShapeError';
  }
}

/** Part of the body is no UTF-8. */
export class NotUtf8Error extends Error {
  constructor() {
    super('invalid unicode code point');
    this.name = 'NotUtf8Error';
  }
}

/** A decoder would put U+FFFD in the place of what is no UTF-8, and it would be stored. */
function utf8(pieces: readonly Buffer[]): string {
  const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  if (!isUtf8(bytes)) throw new NotUtf8Error();
  return bytes.toString('utf8');
}

/** The same for the end of the body, which may be cut off within a letter: what it becomes then is no JSON, since a document ends with its brace. */
function utf8AtEnd(pieces: readonly Buffer[]): string {
  const bytes = Buffer.concat(pieces);
  // The first byte of the last letter, of four at most.
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && ((bytes[start] as number) & 0xc0) === 0x80) start -= 1;
  const isCutOff = start >= 0 && bytes.length - start < lengthOfLetter(bytes[start] as number);
  return isCutOff ? utf8([bytes.subarray(0, start)]) + REPLACEMENT_CHARACTER : utf8([bytes]);
}

const REPLACEMENT_CHARACTER = '\uFFFD';

/** In bytes, by the first of them. */
const lengthOfLetter = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1);

/** Without white space of JSON; `trim` would take a byte order mark and blanks that JSON does not know. */
const trimmed = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** A sequence ends in the middle of an object. */
export class CutOffError extends Error {
  /** @param text what there is of the object */
  constructor(readonly text: string) {
    super('the body ends in the middle');
    this.name = 'CutOffError';
  }
}

/**
 * @param chunks the body
 * @param isSequence the values stand one after the other without an array around them, as in NDJSON
 * @returns the text of each element, in order. Throws `JsonShapeError` where the outer structure is broken,
 *          `CutOffError` where a sequence ends in the middle of an object, and `NotUtf8Error`; an element that is broken inside is handed on as it is,
 *          for the reader to refuse.
 */
export async function* splitJson(chunks: AsyncIterable<Buffer>, isSequence = false): AsyncGenerator<string> {
  const elements = new Elements(isSequence);
  for await (const chunk of chunks) {
    yield* elements.of(chunk);
    if (elements.isOver) return;
  }
  const last = elements.atEnd();
  if (last !== undefined) yield last;
}

class Elements {
  /** Nothing that follows matters: Meilisearch looks no further than the end of an array. */
  isOver = false;
  /** How deep inside the current element. */
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  /** Undefined: nothing was seen yet. */
  private inArray: boolean | undefined;
  private hasEnded = false;
  /** Bytes of an element that began in an earlier chunk. */
  private pending: Buffer[] = [];
  /** Of the chunk, from the start of the body. */
  private offset = 0;
  private expectsElement = true;
  private isAfterComma = false;

  constructor(private readonly isSequence: boolean) {
    if (isSequence) this.inArray = false;
  }

  /** Those that end in this chunk. */
  *of(chunk: Buffer): Generator<string> {
    // Where in the chunk the element begins; -1: between two.
    let start = this.depth > 0 || this.inString || this.pending.length > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.inString) {
        at = this.endOfString(chunk, at);
        continue;
      }
      const byte = chunk[at] as number;
      if (start === -1) {
        if (!this.begins(byte, at)) {
          if (this.isOver) return;
          continue;
        }
        start = at;
      }
      const isBare = this.depth === 0;
      const end = this.endOfElement(byte, at);
      if (end === undefined) continue;
      this.pending.push(chunk.subarray(start, end));
      const text = utf8(this.pending);
      this.pending = [];
      start = -1;
      yield isBare ? trimmed(text) : text;
    }
    if (start !== -1) this.pending.push(chunk.subarray(start));
    this.offset += chunk.length;
  }

  /** What is left when the body ends; undefined: nothing. */
  atEnd(): string | undefined {
    const { pending, isSequence, inArray } = this;
    if (pending.length > 0 && inArray === false && (isSequence || (this.depth === 0 && !this.inString))) {
      const text = utf8AtEnd(pending);
      if (isSequence && text.startsWith('{')) throw new CutOffError(text);
      return trimmed(text);
    }
    if (!this.hasEnded && !isSequence && inArray !== undefined) throw new JsonShapeError('the body ends in the middle', this.offset);
    return undefined;
  }

  /** Where the quote stands; the chunk's length where the string goes on. */
  private endOfString(chunk: Buffer, from: number): number {
    let isEscaped = this.isEscaped;
    this.isEscaped = false;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) {
        this.inString = false;
        return at;
      }
    }
    this.isEscaped = isEscaped;
    return chunk.length;
  }

  /** Whether an element begins with this byte, which stands between two. */
  private begins(byte: number, at: number): boolean {
    if (isSpace(byte)) return false;
    if (this.hasEnded) {
      if (this.inArray !== true) throw new JsonShapeError('trailing characters', this.offset + at);
      this.isOver = true;
      return false;
    }
    if (this.inArray === undefined) {
      this.inArray = byte === OPEN_BRACKET;
      if (this.inArray) return false;
    }
    if (this.inArray && byte === CLOSE_BRACKET) {
      if (this.isAfterComma) throw new JsonShapeError('trailing comma', this.offset + at);
      this.hasEnded = true;
      return false;
    }
    if (this.inArray && byte === COMMA && !this.expectsElement) {
      this.expectsElement = true;
      this.isAfterComma = true;
      return false;
    }
    if (!this.expectsElement) throw new JsonShapeError('expected `,` or `]`', this.offset + at);
    this.isAfterComma = false;
    return true;
  }

  /** Behind the element's last byte; undefined where it goes on. */
  private endOfElement(byte: number, at: number): number | undefined {
    const { isSequence } = this;
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && this.depth > 0) {
      this.depth -= 1;
      if (this.depth > 0) return undefined;
      this.expectsElement = isSequence;
      if (this.inArray !== true && !isSequence) this.hasEnded = true;
      return at + 1;
    } else if (this.depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) {
      // A bare word or number as an element: not a document, but the reader shall say so. In a sequence a comma is one by itself.
      this.expectsElement = isSequence || byte === COMMA;
      this.isAfterComma = byte === COMMA;
      if (byte === CLOSE_BRACKET) this.hasEnded = !isSequence;
      return isSequence ? at + 1 : at;
    }
    return undefined;
  }
}

/** Cuts a stream of bytes into its lines, without their line breaks. Empty lines count: the errors of Meilisearch name lines by number. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a, start); end !== -1; end = chunk.indexOf(0x0a, start)) {
      pending.push(chunk.subarray(start, end));
      const line = trimmed(utf8(pending));
      pending = [];
      start = end + 1;
      yield line;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
  const last = trimmed(utf8AtEnd(pending));
  if (last !== '') yield last;
}

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
  let depth = 0; // inside the current element
  let inString = false;
  let escaped = false;
  let inArray: boolean | undefined = isSequence ? false : undefined; // undefined: nothing seen yet
  let ended = false;
  let pending: Buffer[] = []; // bytes of an element that began in an earlier chunk
  let offset = 0;
  let expectsElement = true;
  let afterComma = false;

  for await (const chunk of chunks) {
    let start = depth > 0 || inString || pending.length > 0 ? 0 : -1;
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (start === -1) {
        // Between elements.
        if (isSpace(byte)) continue;
        if (ended) {
          // Meilisearch looks no further than the end of an array.
          if (inArray) return;
          throw new JsonShapeError('trailing characters', offset + i);
        }
        if (inArray === undefined) {
          if (byte === OPEN_BRACKET) {
            inArray = true;
            continue;
          }
          inArray = false;
        }
        if (inArray && byte === CLOSE_BRACKET) {
          if (afterComma) throw new JsonShapeError('trailing comma', offset + i);
          ended = true;
          continue;
        }
        if (inArray && byte === COMMA && !expectsElement) {
          expectsElement = true;
          afterComma = true;
          continue;
        }
        if (!expectsElement) throw new JsonShapeError('expected `,` or `]`', offset + i);
        start = i;
        afterComma = false;
      }
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && depth > 0) {
        depth -= 1;
        if (depth === 0) {
          pending.push(chunk.subarray(start, i + 1));
          yield utf8(pending);
          pending = [];
          start = -1;
          expectsElement = isSequence;
          if (!inArray && !isSequence) ended = true;
        }
      } else if (depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) {
        // A bare word or number as an element: not a document, but the reader shall say so. In a sequence a comma is one by itself.
        pending.push(chunk.subarray(start, isSequence ? i + 1 : i));
        yield trimmed(utf8(pending));
        pending = [];
        start = -1;
        expectsElement = isSequence || byte === COMMA;
        afterComma = byte === COMMA;
        if (byte === CLOSE_BRACKET) ended = !isSequence;
      }
    }
    if (start !== -1) pending.push(chunk.subarray(start));
    offset += chunk.length;
  }
  if (pending.length > 0 && inArray === false && (isSequence || (depth === 0 && !inString))) {
    const text = utf8AtEnd(pending);
    if (isSequence && text.startsWith('{')) throw new CutOffError(text);
    yield trimmed(text);
    return;
  }
  if (!ended && !isSequence && inArray !== undefined) throw new JsonShapeError('the body ends in the middle', offset);
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

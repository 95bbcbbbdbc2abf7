import type { Span } from './span.js';

/** `start` and `length` in UTF-8 bytes of the attribute's text, as Meilisearch counts them; `indices` of the arrays it lies in, outermost first. */
export interface BytePosition {
  readonly start: number;
  readonly length: number;
  readonly indices?: readonly number[];
}

/** The marks of one text in bytes. One pass: bytes are counted only between marks. */
export function bytePositions(text: string, marks: readonly Span[], indices: readonly number[]): BytePosition[] {
  let at = 0;
  let bytes = 0;
  return marks.map(({ start, end }) => {
    bytes += Buffer.byteLength(text.slice(at, start));
    const length = Buffer.byteLength(text.slice(start, end));
    const position = { start: bytes, length, ...(indices.length > 0 ? { indices } : {}) };
    bytes += length;
    at = end;
    return position;
  });
}

import type { Span } from './span.js';

/** `start` and `length` in UTF-8 bytes of the attribute's text, as Meilisearch counts them; `indices` of the arrays it lies in, outermost first. */
export interface BytePosition {
  readonly start: number;
  readonly length: number;
  readonly indices?: readonly number[];
}

/** The marks of one text in bytes, from those behind `at`, before which the text has `bytes`. One pass: bytes are counted only between marks. */
export function bytePositions(text: string, marks: readonly Span[], at = 0, bytes = 0): BytePosition[] {
  let from = at;
  let counted = bytes;
  return marks.map(({ start, end }) => {
    counted += Buffer.byteLength(text.slice(from, start));
    const position = { start: counted, length: Buffer.byteLength(text.slice(start, end)) };
    counted += position.length;
    from = end;
    return position;
  });
}

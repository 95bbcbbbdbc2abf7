/**
 * Highlights without HTML. The search API's `_formatted` is not escaped (as Meilisearch's is not), so the page never asks for
 * `<em>`: it asks for two private-use characters and builds text nodes and `<mark>` elements from them.
 */
export const MARK_START = '\uE000';
export const MARK_END = '\uE001';

export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * Cuts a formatted text at the markers. Never empty segments, never two alike in a row; the texts add up to the input without
 * markers. A stray or nested marker (the document itself may hold U+E000) shifts a mark at worst; it cannot lose text.
 */
export function segments(formatted: string): Segment[] {
  const found: Segment[] = [];
  let marked = false;
  let text = '';
  const close = () => {
    if (text === '') return;
    const last = found.at(-1);
    if (last?.marked === marked) found[found.length - 1] = { text: last.text + text, marked };
    else found.push({ text, marked });
    text = '';
  };
  for (const piece of formatted.split(/([\uE000\uE001])/)) {
    if (piece === MARK_START || piece === MARK_END) {
      close();
      marked = piece === MARK_START;
    } else text += piece;
  }
  close();
  return found;
}

/** One list of segments per line that is not blank. A mark that runs over a line break goes on in the next paragraph. */
export function paragraphs(formatted: string): Segment[][] {
  const lines: Segment[][] = [[]];
  for (const { text, marked } of segments(formatted)) {
    for (const [index, part] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, marked });
    }
  }
  return lines.filter((line) => line.some(({ text }) => text.trim() !== ''));
}

export const plain = (formatted: string): string => formatted.replace(/[\uE000\uE001]/g, '');

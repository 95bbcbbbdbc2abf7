/** Characters of the longest line: more is no record but a mistake, and would have to be held whole. */
import { Unreadable } from './unreadable.js';

const LONGEST_LINE = 64 * 1024 * 1024;

/** The lines of a text that comes in pieces, without their ends. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new Unreadable(`has a line of more than ${LONGEST_LINE / 1024 / 1024} MB`, 'Give one record a line.');
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}

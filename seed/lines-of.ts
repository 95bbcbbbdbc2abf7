import { linesOf as allLinesOf } from '../server/indexing/lines-of.js';
import { Unreadable } from './unreadable.js';

/** Characters of the longest line: more is no record but a mistake, and would have to be held whole. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** The lines of a text that comes in pieces, without their ends. */
export const linesOf = (pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> =>
  allLinesOf(pieces, (line) => {
    if (line.length > LONGEST_LINE)
      throw new Unreadable(`has a line of more than ${LONGEST_LINE / 1024 / 1024} MB`, 'Give one record a line.');
  });

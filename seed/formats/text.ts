import { isErrorTitle, LONGEST_ERROR } from '../error-page.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';
import { rootOf } from './xml-root.js';

/** Plain text, as crawled. */
export const text: Format = { name: 'text', recognizes: ({ headText }) => headText !== null, read };

/** Bytes. The longest novel in one file has a tenth of that; more is a dump or a mistake, and would have to be held in memory whole. */
export const LARGEST_FILE = 20 * 1024 * 1024;
/** Lines. Rules look at a line among its neighbours; a table with millions of rows is no article and would take minutes. */
export const MOST_LINES = 50_000;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const root = /^\uFEFF?\s*<\?xml/.test(input.headText ?? '') ? rootOf(input.headText) : undefined;
  if (root !== undefined)
    throw new Unreadable(
      `is XML of a kind that holds no articles (<${root}>)`,
      'Name the files that hold articles; lists of texts in XML are read.',
    );
  const whole = await input.wholeText(LARGEST_FILE);
  let lines = 1;
  for (let i = whole.indexOf('\n'); i !== -1; i = whole.indexOf('\n', i + 1)) lines += 1;
  if (lines > MOST_LINES)
    throw new Unreadable(
      `has ${lines} lines, more than the limit of ${MOST_LINES}`,
      'An article is never that long: cut it into one file per article, for example with csplit.',
    );
  refuseError(whole);
  yield { kind: 'page', text: whole };
}

/** What was saved in place of an article; a story that is called "صفحہ نہیں ملا" has more words, and a number alone may be a title. */
function refuseError(whole: string): void {
  const text = whole.trim();
  const [title = ''] = text.split('\n', 1);
  if (
    text.length > LONGEST_ERROR * LONGEST_WORD ||
    !/\p{L}/u.test(title) ||
    !isErrorTitle(title) ||
    text.split(/\s+/u).length > LONGEST_ERROR
  )
    return;
  throw new Unreadable(`is a page that says there is none ("${title.trim()}")`, 'Fetch it again; look whether its address is right.');
}

/** Letters, so that a long text is not cut into words for this. */
const LONGEST_WORD = 30;

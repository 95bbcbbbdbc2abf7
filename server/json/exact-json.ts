import { randomBytes } from 'node:crypto';

/**
 * JSON whose numbers come out as they went in. JavaScript's own numbers lose digits beyond 2^53 (12345678901234567890) and the difference
 * between `1.0` and `1`, which clients in typed languages read as another type.
 */

/** A number that JavaScript would write otherwise than it was written. Behaves as the number, is written as the text. */
export class ExactNumber extends Number {
  readonly #text: string;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  override toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return MARK + this.#text;
  }
}

/** What marks an exact number within JSON; nobody outside this process can know it. */
const MARK = `exact:${randomBytes(12).toString('hex')}:`;
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** Whether a text may hold such a number. Looks into strings too: that only costs the careful way. */
const SUSPICIOUS = /\d{16}|\.\d*0[,}\]\s]|\d[eE][+\-\d]|-0[,}\]\s]/;
const QUOTE_OR_NUMBER = /"|-?\d[\d.eE+-]*/g;

/** Whether a value is a number, exact or JavaScript's own. */
export const isNumber = (value: unknown): value is number | ExactNumber => typeof value === 'number' || value instanceof ExactNumber;

export function parseExactly(text: string): unknown {
  // First: what is below relies on well-formed JSON.
  const plain: unknown = JSON.parse(text);
  if (!SUSPICIOUS.test(text)) return plain;
  const marked = markNumbers(text);
  if (marked === text) return plain;
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  ) as unknown;
}

function markNumbers(text: string): string {
  let marked = '';
  let done = 0;
  QUOTE_OR_NUMBER.lastIndex = 0;
  for (let match = QUOTE_OR_NUMBER.exec(text); match !== null; match = QUOTE_OR_NUMBER.exec(text)) {
    const [token] = match;
    const end = QUOTE_OR_NUMBER.lastIndex;
    // A string is passed over rather than matched: one of 20 MB overflows the matcher's stack.
    if (token === '"') QUOTE_OR_NUMBER.lastIndex = endOfString(text, end);
    else if (String(Number(token)) !== token) {
      marked += `${text.slice(done, match.index)}"${MARK}${token}"`;
      done = end;
    }
  }
  return done === 0 ? text : marked + text.slice(done);
}

/** One past the quote that ends a string. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

/** @param replacer as JSON.stringify takes it */
export function stringifyExactly(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(value, replacer);
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text;
}

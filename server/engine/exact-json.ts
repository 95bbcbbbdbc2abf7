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
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

export function parseExactly(text: string): unknown {
  if (!SUSPICIOUS.test(text)) return JSON.parse(text) as unknown;
  let found = false;
  const marked = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || String(Number(token)) === token) return token;
    found = true;
    return `"${MARK}${token}"`;
  });
  if (!found) return JSON.parse(text) as unknown;
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  ) as unknown;
}

export function stringifyExactly(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text;
}

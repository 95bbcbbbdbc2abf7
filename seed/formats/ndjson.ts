import type { Input } from '../input.js';
import { linesOf } from '../lines-of.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';
import { Records } from './records.js';

/** A JSON object a line. */

export const ndjson: Format = {
  name: 'NDJSON',
  recognizes: ({ headText, extension }) => {
    const [first = '', second = ''] = (headText ?? '')
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
    return isObject(first) && (second.startsWith('{') || /^(?:ndjson|jsonl)$/.test(extension));
  },
  read,
};

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const records = new Records(input);
  let number = 0;
  let mistake: string | undefined;
  for await (const line of linesOf(input.text())) {
    number += 1;
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      mistake ??= `no JSON in line ${number} (${(error as Error).message})`;
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) mistake ??= `no object in line ${number}`;
    else yield records.article(value as Record<string, unknown>);
  }
  // A line that cannot be read does not take the others with it.
  if (mistake !== undefined)
    throw new Unreadable(`holds ${mistake}`, 'The other lines were read. Mend that line, or fetch the file again: one JSON object a line.');
}

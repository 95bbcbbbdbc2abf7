import { isolated } from './elements.js';

/** Longer answers are cut: a browser takes seconds to lay out megabytes of letters. In UTF-16 code units. */
const MOST_SHOWN = 200_000;

/** JSON with each string isolated, so that Urdu in one does not turn the signs around it. What is no JSON stands as it came. */
export function jsonNodes(raw: string): Node[] {
  const text = pretty(raw);
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}\n… ${text.length - MOST_SHOWN}` : text;
  return shown.split(/("(?:[^"\\]|\\.)*")/).map((piece, i) => (i % 2 === 1 ? isolated(piece) : document.createTextNode(piece)));
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

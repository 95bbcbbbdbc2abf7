/** «کیوں؟» under a hit: why it was found, in words. */
import type { Hit } from './api.js';
import { directionOf } from './direction.js';
import { type Child, el } from './dom.js';
import { explain } from './why.js';

/** Nothing where the server gave no reasons: lists without a query. */
export function whyView(hit: Hit, query: string): HTMLElement | undefined {
  const { exact, others } = explain(hit.why, query);
  if (exact.length === 0 && others.length === 0) return undefined;
  const lines = others.map(({ word, form, how }) => el('li', {}, term(word), ...(word === form ? [] : [' ← ', term(form)]), label(how)));
  const same = exact.length === 0 ? [] : [el('li', {}, ...listed(exact), label('بعینہٖ'))];
  return el(
    'details',
    { class: 'why' },
    // A screen reader reads out many of these in a row.
    el('summary', {}, 'کیوں؟', el('span', { class: 'visually-hidden' }, ` یہ نتیجہ کیوں ملا: ${hit.title}`)),
    el('ul', {}, ...lines, ...same),
  );
}

const label = (how: string): HTMLElement => el('span', {}, ` (${how})`);

const term = (text: string): HTMLElement => el('bdi', { dir: directionOf(text) }, text);

const listed = (words: readonly string[]): Child[] => words.flatMap((word, index) => (index === 0 ? [term(word)] : ['، ', term(word)]));

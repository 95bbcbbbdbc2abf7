/** «کیوں؟» under a hit: why it was found, in words. Shown on hover and on focus, and kept open by a click. */
import type { Hit } from '../model/answer.js';
import { plain } from '../model/marks.js';
import { explain } from '../model/why.js';
import type { Scene } from '../state.js';
import { type Child, el } from './dom.js';
import { isolated } from './prose.js';

/** Nothing where the server gave no reasons: lists without a query. `id` is unique on the page. */
export function whyView(hit: Hit, query: string, id: string, { locale: { t } }: Scene): HTMLElement | undefined {
  const { exact, others } = explain(hit.why, query, t);
  if (exact.length === 0 && others.length === 0) return undefined;
  const lines = others.map(({ word, form, how }) =>
    el('li', {}, isolated(word), ...(word === form ? [] : [t.arrow, isolated(form)]), ` (${how})`),
  );
  const same = exact.length === 0 ? [] : [el('li', {}, ...listed(exact, t.comma), ` (${t.sameAsTyped})`)];
  const opener = el('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': id }, t.why);
  // A screen reader reads out many of these in a row.
  opener.append(el('span', { class: 'visually-hidden' }, ` ${t.whyThis} ${plain(hit.headline)}`));
  const panel = el('ul', { id, class: 'why-panel' }, ...lines, ...same);
  const view = el('div', { class: 'why' }, opener, panel);
  const set = (isOpen: boolean): void => {
    opener.setAttribute('aria-expanded', String(isOpen));
  };
  opener.addEventListener('click', () => set(opener.getAttribute('aria-expanded') !== 'true'));
  view.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    set(false);
    // Until the pointer or the focus comes again.
    view.classList.add('dismissed');
    event.stopPropagation();
  });
  for (const name of ['mouseenter', 'focusout']) view.addEventListener(name, () => view.classList.remove('dismissed'));
  return view;
}

const listed = (words: readonly string[], comma: string): Child[] =>
  words.flatMap((word, index) => (index === 0 ? [isolated(word)] : [comma, isolated(word)]));

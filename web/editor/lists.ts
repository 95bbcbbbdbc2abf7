import type { Pin, Synonyms } from './api.js';
import { button, el, words } from './build.js';
import type { Page } from './queries.js';
import type { Text } from './words.js';

function table(heads: readonly Text[], rows: readonly HTMLElement[], label: Text, { text }: Page): HTMLElement {
  const head = el('tr', {}, ...heads.map((name) => el('th', { scope: 'col' }, text(name))));
  return el(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': text(label) },
    el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)),
  );
}

/** A pin, its articles by their titles. */
export interface ShownPin extends Pin {
  readonly labels: readonly string[];
}

export function pinList(
  pins: readonly ShownPin[],
  actions: { readonly add: () => void; readonly edit: (pin: ShownPin) => void; readonly remove: (pin: ShownPin) => void },
  page: Page,
): HTMLElement[] {
  const { text } = page;
  const rows = pins.map((pin) =>
    el(
      'tr',
      {},
      el(
        'th',
        { scope: 'row' },
        words(pin.query),
        pin.readAs !== undefined && el('p', { class: 'note' }, `${text('readAs')} `, words(pin.readAs)),
      ),
      el('td', {}, el('ul', { class: 'plain' }, ...pin.labels.map((label) => el('li', {}, words(label))))),
      el('td', {}, pin.until?.slice(0, 10) ?? text('forGood')),
      el(
        'td',
        { class: 'actions' },
        button(text('edit'), () => actions.edit(pin), { 'aria-label': `${text('edit')}: ${pin.query}` }),
        button(text('remove'), () => actions.remove(pin), { 'aria-label': `${text('remove')}: ${pin.query}` }),
      ),
    ),
  );
  return [
    el('h2', {}, text('pins')),
    rows.length === 0
      ? el('p', { class: 'nothing' }, text('noPins'))
      : table(['query', 'articles', 'until', 'actions'], rows, 'pins', page),
    el('p', {}, button(text('add'), actions.add, { 'aria-label': `${text('add')}: ${text('pins')}` })),
  ];
}

export function synonymList(
  synonyms: Synonyms,
  actions: { readonly edit: (word: string) => void; readonly remove: (word: string) => void },
  page: Page,
): HTMLElement[] {
  const { text } = page;
  const rows = Object.entries(synonyms).map(([word, others]) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, words(word)),
      el('td', {}, ...others.flatMap((other, i) => (i === 0 ? [words(other)] : ['، ', words(other)]))),
      el(
        'td',
        { class: 'actions' },
        button(text('edit'), () => actions.edit(word), { 'aria-label': `${text('edit')}: ${word}` }),
        button(text('remove'), () => actions.remove(word), { 'aria-label': `${text('remove')}: ${word}` }),
      ),
    ),
  );
  return [
    el('h2', {}, text('synonyms')),
    rows.length === 0 ? el('p', { class: 'nothing' }, text('noSynonyms')) : table(['word', 'synonyms', 'actions'], rows, 'synonyms', page),
    el(
      'p',
      {},
      button(text('add'), () => actions.edit(''), { 'aria-label': `${text('add')}: ${text('synonyms')}` }),
    ),
  ];
}

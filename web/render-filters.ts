/** Sources and topics with their counts, and the years. */
import type { Counts } from './api.js';
import { directionOf } from './direction.js';
import { button, el } from './dom.js';
import { urduDigits, urduNumber } from './numbers.js';
import type { FacetName } from './request.js';
import type { Actions, FacetCounts } from './state.js';
import { type Asked, countOfFilters, withoutFilters } from './url.js';

/** Values shown before "all": more would push the years out of sight. */
const SHOWN = 7;

const LABELS: Readonly<Record<FacetName, string>> = { topic: 'موضوع', source: 'ماخذ' };

export interface YearRange {
  readonly first: number;
  readonly last: number;
}

/** Which groups the reader unfolded; forgotten when the page is left. */
const unfolded = new Set<FacetName>();
/** On a phone the filters are folded away until asked for. */
let open = false;

export function drawFilters(into: HTMLElement, asked: Asked, counts: FacetCounts, years: YearRange, actions: Actions): void {
  const focused = document.activeElement instanceof HTMLElement && into.contains(document.activeElement) ? document.activeElement.id : '';
  const redraw = () => drawFilters(into, asked, counts, years, actions);
  const active = countOfFilters(asked);
  const fold = button(active === 0 ? 'فلٹر' : `فلٹر (${urduNumber(active)})`, () => {
    open = !open;
    redraw();
  });
  fold.id = 'filters-fold';
  fold.className = 'fold';
  fold.setAttribute('aria-expanded', String(open));
  fold.setAttribute('aria-controls', 'filters-body');
  const clear = button('سب فلٹر ہٹائیں', () => actions.go(withoutFilters(asked)), { class: 'quiet' });
  into.replaceChildren(
    fold,
    el(
      'div',
      { class: open ? 'filters-body open' : 'filters-body', id: 'filters-body' },
      facetGroup('topic', counts.topic, asked.topics, (topics) => actions.go({ ...asked, topics, page: 1 }), redraw),
      facetGroup('source', counts.source, asked.sources, (sources) => actions.go({ ...asked, sources, page: 1 }), redraw),
      yearGroup(asked, years, actions),
      active === 0 ? undefined : clear,
    ),
  );
  if (focused !== '') document.getElementById(focused)?.focus();
}

function facetGroup(
  name: FacetName,
  counts: Counts,
  chosen: readonly string[],
  choose: (values: string[]) => void,
  redraw: () => void,
): HTMLElement | undefined {
  const values = ordered(counts, chosen);
  if (values.length === 0) return undefined;
  const shown = unfolded.has(name) ? values : values.filter((value, index) => index < SHOWN || chosen.includes(value));
  const rows = shown.map((value) => {
    const box = el('input', { type: 'checkbox', id: `${name}-${value}`, checked: chosen.includes(value) });
    box.addEventListener('change', () => choose(box.checked ? [...chosen, value] : chosen.filter((other) => other !== value)));
    const count = el('span', { class: 'count' }, urduNumber(counts[value] ?? 0));
    return el('li', {}, el('label', {}, box, el('bdi', { class: 'value', dir: directionOf(value) }, value), count));
  });
  const more = button(unfolded.has(name) ? 'کم دکھائیں' : `سب دکھائیں (${urduNumber(values.length)})`, () => {
    if (!unfolded.delete(name)) unfolded.add(name);
    redraw();
  });
  more.id = `${name}-more`;
  more.className = 'quiet';
  return el('fieldset', {}, el('legend', {}, LABELS[name]), el('ul', {}, ...rows), values.length > SHOWN ? more : undefined);
}

/** Most articles first. What is chosen stays in the list even where nothing is left of it, or nobody could take it off again. */
function ordered(counts: Counts, chosen: readonly string[]): string[] {
  const values = new Set([...Object.keys(counts).filter((value) => value !== ''), ...chosen]);
  return [...values].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a.localeCompare(b, 'ur'));
}

function yearGroup(asked: Asked, { first, last }: YearRange, actions: Actions): HTMLElement {
  const from = yearSelect('year-from', 'سے', asked.from, range(first, asked.to ?? last), (year) =>
    actions.go({ ...asked, from: year, page: 1 }),
  );
  const to = yearSelect('year-to', 'تک', asked.to, range(asked.from ?? first, last), (year) => actions.go({ ...asked, to: year, page: 1 }));
  return el('fieldset', { class: 'years' }, el('legend', {}, 'سال'), from, to);
}

function yearSelect(
  id: string,
  label: string,
  chosen: number | undefined,
  years: readonly number[],
  choose: (year: number | undefined) => void,
): HTMLElement {
  const all = chosen === undefined || years.includes(chosen) ? years : [chosen, ...years];
  const select = el(
    'select',
    { id },
    el('option', { value: '' }, 'کوئی بھی'),
    ...all.map((year) => el('option', { value: String(year), selected: year === chosen }, urduDigits(String(year)))),
  );
  select.addEventListener('change', () => choose(select.value === '' ? undefined : Number(select.value)));
  return el('label', { for: id }, select, el('span', {}, label));
}

/** Newest first, as people look for them. */
const range = (first: number, last: number): number[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => last - index);

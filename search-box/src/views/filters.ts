/** Facets with their counts, and the years. */
import type { Counts } from '../model/answer.js';
import { type Asked, countOfFilters, onPage, withFilter, withoutFilters } from '../model/asked.js';
import type { Bars } from '../model/years.js';
import type { FacetCounts, Scene } from '../state.js';
import { button, el } from './dom.js';
import { histogramView } from './histogram.js';
import { isolated } from './prose.js';

/** Values shown before "all": more would push the years out of sight. */
const SHOWN = 7;

/** What is unfolded; forgotten when the page is left. */
export interface Folds {
  /** On a phone the filters are folded away until asked for. */
  isOpen: boolean;
  readonly unfolded: Set<string>;
}

export interface FiltersState {
  readonly asked: Asked;
  readonly counts: FacetCounts;
  readonly bars: Bars | undefined;
  readonly folds: Folds;
}

export function drawFilters(into: HTMLElement, state: FiltersState, scene: Scene): void {
  const { asked, counts, bars, folds } = state;
  const { locale, actions, index } = scene;
  const root = into.getRootNode();
  const focused = root instanceof ShadowRoot && into.contains(root.activeElement) ? root.activeElement?.id : undefined;
  const redraw = () => drawFilters(into, state, scene);
  const active = countOfFilters(asked);
  const { t } = locale;
  const fold = button(active === 0 ? t.filters : `${t.filters} (${locale.number(active)})`, () => {
    folds.isOpen = !folds.isOpen;
    redraw();
  });
  fold.id = 'filters-fold';
  fold.className = 'fold';
  fold.setAttribute('aria-expanded', String(folds.isOpen));
  fold.setAttribute('aria-controls', 'filters-body');
  const facets = index.facets.map(({ field, label }) =>
    facetGroup({ field, label: label[locale.language], counts: counts[field] ?? {}, redraw }, state, scene),
  );
  into.replaceChildren(
    fold,
    el(
      'div',
      { class: folds.isOpen ? 'filters-body open' : 'filters-body', id: 'filters-body', part: 'filters' },
      active === 0
        ? undefined
        : button(t.clearFilters, () => actions.go(withoutFilters(asked), 'status'), { class: 'quiet', id: 'filters-clear' }),
      ...facets,
      bars === undefined ? undefined : yearGroup(asked, bars, scene),
    ),
  );
  if (focused) into.querySelector<HTMLElement>(`#${CSS.escape(focused)}`)?.focus();
}

interface Facet {
  readonly field: string;
  readonly label: string;
  readonly counts: Counts;
  readonly redraw: () => void;
}

function facetGroup(
  { field, label, counts, redraw }: Facet,
  { asked, folds }: FiltersState,
  { locale, actions }: Scene,
): HTMLElement | undefined {
  const chosen = asked.filters[field] ?? [];
  const values = ordered(counts, chosen);
  if (values.length === 0) return undefined;
  const isUnfolded = folds.unfolded.has(field);
  const shown = isUnfolded ? values : values.filter((value, index) => index < SHOWN || chosen.includes(value));
  const rows = shown.map((value) => {
    const box = el('input', { type: 'checkbox', id: `${field}-${value}`, checked: chosen.includes(value) });
    box.addEventListener('change', () =>
      actions.go(withFilter(asked, field, box.checked ? [...chosen, value] : chosen.filter((other) => other !== value)), 'stay'),
    );
    const name = isolated(value, 'value');
    return el('li', {}, el('label', {}, box, name, el('span', { class: 'count' }, locale.number(counts[value] ?? 0))));
  });
  const more = button(isUnfolded ? locale.t.showLess : locale.t.showAll(locale.number(values.length)), () => {
    if (!folds.unfolded.delete(field)) folds.unfolded.add(field);
    redraw();
  });
  more.id = `${field}-more`;
  more.className = 'quiet';
  return el('fieldset', { class: 'facet' }, el('legend', {}, label), el('ul', {}, ...rows), values.length > SHOWN ? more : undefined);
}

/** Most articles first. What is chosen stays in the list even where nothing is left of it, or nobody could take it off again. */
function ordered(counts: Counts, chosen: readonly string[]): string[] {
  const values = new Set([...Object.keys(counts).filter((value) => value !== ''), ...chosen]);
  return [...values].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a.localeCompare(b, 'ur'));
}

function yearGroup(asked: Asked, bars: Bars, scene: Scene): HTMLElement {
  const { locale, actions } = scene;
  const { first, last } = bars;
  const choose = (part: Partial<Asked>) => actions.go(onPage({ ...asked, ...part }, 1), 'stay');
  const from = yearSelect('year-from', locale.t.from, asked.from, range(first, asked.to ?? last), scene, (year) => choose({ from: year }));
  const to = yearSelect('year-to', locale.t.to, asked.to, range(asked.from ?? first, last), scene, (year) => choose({ to: year }));
  return el('fieldset', { class: 'years' }, el('legend', {}, locale.t.years), histogramView(asked, bars, scene), from, to);
}

function yearSelect(
  id: string,
  label: string,
  chosen: number | undefined,
  years: readonly number[],
  { locale }: Scene,
  choose: (year: number | undefined) => void,
): HTMLElement {
  const all = chosen === undefined || years.includes(chosen) ? years : [chosen, ...years];
  const select = el(
    'select',
    { id },
    el('option', { value: '' }, locale.t.any),
    ...all.map((year) => el('option', { value: String(year), selected: year === chosen }, locale.year(year))),
  );
  select.addEventListener('change', () => choose(select.value === '' ? undefined : Number(select.value)));
  return el('label', { for: id }, el('span', {}, label), select);
}

/** Newest first, as people look for them. */
const range = (first: number, last: number): number[] => Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => last - index);

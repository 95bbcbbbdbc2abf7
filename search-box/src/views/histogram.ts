/** The years as columns: how many hits each has, and a click away. */
import { type Asked, onPage } from '../model/asked.js';
import type { Bars } from '../model/years.js';
import type { Scene } from '../state.js';
import { button, el } from './dom.js';

/** Steps of height; the style sheet has one rule for each, since a strict content policy forbids `style`. */
export const STEPS = 20;

/** A click on a column asks for its years alone; a click on the only one chosen asks for all again. */
export function histogramView(asked: Asked, { bars }: Bars, { locale, actions }: Scene): HTMLElement | undefined {
  if (bars.length < 2) return undefined;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const columns = bars.map(({ from, to, count }) => {
    const isChosen = asked.from === from && asked.to === to;
    const isInside = (asked.from ?? from) <= to && (asked.to ?? to) >= from;
    const years = from === to ? locale.year(from) : `${locale.year(from)}–${locale.year(to)}`;
    const label = locale.t.inYears(years, locale.number(count));
    const height = count === 0 ? 0 : Math.max(1, Math.round((count / most) * STEPS));
    const next = isChosen ? { from: undefined, to: undefined } : { from, to };
    return button(undefined, () => actions.go(onPage({ ...asked, ...next }, 1), 'stay'), {
      id: `year-${from}`,
      class: `h${height}${isInside ? '' : ' outside'}`,
      'aria-label': label,
      title: label,
      'aria-pressed': String(isChosen),
      disabled: count === 0 && !isChosen,
    });
  });
  return el('div', { class: 'histogram', role: 'group', 'aria-label': locale.t.histogram, part: 'histogram' }, ...columns);
}

import type { Counts, List, Query, Report } from './api.js';
import { LISTS } from './api.js';
import { button, el, words } from './build.js';
import type { Text } from './words.js';

/** What the views need of the page. */
export interface Page {
  readonly text: (name: Text) => string;
  readonly number: (value: number) => string;
  readonly percent: (value: number | null) => string;
}

const LIST_TEXTS: Readonly<Record<List, Text>> = {
  all: 'listAll',
  empty: 'listEmpty',
  corrected: 'listCorrected',
  unclicked: 'listUnclicked',
};

/** Places are counted from 1 here, as people do. */
const placeOf = ({ number }: Page, position: number | null): string =>
  position === null ? '–' : number(Math.round((position + 1) * 10) / 10);

export function totalsView(totals: Counts, page: Page): HTMLElement {
  const { text, number, percent } = page;
  const entries: [Text, string][] = [
    ['searches', number(totals.searches)],
    ['empty', number(totals.withoutResults)],
    ['clickThrough', percent(totals.clickThrough)],
    ['position', placeOf(page, totals.averagePosition)],
    ['conversions', number(totals.conversions)],
  ];
  return el('dl', { class: 'totals' }, ...entries.map(([name, value]) => el('div', {}, el('dt', {}, text(name)), el('dd', {}, value))));
}

/** Clicks by the place of the hit. */
export function placesView({ clicksByPosition }: Counts, page: Page): HTMLElement | undefined {
  const most = Math.max(...clicksByPosition, 0);
  if (most === 0) return undefined;
  const { text, number } = page;
  const last = 20;
  const rows = clicksByPosition.map((clicks, i) => {
    const place = i === last ? `${number(i + 1)} ${text('andBelow')}` : number(i + 1);
    const bar = el('meter', { min: 0, max: most, value: clicks, 'aria-label': `${text('clicksByPlace')}: ${place}` });
    return el('li', {}, el('span', {}, place), bar, el('span', {}, number(clicks)));
  });
  return el('details', {}, el('summary', {}, text('clicksByPlace')), el('ul', { class: 'plain bars' }, ...rows));
}

export function listSwitch(now: List, choose: (list: List) => void, { text }: Page): HTMLElement {
  const choices = LISTS.map((list) =>
    button(text(LIST_TEXTS[list]), () => choose(list), { 'aria-pressed': String(list === now), 'data-list': list }),
  );
  return el('div', { class: 'bar', role: 'group', 'aria-label': text('show') }, ...choices);
}

export interface QueryActions {
  pin(query: string): void;
  synonym(query: Query): void;
}

export function queryTable({ results }: Report, actions: QueryActions, page: Page): HTMLElement {
  const { text } = page;
  if (results.length === 0) return el('p', { class: 'nothing' }, text('nothing'));
  const heads: Text[] = ['query', 'searches', 'empty', 'clickThrough', 'position', 'actions'];
  const head = el('tr', {}, ...heads.map((name) => el('th', { scope: 'col' }, text(name))));
  const body = el('tbody', {}, ...results.map((query) => rowOf(query, actions, page)));
  return el(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': text('queries') },
    el('table', {}, el('thead', {}, head), body),
  );
}

function rowOf(query: Query, actions: QueryActions, page: Page): HTMLElement {
  const { text, number, percent } = page;
  const cell = (value: string): HTMLElement => el('td', { class: 'number' }, value);
  const label = `${text('pin')}: ${query.query}`;
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, words(query.query), detailsOf(query, page)),
    cell(number(query.searches)),
    cell(number(query.withoutResults)),
    cell(percent(query.clickThrough)),
    cell(placeOf(page, query.averagePosition)),
    el(
      'td',
      { class: 'actions' },
      button(text('pin'), () => actions.pin(query.query), { 'aria-label': label }),
      button(text('synonym'), () => actions.synonym(query), { 'aria-label': `${text('synonym')}: ${query.query}` }),
    ),
  );
}

function detailsOf({ spellings, documents }: Query, { text, number }: Page): HTMLElement | undefined {
  if (spellings.length < 2 && documents.length === 0 && spellings[0]?.readAs === undefined) return undefined;
  const typed = spellings.map(({ text: spelling, searches, readAs }) =>
    el('li', {}, words(spelling), ` (${number(searches)})`, readAs !== undefined && el('span', {}, ` ${text('readAs')} `, words(readAs))),
  );
  const clicked = documents.map(({ id, clicks }) => el('li', {}, words(id), ` (${number(clicks)})`));
  return el(
    'details',
    {},
    el('summary', {}, `${text('spellings')} (${number(spellings.length)})`),
    el('ul', { class: 'plain' }, ...typed),
    documents.length > 0 && el('p', {}, text('clickedArticles')),
    documents.length > 0 && el('ul', { class: 'plain' }, ...clicked),
  );
}

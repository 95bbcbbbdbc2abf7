/** Everything that is not a list of hits: the front page, no hits, no such page, a failure, waiting. */
import { mayPass } from '../client/come-back.js';
import { type Asked, countOfFilters, NOTHING_ASKED, onPage, withoutFilters } from '../model/asked.js';
import type { Outcome, Scene } from '../state.js';
import { button, el, link } from './dom.js';
import { isolated } from './prose.js';
import { hitView, notesView, pagesOf, searchLink } from './results.js';

export function homeView({ asked, latest }: Extract<Outcome, { kind: 'home' }>, scene: Scene): Node[] {
  const { t } = scene.locale;
  if (latest.hits.length === 0) return [notice(t.empty, el('p', {}, t.emptyAdvice))];
  return [
    ...examplesView(t.examples, scene),
    el('h2', { class: 'section' }, el('span', {}, t.latest)),
    el('div', { class: 'front' }, ...latest.hits.map((hit, i) => hitView(hit, asked, scene, { id: `why-${i}`, heading: 'h3' }))),
  ];
}

export function nothingView({ asked, answer, ways }: Extract<Outcome, { kind: 'nothing' }>, scene: Scene): Node[] {
  const { locale, actions } = scene;
  const { t } = locale;
  const isFiltered = countOfFilters(asked) > 0;
  const hasQuery = asked.q.trim() !== '';
  const without = ways.without.map(({ word, q, total }) =>
    el(
      'li',
      {},
      searchLink({ ...asked, q }, q, scene),
      el('span', { class: 'count' }, ' ', isolated(word), ` ${t.withoutWord(locale.number(total))}`),
    ),
  );
  return [
    notice(
      hasQuery ? t.nothing : t.nothingFiltered,
      ...notesView(asked, answer, scene),
      ...(without.length === 0 ? [] : [el('h3', {}, t.without), el('ul', { class: 'ways' }, ...without)]),
      ...(ways.near.length === 0
        ? []
        : [
            el('h3', {}, t.near),
            el('ul', { class: 'ways near' }, ...ways.near.map((text) => el('li', {}, searchLink({ ...asked, q: text }, text, scene)))),
          ]),
      el(
        'ul',
        { class: 'advice' },
        isFiltered ? el('li', {}, t.advice.filters) : undefined,
        asked.q.trim().includes(' ') ? el('li', {}, t.advice.fewer) : undefined,
        hasQuery ? el('li', {}, t.advice.spelling) : undefined,
        hasQuery ? el('li', {}, t.advice.script) : undefined,
        hasQuery ? el('li', {}, t.advice.part) : undefined,
      ),
      isFiltered ? button(t.clearFilters, () => actions.go(withoutFilters(asked), 'status'), { class: 'primary' }) : undefined,
    ),
    ...examplesView(t.orTry, scene),
  ];
}

export function noPageView({ asked, answer }: Extract<Outcome, { kind: 'no-page' }>, { locale, actions, index }: Scene): Node[] {
  const { t } = locale;
  const pages = pagesOf(answer.total, index.maxTotalHits);
  const to = (page: number, label: string): HTMLElement =>
    link(actions.href(onPage(asked, page)), () => actions.go(onPage(asked, page), 'status'), { class: 'primary' }, label);
  return [
    notice(
      t.noSuchPage(locale.number(pages)),
      el('p', { class: 'row' }, to(1, t.firstPage), pages > 1 ? to(pages, t.lastPage) : undefined),
    ),
  ];
}

/** To readers in their own words; the server's message is for the console. */
export function failedView({ error }: Extract<Outcome, { kind: 'failed' }>, { locale: { t }, actions }: Scene): Node[] {
  const [title, advice] = t.trouble[error.trouble];
  const view = notice(
    title,
    el('p', {}, advice),
    mayPass(error.trouble) ? el('p', {}, t.retriesAlone) : undefined,
    error.trouble === 'key' ? undefined : button(t.retry, () => actions.retry(), { class: 'primary', id: 'retry' }),
  );
  view.setAttribute('role', 'alert');
  return [view];
}

/** Grey lines where hits will stand, of their size. */
export function waitingView({ t }: Scene['locale'], count = 6): Node[] {
  const line = (className: string): HTMLElement => el('div', { class: `line ${className}` });
  const blocks = Array.from({ length: count }, () =>
    el('div', { class: 'hit waiting', 'aria-hidden': 'true' }, line('short'), line('head'), line(''), line('')),
  );
  return [el('p', { class: 'visually-hidden' }, t.loading), ...blocks];
}

const notice = (title: string, ...children: (Node | undefined)[]): HTMLElement =>
  el('section', { class: 'notice', part: 'notice' }, el('h2', { tabindex: '-1' }, title), ...children);

function examplesView(label: string, { index, actions }: Scene): Node[] {
  if (index.examples.length === 0) return [];
  const to = (q: string): HTMLElement => {
    const asked: Asked = { ...NOTHING_ASKED, index: index.uid, q };
    return link(actions.href(asked), () => actions.go(asked, 'status'), {}, isolated(q));
  };
  return [el('nav', { class: 'examples', 'aria-label': label.replace(/:$/, '') }, el('span', {}, label), ...index.examples.map(to))];
}

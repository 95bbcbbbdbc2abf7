/** The list of hits and its pages. */
import type { Answer, Hit, Meant } from '../model/answer.js';
import { type Asked, MOST_PAGES, onPage } from '../model/asked.js';
import { HITS_PER_PAGE } from '../model/request.js';
import { markReasons } from '../model/why.js';
import type { Outcome, Scene } from '../state.js';
import { isoDay, readDay } from '../text/dates.js';
import { button, type Child, el, link, safeAddress } from './dom.js';
import { isolated, marked } from './prose.js';
import { whyView } from './why-view.js';

export function resultsView({ asked, answer }: Extract<Outcome, { kind: 'found' }>, scene: Scene): Node[] {
  return [
    ...notesView(asked, answer, scene),
    el('ol', { class: 'hits', part: 'hits' }, ...answer.hits.map((hit, i) => el('li', {}, hitView(hit, asked, scene, { id: `why-${i}` })))),
    ...pagesView(asked, answer.total, scene),
  ];
}

/** What was searched, and what not. */
export const notesView = (asked: Asked, answer: Answer, scene: Scene): Node[] => [
  ...(answer.didYouMean === undefined ? [] : [searchedView(asked, answer.didYouMean, scene)]),
  ...(asked.exact ? [exactlyView(asked, scene)] : []),
  ...(answer.notFound.length === 0 ? [] : [notFoundView(answer.notFound, scene)]),
];

interface HitOptions {
  /** Of the reasons, unique on the page. */
  readonly id: string;
  readonly heading?: 'h2' | 'h3';
}

export function hitView(hit: Hit, asked: Asked, scene: Scene, { id, heading = 'h2' }: HitOptions): HTMLElement {
  const { locale, actions, index } = scene;
  const mark = markReasons(hit.why, asked.q, locale.t);
  const title = marked(hit.headline || locale.t.untitled, mark);
  const text = hit.texts[0] ?? '';
  // A text that is all headline says nothing twice.
  const isTold = !hit.isNamed && text.replace(/…$/, '').trim() === hit.headline.replace(/…$/, '').trim();
  const snippet = marked(isTold ? '' : text, mark);
  const open = { ...asked, doc: hit.id };
  const heads =
    hit.id === '' ? title.nodes : [link(actions.href(open), () => actions.go(open), { 'data-doc': hit.id, part: 'title' }, ...title.nodes)];
  return el(
    'article',
    { class: 'hit', part: 'hit' },
    thumbnail(hit),
    provenance(hit, scene),
    el(heading, { class: 'title', dir: title.dir, lang: title.dir === 'rtl' ? 'ur' : 'en' }, ...heads),
    snippet.nodes.length === 0
      ? undefined
      : el(
          'p',
          {
            class: index.verse ? 'snippet verse' : 'snippet',
            part: 'snippet',
            dir: snippet.dir,
            lang: snippet.dir === 'rtl' ? 'ur' : 'en',
          },
          ...snippet.nodes,
        ),
    whyView(hit, asked.q, id, scene),
  );
}

/** Of a size of its own, so that nothing moves when it comes; gone when it does not. */
export function thumbnail({ image }: Hit): HTMLElement | undefined {
  const address = safeAddress(image);
  if (address === undefined) return undefined;
  const picture = el('img', {
    src: address.href,
    alt: '',
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
    class: 'thumbnail',
  });
  picture.addEventListener('error', () => picture.classList.add('missing'));
  return picture;
}

/** Topic, author, source and date, whichever are known. */
export function provenance(hit: Hit, { locale }: Scene): HTMLElement {
  const day = readDay(hit.date);
  const date = locale.date(hit.date);
  const source = safeAddress(hit.source);
  const parts: Child[] = [
    hit.topic === '' ? undefined : isolated(hit.topic, 'topic'),
    hit.author === '' ? undefined : isolated(hit.author),
    hit.source === '' || source !== undefined ? undefined : isolated(hit.source),
    source === undefined ? undefined : outside(source, source.hostname),
    date === undefined || day === undefined ? undefined : el('time', { datetime: isoDay(day) }, date),
  ];
  // The sign between two of them stands on the side of the interface, whichever way they are read.
  const items = parts.filter((part) => part !== undefined).map((part) => el('span', {}, part));
  return el('p', { class: 'provenance', part: 'provenance' }, ...items);
}

/** A link away from here. */
export const outside = (address: URL, label: string): HTMLElement =>
  el('a', { href: address.href, rel: 'noopener noreferrer', target: '_blank' }, isolated(label));

/** "Searched for X. Search exactly for Y": results of other words than were typed can be undone with one click. */
function searchedView(asked: Asked, { text, isSameInUrdu }: Meant, scene: Scene): HTMLElement {
  const { t } = scene.locale;
  const meant = searchLink({ ...asked, q: text, exact: false }, text, scene);
  const typed = asked.q.trim();
  const exactly = isSameInUrdu ? [] : ['۔ ', `${t.searchExactly} `, searchLink({ ...asked, exact: true }, typed, scene)];
  if (scene.locale.language === 'en' && exactly.length > 0) exactly[0] = '. ';
  return el('p', { class: 'did-you-mean', part: 'did-you-mean' }, `${t.searched} `, meant, ...exactly);
}

function exactlyView(asked: Asked, scene: Scene): HTMLElement {
  const { t } = scene.locale;
  return el('p', { class: 'exactly' }, `${t.exactly} `, searchLink({ ...asked, exact: false }, t.searchWidely, scene));
}

export function searchLink(asked: Asked, label: string, { actions }: Scene): HTMLElement {
  const there = onPage(asked, 1);
  return link(actions.href(there), () => actions.go(there, 'status'), {}, isolated(label));
}

/** Which words had to be left out. */
function notFoundView(words: readonly string[], { locale: { t } }: Scene): HTMLElement {
  const each = words.flatMap((word, i) => [i === 0 ? '' : t.comma, isolated(word)]);
  return el('p', { class: 'not-found' }, `${t.notFound} `, ...each);
}

export const pagesOf = (total: number, maxTotalHits: number): number => Math.ceil(Math.min(total, maxTotalHits) / HITS_PER_PAGE);

/** Numbers beside the present page; first and last are always there. */
const NEIGHBOURS = 2;

function pagesView(asked: Asked, total: number, scene: Scene): Node[] {
  const { locale, actions, index } = scene;
  const pages = pagesOf(total, index.maxTotalHits);
  if (pages <= 1) return [];
  const { t } = locale;
  const to = (page: number, label: Child, attributes: Record<string, string> = {}): HTMLElement =>
    link(actions.href(onPage(asked, page)), () => actions.go(onPage(asked, page), 'status'), attributes, label);
  const numbers = numbered(asked, pages).map((page) => {
    if (page === undefined) return el('li', { 'aria-hidden': 'true' }, '…');
    const isHere = page >= asked.page && page <= asked.lastPage;
    return el(
      'li',
      {},
      to(page, locale.number(page), { 'aria-label': t.page(locale.number(page)), ...(isHere && { 'aria-current': 'page' }) }),
    );
  });
  const canGrow = asked.lastPage < pages && asked.lastPage - asked.page + 1 < MOST_PAGES;
  const longer = { ...asked, lastPage: asked.lastPage + 1, doc: undefined };
  return [
    canGrow
      ? el(
          'p',
          { class: 'more' },
          button(t.more, () => actions.go(longer, 'new-hit'), { class: 'primary', part: 'more' }),
        )
      : undefined,
    el(
      'nav',
      { class: 'pager', 'aria-label': t.pages, part: 'pager' },
      asked.page > 1 ? to(asked.page - 1, t.previousPage, { rel: 'prev' }) : el('span', {}),
      el('ul', {}, ...numbers),
      asked.lastPage < pages ? to(asked.lastPage + 1, t.nextPage, { rel: 'next' }) : el('span', {}),
    ),
  ].filter((node) => node !== undefined);
}

/** `undefined` stands for those left out. */
function numbered({ page, lastPage }: Asked, pages: number): (number | undefined)[] {
  const shown = Array.from({ length: pages }, (_, i) => i + 1).filter(
    (each) => each === 1 || each === pages || (each >= page - NEIGHBOURS && each <= lastPage + NEIGHBOURS),
  );
  return shown.flatMap((each, i) => (each - (shown[i - 1] ?? 0) > 1 ? [undefined, each] : [each]));
}

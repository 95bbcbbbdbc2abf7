/** The list of hits and its pages. */
import type { Hit, Meant } from './api.js';
import { urduDate } from './dates.js';
import { directionOf } from './direction.js';
import { button, type Child, el, link, marked } from './dom.js';
import { COUNTED_UP_TO, urduNumber } from './numbers.js';
import { whyView } from './render-why.js';
import { HITS_PER_PAGE } from './request.js';
import type { Actions, Outcome } from './state.js';
import { type Asked, writeUrl } from './url.js';

/** Characters of the body shown where the server made no snippet. */
const LEAD = 260;

export function resultsView({ asked, answer }: Extract<Outcome, { kind: 'found' }>, actions: Actions): Node[] {
  return [
    ...(answer.didYouMean === undefined ? [] : [didYouMean(asked, answer.didYouMean, actions)]),
    ...(answer.notFound.length === 0 ? [] : [notFound(answer.notFound)]),
    el('ol', { class: 'hits' }, ...answer.hits.map((hit) => el('li', {}, hitView(hit, asked, actions)))),
    ...pager(asked, answer.total, actions),
  ];
}

export function hitView(hit: Hit, asked: Asked, actions: Actions, heading: 'h2' | 'h3' = 'h2'): HTMLElement {
  const title = marked(hit.formatted.title || 'بے عنوان');
  const snippet = marked(hit.formatted.body === hit.body ? lead(hit.body) : hit.formatted.body);
  const open = { ...asked, doc: hit.id };
  return el(
    'article',
    { class: 'hit' },
    provenance(hit),
    el(
      heading,
      { class: 'title', dir: title.dir },
      link(writeUrl(open), () => actions.go(open), { 'data-doc': hit.id }, ...title.nodes),
    ),
    snippet.nodes.length === 0 ? undefined : el('p', { class: 'snippet', dir: snippet.dir }, ...snippet.nodes),
    whyView(hit, asked.q),
  );
}

/** Topic, source and date, whichever are known. */
export function provenance(hit: Hit): HTMLElement {
  const date = urduDate(hit.date);
  const parts: Child[] = [
    hit.topic === '' ? undefined : el('bdi', { class: 'topic', dir: directionOf(hit.topic) }, hit.topic),
    hit.source === '' ? undefined : el('bdi', { dir: directionOf(hit.source) }, hit.source),
    date === undefined ? undefined : el('time', { datetime: hit.date }, date),
  ];
  return el('p', { class: 'provenance' }, ...parts);
}

/**
 * A line above the results, or above the advice where nothing was found: then nothing can be called "results" of the other words. Results of other words than were typed can be undone
 * with one click.
 */
export function didYouMean(asked: Asked, { text, isSameInUrdu }: Meant, actions: Actions, hasResults = true): HTMLElement {
  const to = (next: Partial<Asked>, label: string): HTMLElement => {
    const there: Asked = { ...asked, page: 1, doc: undefined, ...next };
    return link(writeUrl(there), () => actions.go(there), {}, el('bdi', { dir: directionOf(label) }, label));
  };
  const meant = to({ q: text, exact: false }, text);
  if (!hasResults) return el('p', { class: 'did-you-mean' }, 'آپ کی مراد یہ تھی؟ ', meant);
  const typed = asked.q.trim();
  return el('p', { class: 'did-you-mean' }, meant, ' کے نتائج', ...(isSameInUrdu ? [] : ['۔ جیسا لکھا تھا: ', to({ exact: true }, typed)]));
}

/** Which words had to be left out. */
export function notFound(words: readonly string[]): HTMLElement {
  const each = words.flatMap((word, i) => [i === 0 ? '' : '، ', el('bdi', { dir: directionOf(word) }, word)]);
  return el('p', { class: 'not-found' }, 'کسی مضمون میں نہیں ملا: ', ...each);
}

function pager(asked: Asked, total: number, actions: Actions): Node[] {
  const pages = Math.ceil(Math.min(total, COUNTED_UP_TO) / HITS_PER_PAGE);
  if (pages <= 1) return [];
  const step = (label: string, page: number, rel: string): HTMLElement => {
    const there = { ...asked, page };
    if (page < 1 || page > pages) return button(label, () => undefined, { disabled: true });
    return link(writeUrl(there), () => actions.go(there), { rel }, label);
  };
  return [
    el(
      'nav',
      { class: 'pager', 'aria-label': 'صفحات' },
      step('پچھلا صفحہ', asked.page - 1, 'prev'),
      el('span', {}, `صفحہ ${urduNumber(asked.page)} از ${urduNumber(pages)}`),
      step('اگلا صفحہ', asked.page + 1, 'next'),
    ),
  ];
}

/** The beginning of a body, up to a whole word. */
function lead(body: string): string {
  if (body.length <= LEAD) return body;
  const space = body.lastIndexOf(' ', LEAD);
  return `${body.slice(0, space > 0 ? space : LEAD)}…`;
}

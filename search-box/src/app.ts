/** The search page: from the address to what is seen, and from what the reader does back to the address. */
import { type Answer, ApiError, getDocument, type Hit, search, searchKey, searchWithFacets, suggest } from './api.js';
import { startCompletions } from './completions.js';
import { yearOf } from './dates.js';
import { directionOf } from './direction.js';
import { need } from './dom.js';
import { startFontSwitch } from './font.js';
import { Latest } from './latest.js';
import { countOfResults } from './numbers.js';
import { articleMissing, articleView } from './render-article.js';
import { drawFilters, type YearRange } from './render-filters.js';
import { resultsView } from './render-results.js';
import { failedView, homeView, keyView, nothingView } from './render-states.js';
import { articleRequest, facetRequests, HITS_PER_PAGE, latestRequest, listRequest, yearsRequest } from './request.js';
import type { Actions, FacetCounts, Outcome } from './state.js';
import { type Asked, countOfFilters, isHome, listKey, NOTHING_ASKED, readUrl, writeUrl } from './url.js';

/** Milliseconds of silence before a keystroke becomes a search: below what a reader notices as waiting. */
const DEBOUNCE = 120;
/** Milliseconds before the page says that it is working. Most answers are there earlier, and nothing flickers. */
const PATIENT_UNTIL = 250;
/** Milliseconds after which a query that was being typed counts as meant, and becomes a step to go back to. */
const MEANT_AFTER = 1500;

const form = need('#search', HTMLFormElement);
const input = need('#q', HTMLInputElement);
const clear = need('#clear', HTMLButtonElement);
const progress = need('#progress', HTMLElement);
const bar = need('#bar', HTMLElement);
const status = need('#status', HTMLElement);
const sort = need('#sort', HTMLSelectElement);
const sortBox = need('.sort', HTMLElement);
const filters = need('#filters', HTMLElement);
const list = need('#list', HTMLElement);
const reader = need('#reader', HTMLElement);

const completions = startCompletions(input, need('#completions', HTMLElement), {
  ask: (typed, signal) => suggest(asked.index, typed, signal),
  choose(text) {
    input.value = text;
    searchNow();
  },
});
const searches = new Latest();
const readings = new Latest();
let asked: Asked = NOTHING_ASKED;
let outcome: Outcome | undefined;
/** The years that the collection has; asked for once. */
let years: YearRange = { first: 2000, last: new Date().getUTCFullYear() };
let knowsYears = false;
/** While the reader types, the address is replaced; the first keystroke after something meant adds a step. */
let typing = false;
/** How many steps of the history this page added: decides whether "back to the results" may use the browser's back. */
let depth = 0;
let debounce: ReturnType<typeof setTimeout> | undefined;
let meant: ReturnType<typeof setTimeout> | undefined;

const actions: Actions = {
  go: (next) => visit(next, 'push'),
  closeArticle() {
    if (depth > 0) history.back();
    else visit({ ...asked, doc: undefined }, 'push');
  },
  useKey(key) {
    searchKey.set(key);
    this.retry();
  },
  retry() {
    outcome = undefined;
    void show(asked);
  },
};

function visit(next: Asked, how: 'push' | 'replace'): void {
  clearTimeout(debounce);
  clearTimeout(meant);
  typing = how === 'replace';
  if (how === 'push') {
    // Where the reader was, for the way back.
    history.replaceState({ depth, scroll: window.scrollY }, '');
    depth += 1;
  }
  const address = writeUrl(next) || location.pathname;
  if (how === 'push') history.pushState({ depth, scroll: 0 }, '', address);
  else history.replaceState({ depth, scroll: 0 }, '', address);
  void show(next, { scroll: how === 'push' ? 0 : undefined });
}

/** Draws one state of the page; the only way anything gets on it. */
async function show(next: Asked, { scroll }: { scroll?: number | undefined } = {}): Promise<void> {
  const before = asked;
  asked = next;
  syncControls(next);
  if (outcome === undefined || listKey(outcome.asked) !== listKey(next)) {
    if (next.doc === undefined) leaveArticle();
    const found = await find({ ...next, doc: undefined });
    if (found === undefined) return;
    outcome = found;
    drawOutcome(found);
  } else {
    // The answer to this very state is still on the page: whatever is under way was for another one.
    searches.cancel();
    busy(false);
  }
  if (next.doc === undefined) {
    leaveArticle();
    if (before.doc !== undefined) focusHit(before.doc);
    if (scroll !== undefined) window.scrollTo({ top: scroll, behavior: 'instant' });
  } else await read(next, next.doc, scroll ?? 0);
}

/** `undefined`: a newer search has begun, and this one must not touch the page. */
async function find(next: Asked): Promise<Outcome | undefined> {
  const turn = searches.begin();
  const slow = setTimeout(() => turn.isCurrent() && busy(true), PATIENT_UNTIL);
  try {
    const found = await (isHome(next) ? findLatest(next, turn.signal) : findHits(next, turn.signal));
    return turn.isCurrent() ? found : undefined;
  } catch (error) {
    if (!turn.isCurrent()) return undefined;
    const failure = error instanceof ApiError ? error : new ApiError('garbled', String(error), { cause: error });
    return failure.trouble === 'key'
      ? { kind: 'key', asked: next, wasWrong: searchKey.get() !== undefined }
      : { kind: 'failed', asked: next, error: failure };
  } finally {
    clearTimeout(slow);
    if (turn.isCurrent()) busy(false);
  }
}

async function findHits(next: Asked, signal: AbortSignal): Promise<Outcome> {
  const [answer, others] = await Promise.all([
    searchWithFacets(next.index, listRequest(next), signal),
    Promise.all(facetRequests(next).map(async ({ facet, request }) => ({ facet, answer: await search(next.index, request, signal) }))),
    learnYears(next.index, signal),
  ]);
  const counts: FacetCounts = { source: answer.facets.source ?? {}, topic: answer.facets.topic ?? {} };
  const unfiltered = Object.fromEntries(others.map(({ facet, answer: other }) => [facet, other.facets[facet] ?? {}]));
  return { kind: answer.hits.length > 0 ? 'found' : 'nothing', asked: next, answer, counts: { ...counts, ...unfiltered } };
}

async function findLatest(next: Asked, signal: AbortSignal): Promise<Outcome> {
  try {
    return { kind: 'home', asked: next, latest: await search(next.index, latestRequest(), signal) };
  } catch (error) {
    // An index that cannot sort by date still has a front page.
    if (error instanceof ApiError && error.trouble === 'refused') return { kind: 'home', asked: next, latest: undefined };
    throw error;
  }
}

/** Never fails: without an answer the page offers the years since 2000. */
async function learnYears(index: string, signal: AbortSignal): Promise<void> {
  if (knowsYears) return;
  const stats = await search(index, yearsRequest(), signal).then(
    (answer: Answer) => answer.facetStats.timestamp,
    () => undefined,
  );
  if (stats === undefined) return;
  years = { first: yearOf(stats.min), last: yearOf(stats.max) };
  knowsYears = true;
}

function drawOutcome(found: Outcome): void {
  const hasList = found.kind === 'found' || found.kind === 'nothing';
  // Without hits and without filters there is nothing to narrow down or to order.
  const hasChoices = found.kind === 'found' || (found.kind === 'nothing' && countOfFilters(found.asked) > 0);
  document.body.dataset.view = found.kind === 'home' ? 'home' : hasChoices ? 'results' : 'notice';
  bar.hidden = !hasList;
  sortBox.hidden = !hasChoices;
  filters.hidden = !hasChoices;
  status.textContent = hasList ? countOfResults(found.answer.total, found.answer.milliseconds) : '';
  if (hasList) drawFilters(filters, found.asked, found.counts, years, actions);
  list.replaceChildren(...viewOf(found));
}

function viewOf(found: Outcome): Node[] {
  switch (found.kind) {
    case 'home':
      return homeView(found, actions);
    case 'found':
      return resultsView(found, actions);
    case 'nothing':
      return nothingView(found, actions);
    case 'key':
      return keyView(found, actions);
    case 'failed':
      return failedView(found, actions);
  }
}

async function read(next: Asked, id: string, scroll: number): Promise<void> {
  if (outcome?.kind === 'key') return;
  const turn = readings.begin();
  const slow = setTimeout(() => turn.isCurrent() && busy(true), PATIENT_UNTIL);
  let view: Node[];
  try {
    const hit = await findArticle(next, id, turn.signal);
    view = articleView(hit, actions);
    if (turn.isCurrent()) document.title = `${hit.title} · جستجو`;
  } catch (error) {
    view = articleMissing(id, error instanceof ApiError ? error.detail : String(error), actions);
  } finally {
    clearTimeout(slow);
  }
  if (!turn.isCurrent()) return;
  busy(false);
  reader.replaceChildren(...view);
  reader.hidden = false;
  document.body.dataset.reading = '';
  document.getElementById('reader-title')?.focus({ preventScroll: true });
  window.scrollTo({ top: scroll, behavior: 'instant' });
}

/** With the query marked when the article is in the list on the page; as it is stored otherwise. */
async function findArticle(next: Asked, id: string, signal: AbortSignal): Promise<Hit> {
  const place = outcome?.kind === 'found' ? outcome.answer.hits.findIndex((hit) => hit.id === id) : -1;
  if (place >= 0 && next.q.trim() !== '') {
    const rank = (next.page - 1) * HITS_PER_PAGE + place;
    const answer = await search(next.index, articleRequest(next, rank), signal).catch(() => undefined);
    const hit = answer?.hits[0];
    // The collection may have changed since: then another article has this rank.
    if (hit?.id === id) return hit;
  }
  return getDocument(next.index, id, signal);
}

function leaveArticle(): void {
  readings.cancel();
  reader.hidden = true;
  reader.replaceChildren();
  delete document.body.dataset.reading;
}

function focusHit(id: string): void {
  for (const hit of list.querySelectorAll<HTMLElement>('[data-doc]')) {
    if (hit.dataset.doc === id) hit.focus({ preventScroll: true });
  }
}

function busy(is: boolean): void {
  progress.hidden = !is;
  list.setAttribute('aria-busy', String(is));
}

function syncControls(next: Asked): void {
  // Not while it says the same: the caret would jump.
  if (input.value !== next.q) input.value = next.q;
  fitField();
  sort.value = next.sort;
  document.title = next.q.trim() === '' ? 'جستجو' : `${next.q.trim()} · جستجو`;
}

/** The field by what is in it. */
function fitField(): void {
  clear.hidden = input.value === '';
  input.dir = directionOf(input.value);
}

function onInput(): void {
  fitField();
  clearTimeout(debounce);
  debounce = setTimeout(() => {
    if (input.value === asked.q && asked.doc === undefined) return;
    visit({ ...asked, q: input.value, exact: false, page: 1, doc: undefined }, typing ? 'replace' : 'push');
    typing = true;
    meant = setTimeout(() => {
      typing = false;
    }, MEANT_AFTER);
  }, DEBOUNCE);
}

function onSubmit(event: Event): void {
  event.preventDefault();
  searchNow();
}

/** For what is in the field, which is meant: no waiting for more. */
function searchNow(): void {
  completions.close();
  const next: Asked = { ...asked, q: input.value, exact: false, page: 1, doc: undefined };
  if (writeUrl(next) !== writeUrl(asked)) visit(next, typing ? 'replace' : 'push');
  else if (outcome?.kind === 'failed') actions.retry();
  typing = false;
}

function clearQuery(): void {
  input.value = '';
  completions.close();
  input.focus();
  onInput();
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inField = event.target instanceof HTMLElement && event.target.matches('input:not([type=checkbox]), select, textarea');
  if (event.key === '/' && !inField) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if (event.key === 'Escape' && event.target === input && input.value !== '') {
    event.preventDefault();
    clearQuery();
  } else if (event.key === 'Escape' && !inField && asked.doc !== undefined) actions.closeArticle();
}

function onHistory(event: PopStateEvent): void {
  clearTimeout(debounce);
  clearTimeout(meant);
  completions.close();
  typing = false;
  const state: unknown = event.state;
  depth = numberIn(state, 'depth');
  void show(readUrl(location.search), { scroll: numberIn(state, 'scroll') });
}

function numberIn(state: unknown, key: string): number {
  const value: unknown = typeof state === 'object' && state !== null ? (state as Record<string, unknown>)[key] : undefined;
  return typeof value === 'number' ? value : 0;
}

function start(): void {
  startFontSwitch();
  history.scrollRestoration = 'manual';
  depth = numberIn(history.state, 'depth');
  form.addEventListener('submit', onSubmit);
  input.addEventListener('input', onInput);
  clear.addEventListener('click', clearQuery);
  sort.addEventListener('change', () =>
    actions.go({ ...asked, sort: sort.value === 'new' || sort.value === 'old' ? sort.value : '', page: 1 }),
  );
  need('#home-link', HTMLAnchorElement).addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    actions.go({ ...NOTHING_ASKED, index: asked.index });
    input.focus();
  });
  document.addEventListener('keydown', onKey);
  window.addEventListener('popstate', onHistory);
  asked = readUrl(location.search);
  // Not on a phone, where focus brings up the keyboard over half of the page.
  if (asked.doc === undefined && isHome(asked) && matchMedia('(hover: hover)').matches) input.focus({ preventScroll: true });
  void show(asked, { scroll: numberIn(history.state, 'scroll') });
}

start();

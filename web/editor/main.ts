/** The page of editors: what readers look for, and from there, with one click, pins and synonyms. */
import { Api, type List, type Pin, type Query, Refused, type Report, type Synonyms } from './api.js';
import { button, el, field, need } from './build.js';
import { pinDialog, synonymDialog } from './dialogs.js';
import { kept } from './kept.js';
import { pinList, type ShownPin, synonymList } from './lists.js';
import { listSwitch, type Page, placesView, queryTable, totalsView } from './queries.js';
import { type Language, type Text, textIn } from './words.js';

/** Queries on a page. */
const PAGE = 20;
/** Milliseconds that a notice stays. */
const NOTICE = 6_000;

const key = kept('justuju.editor.key');
const languageKept = kept('justuju.editor.language');
const indexKept = kept('justuju.editor.index');
const api = new Api(() => key.get());
const main = need('#main', HTMLElement);
const status = need('#status', HTMLElement);
const languageButton = need('#language', HTMLButtonElement);

interface State {
  language: Language;
  index: string;
  indexes: readonly string[];
  days: number;
  list: List;
  offset: number;
}

const state: State = {
  language: languageKept.get() === 'en' ? 'en' : 'ur',
  index: indexKept.get() ?? 'articles',
  indexes: [],
  days: 7,
  list: 'all',
  offset: 0,
};

const text = (name: Text): string => textIn(state.language, name);
const locale = (): string => (state.language === 'ur' ? 'ur-PK-u-nu-latn' : 'en');
const page: Page = {
  text,
  number: (value) => new Intl.NumberFormat(locale()).format(value),
  percent: (value) =>
    value === null ? '–' : new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value),
};

let noticeTimer: ReturnType<typeof setTimeout> | undefined;

function notice(message: string): void {
  clearTimeout(noticeTimer);
  status.textContent = message;
  noticeTimer = setTimeout(() => {
    status.textContent = '';
  }, NOTICE);
}

const trouble = (error: unknown): string => `${text('trouble')}: ${error instanceof Error ? error.message : String(error)}`;

/** Draws all anew from what the server says now. Answers that come late, after another wish, are left. */
let drawing = 0;
async function draw(): Promise<void> {
  const mine = ++drawing;
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.language === 'ur' ? 'rtl' : 'ltr';
  document.title = text('heading');
  need('#heading', HTMLElement).textContent = text('heading');
  languageButton.textContent = text('otherLanguage');
  languageButton.lang = state.language === 'ur' ? 'en' : 'ur';
  main.setAttribute('aria-busy', 'true');
  try {
    const parts = await content();
    if (mine === drawing) main.replaceChildren(...parts);
  } catch (error) {
    if (mine !== drawing) return;
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) main.replaceChildren(keyForm(key.get() !== undefined));
    else main.replaceChildren(toolbar(), el('p', { class: 'trouble', role: 'alert' }, trouble(error)));
  } finally {
    if (mine === drawing) main.removeAttribute('aria-busy');
  }
}

async function content(): Promise<HTMLElement[]> {
  const { index, days, list, offset } = state;
  state.indexes = await api.indexes();
  const [first] = state.indexes;
  if (!state.indexes.includes(index) && first !== undefined) {
    state.index = first;
    return content();
  }
  const [report, pins, synonyms] = await Promise.all([api.report(index, days, list, offset, PAGE), api.pins(index), api.synonyms(index)]);
  const shown = await Promise.all(
    pins.map(async (pin): Promise<ShownPin> => ({ ...pin, labels: (await api.named(index, pin.documents)).map(({ label }) => label) })),
  );
  return [toolbar(), ...reportView(report, shown, synonyms), ...pinsView(shown), ...synonymsView(synonyms)];
}

function keyForm(isWrong: boolean): HTMLElement {
  const input = el('input', { type: 'password', name: 'key', required: true, autocomplete: 'off', dir: 'ltr' });
  const form = el(
    'form',
    { class: 'bar' },
    field(text('key'), input),
    el('button', { type: 'submit', class: 'main' }, text('enter')),
    isWrong && el('p', { class: 'trouble', role: 'alert' }, text('wrongKey')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    key.set(input.value.trim());
    void draw();
  });
  return el('section', {}, form, el('p', { class: 'note' }, text('keyNote')));
}

function toolbar(): HTMLElement {
  const indexes = el(
    'select',
    { name: 'index' },
    ...state.indexes.map((uid) => el('option', { value: uid, selected: uid === state.index }, uid)),
  );
  indexes.addEventListener('change', () => {
    indexKept.set(indexes.value);
    change({ index: indexes.value, offset: 0 });
  });
  const periods: [number, Text][] = [
    [1, 'today'],
    [7, 'week'],
    [30, 'month'],
  ];
  const period = el(
    'select',
    { name: 'period' },
    ...periods.map(([days, name]) => el('option', { value: days, selected: days === state.days }, text(name))),
  );
  period.addEventListener('change', () => change({ days: Number(period.value), offset: 0 }));
  return el(
    'div',
    { class: 'bar' },
    field(text('index'), indexes),
    field(text('period'), period),
    key.get() !== undefined &&
      button(text('leave'), () => {
        key.set(undefined);
        void draw();
      }),
  );
}

function change(wish: Partial<State>): void {
  Object.assign(state, wish);
  void draw();
}

function reportView(report: Report, pins: readonly ShownPin[], synonyms: Synonyms): HTMLElement[] {
  const actions = {
    pin: (query: string) => openPin(query, pins),
    // What no article holds is the word that needs another.
    synonym: ({ query }: Query) => openSynonym(query, synonyms),
  };
  const { offset } = state;
  const places = placesView(report.totals, page);
  return [
    totalsView(report.totals, page),
    ...(places === undefined ? [] : [places]),
    el('h2', {}, text('queries')),
    listSwitch(state.list, (list) => change({ list, offset: 0 }), page),
    queryTable(report, actions, page),
    el(
      'div',
      { class: 'bar' },
      button(text('before'), () => change({ offset: Math.max(0, offset - PAGE) }), { disabled: offset === 0 }),
      button(text('after'), () => change({ offset: offset + PAGE }), { disabled: offset + PAGE >= report.total }),
      button(text('csv'), () => void download()),
    ),
  ];
}

async function download(): Promise<void> {
  try {
    const blob = await api.csv(state.index, state.days, state.list);
    const address = URL.createObjectURL(blob);
    el('a', { href: address, download: `queries-${state.index}.csv` }).click();
    URL.revokeObjectURL(address);
  } catch (error) {
    notice(trouble(error));
  }
}

function pinsView(pins: readonly ShownPin[]): HTMLElement[] {
  return pinList(
    pins,
    {
      add: () => openPin('', pins),
      edit: ({ query }) => openPin(query, pins),
      remove: ({ query }) => act(() => api.removePin(state.index, query), 'removed'),
    },
    page,
  );
}

function synonymsView(synonyms: Synonyms): HTMLElement[] {
  return synonymList(
    synonyms,
    {
      edit: (word) => openSynonym(word, synonyms),
      remove: (word) =>
        act(
          () => api.setSynonyms(state.index, Object.fromEntries(Object.entries(synonyms).filter(([other]) => other !== word))),
          'removed',
        ),
    },
    page,
  );
}

function openPin(query: string, pins: readonly ShownPin[]): void {
  const known = pins.find((pin) => pin.query === query || pin.readAs === query);
  pinDialog(
    query,
    {
      find: (q) => api.articles(state.index, q),
      chosen: (known?.documents ?? []).map((id, i) => ({ id, label: known?.labels[i] ?? id })),
      until: known?.until,
      save: (pin: Pin) => saved(api.setPin(state.index, pin)),
    },
    page,
  );
}

function openSynonym(word: string, synonyms: Synonyms): void {
  synonymDialog(word, { synonyms, save: (all) => saved(api.setSynonyms(state.index, all)) }, page);
}

async function saved(work: Promise<void>): Promise<void> {
  await work;
  notice(text('saved'));
  void draw();
}

function act(work: () => Promise<void>, done: Text): void {
  notice(text('working'));
  work()
    .then(() => {
      notice(text(done));
      return draw();
    })
    .catch((error: unknown) => notice(trouble(error)));
}

languageButton.addEventListener('click', () => {
  state.language = state.language === 'ur' ? 'en' : 'ur';
  languageKept.set(state.language);
  void draw();
});
void draw();

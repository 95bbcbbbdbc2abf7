/** The parts that are always there, and by which name the others find them. */
import type { IndexConfig } from './model/config.js';
import type { Locale } from './text/locale.js';
import { button, el, icon } from './views/dom.js';

export interface FrameOptions {
  readonly locale: Locale;
  /** Whether the component is the whole page: with its name, its foot, and landmarks of its own. */
  readonly isPage: boolean;
  readonly title: string;
  readonly tagline: string;
  readonly indexes: readonly IndexConfig[];
  readonly canListen: boolean;
}

export interface Frame {
  readonly top: HTMLElement;
  readonly brand: HTMLAnchorElement;
  readonly form: HTMLFormElement;
  readonly input: HTMLInputElement;
  readonly clear: HTMLButtonElement;
  readonly voice: HTMLButtonElement;
  readonly keys: HTMLButtonElement;
  readonly keyboardPlace: HTMLElement;
  readonly completions: HTMLElement;
  readonly collection: HTMLSelectElement;
  readonly settingsPlace: HTMLElement;
  readonly progress: HTMLElement;
  readonly page: HTMLElement;
  readonly bar: HTMLElement;
  readonly status: HTMLElement;
  readonly sortBox: HTMLElement;
  readonly sort: HTMLSelectElement;
  readonly filters: HTMLElement;
  readonly list: HTMLElement;
  readonly reader: HTMLElement;
  /** What is said to who cannot see it. */
  readonly said: HTMLElement;
}

const LENS = 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5l5 5';
const CROSS = 'm6 6 12 12M18 6 6 18';
const MICROPHONE = 'M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4ZM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5';
const KEYBOARD = 'M3 6.5h18v11H3ZM6.5 10h.1M10 10h.1M13.5 10h.1M17 10h.1M8.5 14h7';
/** Characters of a query: Justuju reads no more words than that. */
const LONGEST_QUERY = '1000';

const nothing = (): void => undefined;

export function createFrame(options: FrameOptions): Frame {
  const { locale, isPage, title, tagline } = options;
  const { t } = locale;
  const box = boxParts(options);
  const brand = el('a', { class: 'name', part: 'name', href: './' }, title);
  const settingsPlace = el('div', { class: 'settings-place' });
  const progress = el('div', { class: 'progress', hidden: true });
  const status = el('p', { class: 'status', part: 'status', role: 'status', tabindex: '-1' });
  const sort = el('select', { id: 'sort' });
  const sortBox = el('div', { class: 'sort' }, el('label', { for: 'sort' }, t.sort), sort);
  const bar = el('div', { class: 'bar', hidden: true }, status, sortBox);
  const filters = el('div', { class: 'filters', role: 'group', 'aria-label': t.filters, hidden: true });
  const list = el('div', { class: 'list', id: 'list', tabindex: '-1' });
  const reader = el('article', { class: 'reader', part: 'reader', hidden: true });
  const page = el(isPage ? 'main' : 'div', { class: 'page', id: 'main', tabindex: '-1' });
  if (isPage) page.append(el('h1', { class: 'visually-hidden page-title' }, title));
  page.append(bar, filters, list, reader);
  const said = el('p', { class: 'visually-hidden', 'aria-live': 'polite' });
  const head = el(isPage ? 'header' : 'div', { class: 'masthead', part: 'masthead' });
  head.append(
    el(
      'div',
      { class: 'masthead-inner' },
      el('div', { class: 'brand' }, brand, el('p', { class: 'tagline' }, tagline)),
      box.form,
      settingsPlace,
    ),
    progress,
  );
  // A button and no link: what it leads to is in the shadow root, where no address reaches.
  if (isPage) head.prepend(button(t.skip, () => page.focus(), { class: 'skip' }));
  // Said inside a landmark: what is outside of all is not found by who goes from one to the next.
  head.append(said);
  const top = el(isPage ? 'div' : 'section', {
    class: isPage ? 'root paged' : 'root',
    'aria-label': isPage ? undefined : title || t.region,
    part: 'root',
  });
  top.append(head, page, ...(isPage ? [el('footer', { class: 'foot', part: 'foot' }, el('p', {}, t.foot))] : []));
  return { ...box, top, brand, settingsPlace, progress, page, bar, status, sortBox, sort, filters, list, reader, said };
}

type BoxParts = Pick<Frame, 'form' | 'input' | 'clear' | 'voice' | 'keys' | 'keyboardPlace' | 'completions' | 'collection'>;

function boxParts({ locale, indexes, canListen }: FrameOptions): BoxParts {
  const { t, language } = locale;
  const input = el('input', {
    class: 'q',
    part: 'input',
    id: 'q',
    name: 'q',
    type: 'text',
    maxlength: LONGEST_QUERY,
    enterkeyhint: 'search',
    autocapitalize: 'none',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: t.placeholder,
    'aria-keyshortcuts': '/',
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'completions',
    'aria-haspopup': 'listbox',
  });
  const clear = button(icon(CROSS), nothing, { class: 'tool', 'aria-label': t.clear, hidden: true, id: 'clear' });
  const voice = button(icon(MICROPHONE), nothing, {
    class: 'tool',
    'aria-label': t.speak,
    'aria-pressed': 'false',
    hidden: !canListen,
    id: 'voice',
  });
  const keys = button(icon(KEYBOARD), nothing, {
    class: 'tool',
    'aria-label': t.keyboard,
    'aria-expanded': 'false',
    'aria-controls': 'keyboard-place',
    id: 'keys',
  });
  const keyboardPlace = el('div', { id: 'keyboard-place' });
  const completions = el('div', {
    class: 'completions',
    part: 'completions',
    id: 'completions',
    role: 'listbox',
    'aria-label': t.suggestions,
    hidden: true,
  });
  const collection = el(
    'select',
    { id: 'collection', class: 'collection', 'aria-label': t.collection, hidden: indexes.length < 2 },
    ...indexes.map(({ uid, name }) => el('option', { value: uid }, name[language])),
  );
  const form = el(
    'form',
    { class: 'search-form', role: 'search', part: 'form', autocomplete: 'off' },
    el('label', { class: 'visually-hidden', for: 'q' }, t.ask),
    el('div', { class: 'box', part: 'box' }, icon(LENS, 'icon lens'), input, clear, voice, keys),
    collection,
    keyboardPlace,
    // Below the keyboard, which it would cover.
    completions,
  );
  return { form, input, clear, voice, keys, keyboardPlace, completions, collection };
}

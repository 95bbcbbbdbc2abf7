/** Completions under the search box: the ARIA pattern "combobox with list autocomplete", by keyboard and by mouse. */
import type { Completion } from './api.js';
import { directionOf } from './direction.js';
import { el } from './dom.js';
import { Latest } from './latest.js';

/** Milliseconds of silence before a keystroke becomes a question. */
const DEBOUNCE = 100;

interface Wishes {
  readonly ask: (typed: string, signal: AbortSignal) => Promise<readonly Completion[]>;
  readonly choose: (text: string) => void;
}

/** The list and the field know each other by `aria-controls`. `close` also forgets what is still being asked. */
export function startCompletions(input: HTMLInputElement, list: HTMLElement, { ask, choose }: Wishes): { close(): void } {
  const asking = new Latest();
  let debounce: ReturnType<typeof setTimeout> | undefined;
  let texts: readonly string[] = [];
  /** Index of the option that the arrow keys are on; -1 while they are on none, as at first. */
  let active = -1;

  const isOpen = () => !list.hidden;

  function close(): void {
    clearTimeout(debounce);
    asking.cancel();
    draw([]);
  }

  function draw(found: readonly Completion[]): void {
    texts = found.map(({ text }) => text);
    list.replaceChildren(...found.map(optionView));
    list.hidden = found.length === 0;
    input.setAttribute('aria-expanded', String(isOpen()));
    activate(-1);
  }

  function activate(next: number): void {
    active = next;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(index === active));
      if (index === active) option.scrollIntoView({ block: 'nearest' });
    }
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', optionId(active));
  }

  async function open(): Promise<void> {
    clearTimeout(debounce);
    const turn = asking.begin();
    const typed = input.value;
    // Whatever goes wrong here: the reader can search all the same, and the search says what is wrong.
    const found = await ask(typed, turn.signal).catch(() => []);
    if (!turn.isCurrent() || document.activeElement !== input) return;
    draw(found.filter(({ text }) => text !== typed.trim()));
  }

  function onInput(): void {
    if (input.value.trim() === '') {
      close();
      return;
    }
    clearTimeout(debounce);
    // What is under way was for an older text.
    asking.cancel();
    debounce = setTimeout(() => void open(), DEBOUNCE);
  }

  function onArrow(step: 1 | -1): void {
    if (!isOpen()) {
      if (input.value.trim() !== '') void open().then(() => isOpen() && activate(step === 1 ? 0 : texts.length - 1));
      return;
    }
    // One place more than there are options: the field itself, between the last and the first.
    const places = texts.length + 1;
    activate(((active + 1 + step + places) % places) - 1);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const text = texts[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') onArrow(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Escape' && isOpen()) close();
    else if (event.key === 'Enter' && text !== undefined) {
      close();
      choose(text);
    } else return;
    event.preventDefault();
    // An Escape that closes the list shall not empty the field too.
    event.stopPropagation();
  }

  input.addEventListener('input', onInput);
  input.addEventListener('keydown', onKey);
  input.addEventListener('blur', close);
  // The focus stays in the field.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    const text = option === null ? undefined : texts[[...list.children].indexOf(option)];
    if (text === undefined) return;
    close();
    choose(text);
  });
  return { close };
}

const optionId = (index: number): string => `completion-${index}`;

const optionView = ({ text, kind }: Completion, index: number): HTMLElement =>
  el(
    'div',
    { id: optionId(index), role: 'option', 'aria-selected': 'false' },
    el('bdi', { dir: directionOf(text) }, text),
    kind === 'title' ? el('span', { class: 'kind' }, 'مضمون') : undefined,
  );

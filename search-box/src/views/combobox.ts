/** The list under the search box: the ARIA pattern "combobox with list autocomplete", by keyboard and by mouse. */
import { Latest } from '../client/latest.js';
import type { Completion } from '../model/answer.js';
import type { Locale } from '../text/locale.js';
import { el } from './dom.js';
import { isolated } from './prose.js';

/** Milliseconds of silence before a keystroke becomes a question. */
const DEBOUNCE = 100;

export interface Option {
  readonly text: string;
  readonly kind: Completion['kind'] | 'recent' | 'erase';
}

interface Wishes {
  readonly ask: (typed: string, signal: AbortSignal) => Promise<readonly Option[]>;
  /** What an empty field offers. */
  readonly recent: () => readonly Option[];
  readonly choose: (option: Option) => void;
  /** Says it to who cannot see the list. */
  readonly announce: (text: string) => void;
}

export class Combobox {
  readonly #asking = new Latest();
  #debounce: ReturnType<typeof setTimeout> | undefined;
  /** From the keystroke on until its suggestions are there. */
  #isAwaited = false;
  #options: readonly Option[] = [];
  /** Index of the option that the arrow keys are on; -1 while they are on none, as at first. */
  #active = -1;

  /** The list and the field know each other by `aria-controls`. */
  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly locale: Locale,
    private readonly wishes: Wishes,
  ) {
    input.addEventListener('input', () => this.#onInput());
    input.addEventListener('keydown', (event) => this.#onKey(event));
    input.addEventListener('blur', () => this.close());
    input.addEventListener('click', () => this.#offerRecent());
    // The focus stays in the field.
    list.addEventListener('mousedown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (option !== null) this.#choose([...this.list.children].indexOf(option));
    });
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** Also forgets what is still being asked. */
  close(): void {
    clearTimeout(this.#debounce);
    this.#asking.cancel();
    this.#isAwaited = false;
    if (this.isOpen) this.#draw([]);
  }

  #draw(options: readonly Option[]): void {
    this.#options = options;
    this.list.replaceChildren(...options.map((option, index) => optionView(option, index, this.locale)));
    this.list.hidden = options.length === 0;
    this.input.setAttribute('aria-expanded', String(this.isOpen));
    this.#activate(-1);
    if (this.isOpen) {
      const { t, number } = this.locale;
      const count = options.filter(({ kind }) => kind !== 'erase').length;
      this.wishes.announce(t.options(number(count), count === 1));
    }
  }

  #activate(next: number): void {
    this.#active = next;
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute('aria-selected', String(index === next));
      if (index === next) option.scrollIntoView({ block: 'nearest' });
    }
    if (next < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', optionId(next));
  }

  async #open(): Promise<void> {
    clearTimeout(this.#debounce);
    const turn = this.#asking.begin();
    this.#isAwaited = true;
    const typed = this.input.value;
    // Whatever goes wrong here: the reader can search all the same, and the search says what is wrong.
    const found = await this.wishes.ask(typed, turn.signal).catch(() => []);
    if (!turn.isCurrent()) return;
    this.#isAwaited = false;
    if (this.input.matches(':focus')) this.#draw(found.filter(({ text }) => text !== typed.trim()));
  }

  #offerRecent(): void {
    if (this.input.value.trim() === '' && !this.isOpen) this.#draw(this.wishes.recent());
  }

  #onInput(): void {
    this.close();
    if (this.input.value.trim() === '') return;
    this.#isAwaited = true;
    this.#debounce = setTimeout(() => void this.#open(), DEBOUNCE);
  }

  #onArrow(step: 1 | -1): void {
    if (!this.isOpen) {
      const first = () => this.isOpen && this.#activate(step === 1 ? 0 : this.#options.length - 1);
      if (this.input.value.trim() !== '') void this.#open().then(first);
      else {
        this.#offerRecent();
        first();
      }
      return;
    }
    // One place more than there are options: the field itself, between the last and the first.
    const places = this.#options.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#onArrow(event.key === 'ArrowDown' ? 1 : -1);
    // Escape closes first and clears second; a list that is on its way too: who wants none of it must not lose the query.
    else if (event.key === 'Escape' && (this.isOpen || this.#isAwaited)) this.close();
    else if (event.key === 'Enter' && this.#active >= 0) this.#choose(this.#active);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #choose(index: number): void {
    const option = this.#options[index];
    if (option === undefined) return;
    this.close();
    this.wishes.choose(option);
  }
}

const optionId = (index: number): string => `completion-${index}`;

function optionView({ text, kind }: Option, index: number, { t }: Locale): HTMLElement {
  const hint = kind === 'title' ? t.title : kind === 'recent' ? t.recent : undefined;
  return el(
    'div',
    { id: optionId(index), role: 'option', class: kind, part: 'option', 'aria-selected': 'false' },
    kind === 'erase' ? text : isolated(text),
    hint === undefined ? undefined : el('span', { class: 'kind' }, hint),
  );
}

/** What happens in the search box: typing, suggestions, recent searches, the keyboard on the screen, voice. */
import type { Client } from './client/client.js';
import type { Preferences } from './device/preferences.js';
import { Recent } from './device/recent.js';
import { memory } from './device/storage.js';
import { listen } from './device/voice.js';
import type { Frame } from './frame.js';
import { type Asked, onPage, writeUrl } from './model/asked.js';
import { directionOf } from './text/direction.js';
import type { Locale } from './text/locale.js';
import { Combobox, type Option } from './views/combobox.js';
import { keyboardView, typeUrduIn } from './views/keyboard.js';

/** Milliseconds: keystrokes that follow each other faster become one search, when the last of them is over. One behind a longer pause is searched for at once. */
const DEBOUNCE = 80;
/** Milliseconds after which a query that was being typed counts as meant, and becomes a step to go back to. */
const MEANT_AFTER = 1500;

interface Wishes {
  readonly client: Client;
  readonly asked: () => Asked;
  readonly uid: () => string;
  readonly preferences: () => Preferences;
  readonly prefer: (part: Partial<Preferences>) => void;
  readonly say: (text: string) => void;
  readonly type: (next: Asked, how: 'push' | 'replace') => void;
  /** The same words were sent off once more. */
  readonly searchedAgain: () => void;
}

export class BoxControls {
  readonly #recent = new Recent(memory(() => localStorage, 'justuju.recent'));
  readonly #combobox: Combobox;
  /** Set while the last keystroke has not become a search yet. */
  #debounce: ReturnType<typeof setTimeout> | undefined;
  #lastKey = Number.NEGATIVE_INFINITY;
  #meant: ReturnType<typeof setTimeout> | undefined;
  /** While the reader types, the address is replaced; the first keystroke after something meant adds a step. */
  #isTyping = false;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly frame: Frame,
    private readonly locale: Locale,
    private readonly wishes: Wishes,
  ) {
    const { input, completions, form, clear, keys, voice } = frame;
    this.#combobox = new Combobox(input, completions, locale, {
      ask: (typed, signal) => wishes.client.suggest(wishes.uid(), typed, signal),
      recent: () => this.#recentOptions(),
      choose: (option) => this.#choose(option),
      announce: wishes.say,
    });
    typeUrduIn(input, () => (wishes.preferences().typesUrdu ? wishes.preferences().layout : undefined));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.searchNow();
    });
    input.addEventListener('input', () => this.#onInput());
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || input.value === '' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      this.#clear();
    });
    clear.addEventListener('click', () => this.#clear());
    keys.addEventListener('click', () => this.#toggleKeyboard(frame.keyboardPlace.childElementCount === 0));
    voice.addEventListener('click', () => this.#toggleVoice());
  }

  stop(): void {
    this.settle();
    this.#stopListening?.();
  }

  /** Whatever was being typed is decided. */
  settle(): void {
    clearTimeout(this.#debounce);
    this.#debounce = undefined;
    clearTimeout(this.#meant);
    this.#isTyping = false;
    this.#combobox.close();
  }

  /** The search ended in trouble, and the way out stands where the suggestions would. Not if other words are about to be searched. */
  giveWay(): void {
    if (this.#debounce === undefined) this.#combobox.close();
  }

  /** Goes on with words that were typed into the box before this one. */
  resume(typed: string): void {
    this.frame.input.value = typed;
    if (typed !== this.wishes.asked().q) this.#onInput();
  }

  sync(next: Asked): void {
    const { input } = this.frame;
    // Not while it says the same: the caret would jump. And not while something newer stands in it.
    const isNewer = this.#debounce !== undefined || (this.#isTyping && input.matches(':focus'));
    if (input.value !== next.q && !isNewer) input.value = next.q;
    this.#fit();
  }

  /** For what is in the field, which is meant: no waiting for more. */
  searchNow(): void {
    const wasTyping = this.#isTyping;
    this.settle();
    const asked = this.wishes.asked();
    const next = onPage({ ...asked, q: this.frame.input.value, exact: false }, 1);
    this.#recent.add(next.q);
    if (writeUrl(next) !== writeUrl(asked)) this.wishes.type(next, wasTyping ? 'replace' : 'push');
    else this.wishes.searchedAgain();
  }

  /** The field by what is in it. */
  #fit(): void {
    const { input, clear } = this.frame;
    clear.hidden = input.value === '';
    input.dir = input.value === '' ? this.locale.dir : directionOf(input.value);
    input.lang = input.dir === 'ltr' ? 'en' : 'ur';
  }

  #onInput(): void {
    this.#fit();
    clearTimeout(this.#debounce);
    const now = performance.now();
    const isFirst = now - this.#lastKey > DEBOUNCE;
    this.#lastKey = now;
    if (isFirst) this.#searchTyped();
    else this.#debounce = setTimeout(() => this.#searchTyped(), DEBOUNCE);
  }

  #searchTyped(): void {
    this.#debounce = undefined;
    const { input } = this.frame;
    const asked = this.wishes.asked();
    clearTimeout(this.#meant);
    if (input.value === asked.q && asked.doc === undefined) return;
    this.wishes.type(onPage({ ...asked, q: input.value, exact: false }, 1), this.#isTyping ? 'replace' : 'push');
    this.#isTyping = true;
    this.#meant = setTimeout(() => {
      this.#isTyping = false;
      this.#recent.add(input.value);
    }, MEANT_AFTER);
  }

  #clear(): void {
    this.frame.input.value = '';
    this.#combobox.close();
    this.frame.input.focus();
    this.#onInput();
  }

  #choose({ text, kind }: Option): void {
    if (kind === 'erase') {
      this.#recent.erase();
      this.wishes.say(this.locale.t.forgotten);
      return;
    }
    this.frame.input.value = text;
    this.searchNow();
  }

  #recentOptions(): Option[] {
    const recent = this.#recent.all().map((text): Option => ({ text, kind: 'recent' }));
    return recent.length === 0 ? [] : [...recent, { text: this.locale.t.forget, kind: 'erase' }];
  }

  #toggleKeyboard(isOpen: boolean): void {
    const { keys, keyboardPlace, input } = this.frame;
    keys.setAttribute('aria-expanded', String(isOpen));
    const { layout, typesUrdu } = this.wishes.preferences();
    const choose = (name: Preferences['layout']): void => {
      this.wishes.prefer({ layout: name });
      this.#toggleKeyboard(true);
      keyboardPlace.querySelector<HTMLElement>('#layout')?.focus();
    };
    const typeUrdu = (is: boolean): void => this.wishes.prefer({ typesUrdu: is });
    keyboardPlace.replaceChildren(...(isOpen ? [keyboardView(input, this.locale, { layout, typesUrdu, choose, typeUrdu })] : []));
    if (isOpen) input.focus();
  }

  #toggleVoice(): void {
    const { voice, input } = this.frame;
    if (this.#stopListening !== undefined) {
      this.#stopListening();
      return;
    }
    const { t } = this.locale;
    voice.setAttribute('aria-pressed', 'true');
    this.wishes.say(t.listening);
    this.#stopListening = listen('ur-PK', {
      heard: (text, isFinal) => {
        input.value = text;
        this.#fit();
        if (isFinal) this.searchNow();
      },
      ended: (hasHeard) => {
        this.#stopListening = undefined;
        voice.setAttribute('aria-pressed', 'false');
        if (!hasHeard) this.wishes.say(t.notHeard);
      },
    });
  }
}

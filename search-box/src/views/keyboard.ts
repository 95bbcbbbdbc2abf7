/** An Urdu keyboard on the screen, for who has none. It writes where the caret is, and the field keeps the focus. */
import { KEYS, type Key, LAYOUTS, type LayoutName, urduFor } from '../device/keyboard-layouts.js';
import type { Locale } from '../text/locale.js';
import { button, el } from './dom.js';

const ZWNJ = '\u200C';
/** DOTTED CIRCLE: what a mark is shown on. */
const CIRCLE = '\u25CC';

interface Wishes {
  readonly layout: LayoutName;
  readonly typesUrdu: boolean;
  readonly choose: (layout: LayoutName) => void;
  readonly typeUrdu: (is: boolean) => void;
}

export function keyboardView(input: HTMLInputElement, { t }: Locale, { layout, typesUrdu, choose, typeUrdu }: Wishes): HTMLElement {
  let isShifted = false;
  const shift = button(t.shift, () => set(!isShifted), { class: 'wide', 'aria-pressed': 'false' });
  const keys = KEYS[layout].map((row) => row.map((key) => ({ key, made: button('', () => press(key)) })));
  const rows = keys.map((row) => el('div', { class: 'keys' }, ...row.map(({ made }) => made)));
  const set = (is: boolean): void => {
    isShifted = is;
    shift.setAttribute('aria-pressed', String(is));
    for (const { key, made } of keys.flat()) label(made, key, is);
  };
  const press = ([, plain, shifted]: Key): void => {
    write(input, isShifted ? shifted : plain);
    set(false);
  };
  rows.push(
    el(
      'div',
      { class: 'keys' },
      shift,
      button(t.halfSpace, () => write(input, ZWNJ), { class: 'wide' }),
      button(t.space, () => write(input, ' '), { class: 'space' }),
      button('⌫', () => erase(input), { class: 'wide', 'aria-label': t.backspace }),
    ),
  );
  set(false);
  const view = el('div', { class: 'keyboard', id: 'keyboard', role: 'group', 'aria-label': t.keyboard, part: 'keyboard' });
  view.append(...rows, options());
  // A click would take the focus from the field, and a phone would put its own keyboard away.
  view.addEventListener('mousedown', (event) => {
    if (event.target instanceof Element && event.target.closest('.keys') !== null) event.preventDefault();
  });
  return view;

  function options(): HTMLElement {
    const select = el(
      'select',
      { id: 'layout' },
      ...LAYOUTS.map((name) => el('option', { value: name, selected: name === layout }, t[name])),
    );
    select.addEventListener('change', () => choose(select.value === 'standard' ? 'standard' : 'phonetic'));
    const box = el('input', { type: 'checkbox', id: 'types-urdu', checked: typesUrdu });
    box.addEventListener('change', () => typeUrdu(box.checked));
    return el(
      'div',
      { class: 'keyboard-options' },
      el('label', { for: 'layout' }, el('span', {}, t.keyboardLayout), select),
      el('label', { for: 'types-urdu' }, box, el('span', {}, t.typeUrdu)),
    );
  }
}

function label(made: HTMLButtonElement, [latin, plain, shifted]: Key, isShifted: boolean): void {
  const letter = isShifted ? shifted : plain;
  made.replaceChildren(
    el('span', { lang: 'ur' }, /^\p{M}$/u.test(letter) ? CIRCLE + letter : letter),
    el('kbd', { 'aria-hidden': 'true', lang: 'en' }, latin),
  );
}

/** In place of what is selected, as a key does. */
export function write(input: HTMLInputElement, text: string): void {
  input.focus();
  input.setRangeText(text, input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length, 'end');
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

function erase(input: HTMLInputElement): void {
  const end = input.selectionEnd ?? input.value.length;
  const start = input.selectionStart ?? end;
  if (start === end && start > 0) input.setSelectionRange(start - 1, end);
  write(input, '');
}

/** Writes Urdu letters for the Latin ones that are typed, while `layout()` names a layout. */
export function typeUrduIn(input: HTMLInputElement, layout: () => LayoutName | undefined): void {
  input.addEventListener('beforeinput', (event) => {
    const name = layout();
    if (name === undefined || event.inputType !== 'insertText' || event.isComposing) return;
    const letter = urduFor(event.data ?? '', name);
    if (letter === undefined) return;
    event.preventDefault();
    write(input, letter);
  });
}

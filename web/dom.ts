/** Building the page from text nodes and elements. Nothing in web/ may parse a string as HTML. */
import { directionOf } from './direction.js';
import { plain, type Segment, segments } from './marks.js';

export type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** `true` sets an attribute without a value; `undefined` and `false` leave it out. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A link that works by itself (new tab, copying), and goes through `onFollow` on a plain click. */
export function link(href: string, onFollow: () => void, attributes: Attributes, ...children: readonly Child[]): HTMLAnchorElement {
  const made = el('a', { href, ...attributes }, ...children);
  made.addEventListener('click', (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onFollow();
  });
  return made;
}

export const markedNodes = (found: readonly Segment[]): Child[] => found.map(({ text, marked }) => (marked ? el('mark', {}, text) : text));

/** Marked text with the direction of its letters. */
export const marked = (formatted: string): { dir: string; nodes: Child[] } => ({
  dir: directionOf(plain(formatted)),
  nodes: markedNodes(segments(formatted)),
});

/** An element that `index.html` promises. */
export function need<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`index.html has no ${type.name} at "${selector}"`);
}

/** Elements from names, attributes and texts. Nothing here reads a string as HTML. */
export type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | number | undefined>>;

/** `true` sets an attribute without a value; `undefined` and `false` leave it out. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : String(value));
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** A text of readers or articles: in its own direction, whatever the page's. */
export const words = (text: string, name: 'bdi' | 'span' | 'strong' = 'bdi'): HTMLElement => el(name, { dir: 'auto' }, text);

/** A field with its label around it. */
export const field = (label: string, input: HTMLElement): HTMLLabelElement => el('label', {}, label, input);

export function need<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`editor.html has no ${type.name} at "${selector}"`);
}

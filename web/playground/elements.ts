/** Building the page from text nodes and elements. Nothing here parses a string as HTML. */

type Child = Node | string;

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Text with the direction of its own letters, whatever stands around it. */
export const isolated = (text: string): HTMLElement => el('bdi', {}, text);

/** A table whose first column names its rows. */
export function table(heads: readonly string[], rows: readonly (readonly Child[])[]): HTMLTableElement {
  const head = el('tr', {}, ...heads.map((text) => el('th', { scope: 'col' }, text)));
  const body = rows.map(([first = '', ...others]) =>
    el('tr', {}, el('th', { scope: 'row' }, first), ...others.map((cell) => el('td', {}, cell))),
  );
  return el('table', {}, el('thead', {}, head), el('tbody', {}, ...body));
}

/** An element that `playground.html` promises. */
export function need<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`playground.html has no ${type.name} at "${selector}"`);
}

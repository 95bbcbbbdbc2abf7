import { parseHTML } from 'linkedom';

/** As much of the document object model as is used here; the compiler's own would bring a browser's names into every file. */
export interface DomNode {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DomNode>;
}

export interface DomElement extends DomNode {
  readonly tagName: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  remove(): void;
}

export interface DomDocument {
  readonly body: DomElement;
  readonly title: string;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

/** Any text is a document: what is wrong with it is mended as browsers do. */
export const parseDocument = (html: string): DomDocument => (parseHTML(html) as unknown as { readonly document: DomDocument }).document;

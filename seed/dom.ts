let linkedom: typeof import('linkedom') | undefined;

/** To be waited for before `parseDocument`. Loaded when the first markup comes: it takes a fifth of a second and 20 MB, in each thread. */
export async function loadDom(): Promise<void> {
  linkedom ??= await import('linkedom');
}

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
  closest(selector: string): DomElement | null;
  remove(): void;
  outerHTML: string;
}

export interface DomDocument {
  readonly body: DomElement;
  readonly title: string;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

/** Any text is a document: what is wrong with it is mended as browsers do. */
export function parseDocument(html: string): DomDocument {
  if (linkedom === undefined) throw new Error('loadDom() comes before parseDocument()');
  return (linkedom.parseHTML(withBody(html)) as unknown as { readonly document: DomDocument }).document;
}

/** Browsers see a body where none is written: in tables that are called Excel, in pages that were written by hand. */
function withBody(html: string): string {
  if (/<body[\s>]/i.test(html)) return html;
  const [start = '', head = ''] =
    /^\s*(?:<!--[\s\S]*?-->\s*)*(?:<!doctype[^>]*>\s*)?(?:<html[^>]*>)?\s*(<head[\s>][\s\S]*?<\/head>)?/i.exec(html) ?? [];
  return `<!doctype html><html>${head}<body>${html.slice(start.length).replace(/<\/html>\s*$/i, '')}</body></html>`;
}

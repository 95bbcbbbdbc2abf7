import { SaxesParser } from 'saxes';

/** What a Word document holds and does not show as its text: hidden words, and the signs that lead to notes and comments. It is cut out of the XML, since the program that reads Word tells nothing of it. */

/** Signs of notes and comments: without them what they lead to is not read. */
const NOTE = new Set(['w:footnoteReference', 'w:endnoteReference', 'w:commentReference']);

/** Where a sign hides what it stands in: `<w:vanish/>`, but not `<w:vanish w:val="0"/>`, which shows what a style hides. */
const hides = (value: string | undefined): boolean => !/^(?:0|false|off)$/i.test(value ?? '');

/** An element that is open, as far as it is about hiding. */
interface Open {
  readonly name: string;
  /** Where it begins in the document. */
  readonly start: number;
  /** Undefined: neither it nor a style of it says so. */
  hidden: boolean | undefined;
}

/** Calls `onClose` with each element and what it stands in, in the order of their ends. */
function walk(
  xml: string,
  onOpen: (element: Open, attributes: Readonly<Record<string, string>>, above: readonly Open[]) => void,
  onClose: (element: Open, end: number, above: readonly Open[]) => void,
): void {
  const parser = new SaxesParser();
  const stack: Open[] = [];
  // What is wrong in it is told by the program that reads the whole.
  parser.on('error', () => undefined);
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = { name, start: xml.lastIndexOf('<', parser.position - 1), hidden: undefined };
    onOpen(element, attributes, stack);
    stack.push(element);
  });
  parser.on('closetag', () => {
    const element = stack.pop();
    if (element !== undefined) onClose(element, parser.position, stack);
  });
  parser.write(xml).close();
}

/** The names of styles that hide what is set in them, also by the style that they are based on. */
export function hiddenStyles(xml: string): ReadonlySet<string> {
  const own = new Map<string, boolean>();
  const bases = new Map<string, string>();
  let id = '';
  walk(
    xml,
    ({ name }, attributes, above) => {
      if (name === 'w:style') id = attributes['w:styleId'] ?? '';
      if (name === 'w:basedOn') bases.set(id, attributes['w:val'] ?? '');
      if (name === 'w:vanish' && above.at(-1)?.name === 'w:rPr' && above.at(-2)?.name === 'w:style')
        own.set(id, hides(attributes['w:val']));
    },
    () => undefined,
  );
  const isHidden = (style: string, seen: readonly string[] = []): boolean => {
    const base = bases.get(style);
    return own.get(style) ?? (base !== undefined && !seen.includes(base) && isHidden(base, [...seen, style]));
  };
  return new Set([...own.keys(), ...bases.keys()].filter((style) => isHidden(style)));
}

/** The document without hidden runs of words. A run that says it is shown stays, whatever its style. */
export function withoutHidden(xml: string, styles: ReadonlySet<string>): string {
  const cuts: { readonly start: number; readonly end: number }[] = [];
  walk(
    xml,
    ({ name }, attributes, above) => {
      const [run, paragraph] = [above.at(-2), above.findLast((element) => element.name === 'w:p')];
      const value = attributes['w:val'];
      if (name === 'w:vanish' && above.at(-1)?.name === 'w:rPr' && run?.name === 'w:r') run.hidden = hides(value);
      if (name === 'w:rStyle' && run?.name === 'w:r' && styles.has(value ?? '')) run.hidden ??= true;
      if (name === 'w:pStyle' && paragraph !== undefined && styles.has(value ?? '')) paragraph.hidden = true;
    },
    ({ name, start, hidden }, end, above) => {
      const isHidden = name === 'w:r' && (hidden ?? above.findLast((element) => element.name === 'w:p')?.hidden) === true;
      if (isHidden || NOTE.has(name)) cuts.push({ start, end });
    },
  );
  let text = '';
  let at = 0;
  for (const { start, end } of cuts.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    text += xml.slice(at, start);
    at = end;
  }
  return text + xml.slice(at);
}

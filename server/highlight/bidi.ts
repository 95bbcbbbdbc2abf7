/**
 * Bidi controls of a text, so that none of them changes the direction of what stands around a snippet.
 * An embedding, override or isolate lasts to its closing control or to the end of the paragraph (UAX #9); a snippet cut inside
 * one would turn the rest of the reader's page around.
 */

/** LRE RLE PDF LRO RLO, LRI RLI FSI PDI. The marks (LRM, RLM, ALM) open nothing. */
const CONTROL = /[\u202A-\u202E\u2066-\u2069]/;
const PDF = '\u202C';
const PDI = '\u2069';
const ISOLATES = '\u2066\u2067\u2068';
const isControl = (unit: number): boolean => (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069);
/** What ends a paragraph, and with it all that is open (Bidi_Class B): line breaks and separators. */
const endsParagraph = (unit: number): boolean =>
  unit === 0x0a || unit === 0x0d || (unit >= 0x1c && unit <= 0x1e) || unit === 0x85 || unit === 0x2029;

export interface Balance {
  /** Controls that are open where the stretch begins: put before it they make it read as it does in its text. */
  readonly before: string;
  /** What closes all that is still open at its end. */
  readonly after: string;
  /** Offsets of closing controls that close nothing. */
  readonly stray: readonly number[];
  /** Offsets of paragraph ends inside the stretch, with what closes all that is open there. HTML shows them as spaces, which close nothing. */
  readonly closings: readonly { readonly at: number; readonly text: string }[];
}

const NOTHING: Balance = { before: '', after: '', stray: [], closings: [] };

/** What is needed around `text.slice(start, end)` to keep its controls to itself. One pass from the start of the paragraph. */
export function balance(text: string, start: number, end: number): Balance {
  if (!CONTROL.test(text)) return NOTHING;
  const paragraph = paragraphStart(text, start);
  const stray: number[] = [];
  const closings: { at: number; text: string }[] = [];
  const open = new Open();
  let before = '';
  for (let at = paragraph; at < end; at += 1) {
    if (at === start) before = open.toString();
    const unit = text.charCodeAt(at);
    if (endsParagraph(unit)) {
      if (at >= start && !open.isEmpty) closings.push({ at, text: open.closing() });
      open.clear();
    } else if (isControl(unit) && !open.step(text.charAt(at)) && at >= start) stray.push(at);
  }
  if (start === end) before = '';
  return { before, after: start === end ? '' : open.closing(), stray, closings };
}

/** What is open, outermost first. */
class Open {
  private openers: string[] = [];
  /** How many of them are isolates: without any, a PDI need not look for one. */
  private isolates = 0;

  get isEmpty(): boolean {
    return this.openers.length === 0;
  }

  clear(): void {
    this.openers = [];
    this.isolates = 0;
  }

  /** Opens or closes; false for a control that closes nothing. */
  step(control: string): boolean {
    if (control === PDI) {
      if (this.isolates === 0) return false;
      // Closes the isolate and the embeddings left open in it.
      while (!ISOLATES.includes(this.openers.pop() ?? PDI));
      this.isolates -= 1;
    } else if (control === PDF) {
      const opener = this.openers.at(-1);
      // Does not reach out of an isolate.
      if (opener === undefined || ISOLATES.includes(opener)) return false;
      this.openers.pop();
    } else {
      this.openers.push(control);
      if (ISOLATES.includes(control)) this.isolates += 1;
    }
    return true;
  }

  closing(): string {
    return this.openers
      .toReversed()
      .map((opener) => (ISOLATES.includes(opener) ? PDI : PDF))
      .join('');
  }

  toString(): string {
    return this.openers.join('');
  }
}

function paragraphStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && !endsParagraph(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

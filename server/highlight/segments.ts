/** A marked text or snippet for front ends: as a list of segments, or as HTML that is safe to put into a page. */
import { type Balance, balance } from './bidi.js';
import { ltrRuns } from './runs.js';
import type { Span } from './span.js';

export interface Segment extends Span {
  readonly text: string;
  readonly marked: boolean;
}

const whole = (text: string): Span => ({ start: 0, end: text.length });

/** The text (or the part of it in `window`) cut at the marks. Never empty segments; together they are the text, to the code unit. */
export function toSegments(text: string, marks: readonly Span[], window: Span = whole(text)): Segment[] {
  const segments: Segment[] = [];
  const add = (start: number, end: number, marked: boolean): void => {
    if (end > start) segments.push({ start, end, text: text.slice(start, end), marked });
  };
  let at = window.start;
  for (const { start, end } of marks) {
    if (start < window.start || end > window.end) continue;
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, window.end, false);
  return segments;
}

export interface HtmlOptions {
  /** Around each mark: one element with at most a class. Anything else is not used, and `<mark>` stands instead. */
  readonly tags?: readonly [open: string, close: string];
  /** Keeps Latin words and numbers in their order by `<bdi dir="ltr">`. Default: true. */
  readonly isolate?: boolean;
  /** The snippet; default: the whole text. */
  readonly window?: Span;
}

/** Elements that mark and nothing else: no `a`, no `script`. */
const SAFE_TAG = /^<(mark|em|strong|b|i|u|span|ais-highlight|ais-snippet)( class="[\w\- ]*")?>$/;
const DEFAULT_TAGS = ['<mark>', '</mark>'] as const;

function safeTags(tags: HtmlOptions['tags']): readonly [string, string] {
  const name = tags === undefined ? undefined : SAFE_TAG.exec(tags[0])?.[1];
  return tags !== undefined && name !== undefined && tags[1] === `</${name}>` ? tags : DEFAULT_TAGS;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/**
 * HTML for any text and any tags. Without its tags and entities it is the text again, but for bidi controls: those that would act
 * on the page around it are closed or dropped. A mark that begins or ends inside a left-to-right run is cut at the run's edge.
 */
export function toHtml(text: string, marks: readonly Span[], { tags, isolate = true, window = whole(text) }: HtmlOptions = {}): string {
  const [open, close] = safeTags(tags);
  const balanced = balance(text, window.start, window.end);
  const clean = cleaner(text, balanced);
  const put = (span: Span): string => escapeHtml(clean(span));
  const segments = toSegments(text, marks, window);
  const pieces = isolate
    ? isolated(segments, ltrRuns(text.slice(window.start, window.end)), window.start)
    : segments.map((segment) => [segment]);
  return balanced.before + pieces.map((piece) => writePiece(piece, put, open, close)).join('') + balanced.after;
}

/** A stretch that lies in a run, or in none. */
interface Piece extends Span {
  readonly marked: boolean;
  readonly inRun?: boolean;
}

/** Pieces of one mark, or of one run, or neither, in reading order. */
type Group = readonly Piece[];

const isRunOnly = (group: Group): boolean => group.every(({ inRun }) => inRun);

function writePiece(group: Group, put: (span: Span) => string, open: string, close: string): string {
  if (isRunOnly(group)) {
    const inside = group.map((piece) => (piece.marked ? open + put(piece) + close : put(piece))).join('');
    return `<bdi dir="ltr">${inside}</bdi>`;
  }
  const inside = group.map((piece) => (piece.inRun ? `<bdi dir="ltr">${put(piece)}</bdi>` : put(piece))).join('');
  return group[0]?.marked ? open + inside + close : inside;
}

/** Cuts segments at the edges of runs, and groups the pieces so that elements nest: marks around whole runs, runs around parts of marks. */
function isolated(segments: readonly Segment[], runs: readonly Span[], offset: number): Group[] {
  const groups: Piece[][] = [];
  let r = 0;
  for (const { start, end, marked } of segments) {
    let group: Piece[] = [];
    let at = start;
    const flush = (): void => {
      if (group.length > 0) groups.push(group);
      group = [];
    };
    while (at < end) {
      while (r < runs.length && (runs[r] as Span).end + offset <= at) r += 1;
      const run = runs[r];
      const runStart = run === undefined ? end : run.start + offset;
      const runEnd = run === undefined ? end : run.end + offset;
      if (runStart > at) {
        group.push({ start: at, end: Math.min(runStart, end), marked });
        at = Math.min(runStart, end);
        continue;
      }
      const stop = Math.min(runEnd, end);
      const piece: Piece = { start: at, end: stop, marked, inRun: true };
      if (runStart >= start && runEnd <= end && marked) group.push(piece);
      else {
        // The run reaches over the mark, or is not marked: it is the outer element.
        flush();
        const last = groups.at(-1);
        const goesOn = at > runStart && last !== undefined && isRunOnly(last);
        if (goesOn) last.push(piece);
        else groups.push([piece]);
      }
      at = stop;
    }
    flush();
  }
  return groups;
}

/**
 * Writes stretches of a text without what would act on the page around it. Stretches come in reading order, so each edit is looked
 * at once.
 */
function cleaner(text: string, { stray, closings }: Balance): (span: Span) => string {
  if (stray.length === 0 && closings.length === 0) return ({ start, end }) => text.slice(start, end);
  const edits = [...stray.map((at) => ({ at, text: '', skip: 1 })), ...closings.map((closing) => ({ ...closing, skip: 0 }))].toSorted(
    (a, b) => a.at - b.at,
  );
  let next = 0;
  return ({ start, end }) => {
    let shown = '';
    let at = start;
    for (let edit = edits[next]; edit !== undefined && edit.at < end; edit = edits[next]) {
      shown += text.slice(at, edit.at) + edit.text;
      at = edit.at + edit.skip;
      next += 1;
    }
    return shown + text.slice(at, end);
  };
}

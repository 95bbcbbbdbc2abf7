/** `_formatted` and `_matchesPosition`, in the shape of Meilisearch 1.21 for every kind of value (compared with the real one). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Token } from '@justuju/urdu';
import { Analyses, isLong } from './analyses.js';
import { balance } from './bidi.js';
import { cropWindow } from './crop.js';
import type { Matcher } from './match.js';
import { type BytePosition, bytePositions } from './positions.js';
import type { Match, Span } from './span.js';

/** What the caller asked to be shown, in Meilisearch's terms. */
export interface FormatOptions {
  /** Attributes to mark; `*` stands for all. */
  readonly highlight: readonly string[];
  /** Attribute → number of words to keep, 0 for all; `*` stands for all attributes. */
  readonly crop: ReadonlyMap<string, number>;
  readonly preTag: string;
  readonly postTag: string;
  readonly cropMarker: string;
  readonly showMatchesPosition: boolean;
  /** Attributes that `_formatted` holds besides the marked and cropped ones: those retrieved. Default: all. */
  readonly retrieve?: readonly string[] | undefined;
  /** Top-level fields of the index. When it has none of those to be marked or cropped, there is no `_formatted`. Default: those of the document. */
  readonly fields?: readonly string[] | undefined;
}

export interface Formatted {
  readonly formatted?: Record<string, unknown>;
  readonly positions?: Record<string, BytePosition[]>;
}

type Document = Readonly<Record<string, unknown>>;

const analyses = new Analyses();

/** Texts, in code units, that are formatted in one turn of the event loop: 10 to 20 ms of work, in whatever hits they are. */
const ONE_TURN = 131_072;
let inThisTurn = 0;

/**
 * Marks and crops a document, which itself is not changed. At once for ordinary sizes; a promise for a long text, which is analysed
 * in pieces, and when this turn of the event loop has done its share: others get their turn in between.
 */
export function formatDocument(document: Document, options: FormatOptions, match: Matcher): Formatted | Promise<Formatted> {
  if (options.highlight.length === 0 && options.crop.size === 0 && !options.showMatchesPosition) return {};
  let size = 0;
  for (const { text, path } of textsOf(document, '')) if (isTouched(path, options)) size += text.length;
  if (inThisTurn === 0) {
    setImmediate(() => {
      inThisTurn = 0;
    });
  }
  inThisTurn += size;
  return inThisTurn <= ONE_TURN ? formatNow(document, options, match) : formatInTurns(document, options, match);
}

async function formatInTurns(document: Document, options: FormatOptions, match: Matcher): Promise<Formatted> {
  await nextTurn();
  const loaded = new Map<string, readonly Token[]>();
  for (const { text, path } of textsOf(document, ''))
    if (isLong(text) && isTouched(path, options)) loaded.set(text, await analyses.load(text));
  return formatNow(document, options, match, loaded);
}

/** All strings of a value with their paths. */
function* textsOf(value: unknown, path: string): Generator<{ text: string; path: string }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (Array.isArray(value)) for (const item of value as unknown[]) yield* textsOf(item, path);
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, below(path, key));
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The same in one go. `loaded` holds what is known of its long texts. */
export function formatNow(
  document: Document,
  options: FormatOptions,
  match: Matcher,
  loaded: ReadonlyMap<string, readonly Token[]> = new Map(),
): Formatted {
  const positions = new Map<string, BytePosition[]>();
  const context: Context = { options, match, positions, loaded };
  const formatted = wantsFormatted(document, options) ? formatFields(document, context) : undefined;
  if (formatted === undefined && options.showMatchesPosition) formatFields(document, context);
  return {
    ...(formatted === undefined || Object.keys(formatted).length === 0 ? {} : { formatted }),
    ...(options.showMatchesPosition ? { positions: Object.fromEntries(positions) } : {}),
  };
}

/** Meilisearch leaves `_formatted` out when the index has no field of the names to be marked or cropped. */
function wantsFormatted(document: Document, { highlight, crop, fields }: FormatOptions): boolean {
  const names = [...highlight, ...crop.keys()];
  if (names.length === 0) return false;
  const known = new Set([...(fields ?? []), ...Object.keys(document)]);
  return names.some((name) => name === '*' || known.has(name) || known.has(name.split('.', 1)[0] ?? name));
}

interface Context {
  readonly options: FormatOptions;
  readonly match: Matcher;
  readonly positions: Map<string, BytePosition[]>;
  readonly loaded: ReadonlyMap<string, readonly Token[]>;
}

/** All fields are looked at, for their positions; those that are shown come back. */
function formatFields(document: Document, context: Context): Record<string, unknown> {
  const { highlight, crop, retrieve } = context.options;
  const shown = retrieve === undefined || retrieve.includes('*') ? undefined : [...retrieve, ...highlight, ...crop.keys()];
  // Not by assignment: a field may be called __proto__.
  const formatted: [string, unknown][] = [];
  for (const [field, value] of Object.entries(document)) {
    const own = formatValue(value, field, [], context);
    if (shown === undefined || shown.includes('*') || isSelected(field, shown)) formatted.push([field, own]);
    else if (shown.some((name) => name.startsWith(`${field}.`))) {
      const part = selected(own, field, shown);
      if (part !== undefined) formatted.push([field, part]);
    }
  }
  return Object.fromEntries(formatted);
}

/** The parts of an object that are shown: of `author` with `author.name` asked for, only the name. Nothing of it: undefined. */
function selected(value: unknown, path: string, shown: readonly string[]): unknown {
  if (isSelected(path, shown)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => selected(item, path, shown)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (value === null || typeof value !== 'object') return undefined;
  const parts: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const part = selected(item, `${path}.${key}`, shown);
    if (part !== undefined) parts.push([key, part]);
  }
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

function formatValue(value: unknown, path: string, indices: readonly number[], context: Context): unknown {
  if (typeof value === 'string') return formatText(value, path, indices, context);
  // Meilisearch writes numbers as text here, and so must a drop-in.
  if (typeof value === 'number') return formatText(writeNumber(value), path, indices, context);
  if (Array.isArray(value)) return value.map((item, i) => formatValue(item, path, [...indices, i], context));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, formatValue(item, `${path}.${key}`, indices, context)]));
  }
  return value;
}

/** As Rust writes it: 1e21, not JavaScript's 1e+21. */
const writeNumber = (value: number): string => String(value).replace('e+', 'e');

function formatText(text: string, path: string, indices: readonly number[], { options, match, positions, loaded }: Context): string {
  const marks = isSelected(path, options.highlight);
  const length = cropLengthFor(path, options.crop) ?? 0;
  if (!marks && length === 0 && !options.showMatchesPosition) return text;
  // A text without a space in reach of so few words needs no analysis to be shown whole.
  const tokens = loaded.get(text) ?? analyses.get(text);
  const mayBeCut = length > 0 && tokens.length > length;
  if (!marks && !mayBeCut && !options.showMatchesPosition) return text;
  const matches = match(text, tokens);
  if (options.showMatchesPosition && matches.length > 0) {
    const known = positions.get(path) ?? [];
    for (const position of bytePositions(text, matches, indices)) known.push(position);
    positions.set(path, known);
  }
  if (!mayBeCut) return marks ? writeMarks(text, { start: 0, end: text.length }, matches, options) : text;
  return writeSnippet(text, cropWindow(text, tokens, matches, length), marks ? matches : [], options);
}

/**
 * A snippet is a substring of the original, to the code unit, marks aside. Where it is cut inside a bidi embedding or isolate, that
 * is opened again before it and closed behind it, on the side of the crop marker that is ours: nothing leaks, the substring is untouched.
 */
function writeSnippet(text: string, window: Span, marks: readonly Match[], options: FormatOptions): string {
  const isCutBefore = window.start > 0;
  const isCutBehind = window.end < text.length;
  const shown = writeMarks(text, window, marks, options);
  if (!isCutBefore && !isCutBehind) return shown;
  const { before, after } = balance(text, window.start, window.end);
  return (isCutBefore ? options.cropMarker : '') + before + shown + after + (isCutBehind ? options.cropMarker : '');
}

function writeMarks(text: string, { start: from, end: to }: Span, marks: readonly Match[], { preTag, postTag }: FormatOptions): string {
  let shown = '';
  let at = from;
  for (const { start, end } of marks) {
    if (start < from) continue;
    if (end > to) break;
    shown += text.slice(at, start) + preTag + text.slice(start, end) + postTag;
    at = end;
  }
  return shown + text.slice(at, to);
}

const isTouched = (path: string, { highlight, crop, showMatchesPosition }: FormatOptions): boolean =>
  showMatchesPosition || isSelected(path, highlight) || cropLengthFor(path, crop) !== undefined;

/** Whether `author.name` is meant by `author.name`, by `author`, or by `*`. */
export const isSelected = (path: string, selected: readonly string[]): boolean =>
  selected.some((name) => name === '*' || name === path || path.startsWith(`${name}.`));

/** The outermost attribute named decides, as in Meilisearch, and any before `*`. */
function cropLengthFor(path: string, crop: ReadonlyMap<string, number>): number | undefined {
  let outermost: string | undefined;
  for (const name of crop.keys())
    if (name !== '*' && isSelected(path, [name]) && name.length < (outermost?.length ?? Infinity)) outermost = name;
  return crop.get(outermost ?? '*');
}

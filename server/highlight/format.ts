/** `_formatted` and `_matchesPosition`, in the shape of Meilisearch 1.21 for every kind of value (compared with the real one). */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExactNumber } from '../json/exact-json.js';
import { sharedAnalyses as analyses, isLong } from './analyses.js';
import { balance } from './bidi.js';
import { cropWindow } from './crop.js';
import { type MarkedText, markInTurns, markNow, type Wishes, writeMarks } from './long-text.js';
import type { Matcher } from './match.js';
import type { BytePosition } from './positions.js';
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

/** Whether nothing is to be marked or cropped. */
export const isUnmarked = ({ highlight, crop, showMatchesPosition }: FormatOptions): boolean =>
  highlight.length === 0 && crop.size === 0 && !showMatchesPosition;

/** Texts, in code units, that are formatted in one turn of the event loop: 10 to 20 ms of work, in whatever hits they are. */
const ONE_TURN = 131_072;
let inThisTurn = 0;

/**
 * Marks and crops a document, which itself is not changed. At once for ordinary sizes; a promise for a long text, which is analysed
 * in pieces, and when this turn of the event loop has done its share: others get their turn in between.
 */
export function formatDocument(document: Document, options: FormatOptions, match: Matcher): Formatted | Promise<Formatted> {
  if (isUnmarked(options)) return {};
  let size = 0;
  for (const { text, path } of textsOf(document, '')) if (wishesFor(path, options) !== undefined) size += text.length;
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
  const marked = new Map<string, MarkedText>();
  for (const { text, path } of textsOf(document, '')) {
    const wishes = isLong(text) ? wishesFor(path, options) : undefined;
    if (wishes !== undefined) marked.set(keyOf(path, text), await markInTurns(text, wishes, match, analyses));
  }
  return formatNow(document, options, match, marked);
}

/** With the length, because paths and texts may hold any character. */
const keyOf = (path: string, text: string): string => `${path.length}:${path}${text}`;

/** All strings of a value with their paths. */
function* textsOf(value: unknown, path: string): Generator<{ text: string; path: string }> {
  if (typeof value === 'string') yield { text: value, path };
  else if (Array.isArray(value)) for (const item of value as unknown[]) yield* textsOf(item, path);
  else if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, below(path, key));
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The same in one go. `marked` holds, by path and text, what is known of its long texts. */
export function formatNow(
  document: Document,
  options: FormatOptions,
  match: Matcher,
  marked: ReadonlyMap<string, MarkedText> = new Map(),
): Formatted {
  const positions = new Map<string, BytePosition[]>();
  const context: Context = { options, match, positions, marked };
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
  const isKnown = (name: string): boolean => Object.hasOwn(document, name) || fields?.includes(name) === true;
  return names.some((name) => name === '*' || isKnown(name) || isKnown(name.split('.', 1)[0] ?? name));
}

interface Context {
  readonly options: FormatOptions;
  readonly match: Matcher;
  readonly positions: Map<string, BytePosition[]>;
  readonly marked: ReadonlyMap<string, MarkedText>;
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
  if (value instanceof ExactNumber) return formatText(value.toString(), path, indices, context);
  if (Array.isArray(value)) return value.map((item, i) => formatValue(item, path, [...indices, i], context));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, formatValue(item, `${path}.${key}`, indices, context)]));
  }
  return value;
}

/** As Rust writes it: 1e21, not JavaScript's 1e+21. */
const writeNumber = (value: number): string => String(value).replace('e+', 'e');

function formatText(text: string, path: string, indices: readonly number[], { options, match, positions, marked }: Context): string {
  const wishes = wishesFor(path, options);
  const length = cropLengthFor(path, options.crop) ?? 0;
  if (wishes === undefined) return text;
  // A snippet of a text that need not be cut is the text.
  const { tokens, matches, positions: found, tagged } = marked.get(keyOf(path, text)) ?? markNow(text, wishes, match, analyses);
  if (found.length > 0) {
    const known = positions.get(path) ?? [];
    for (const position of found) known.push(indices.length > 0 ? { ...position, indices } : position);
    positions.set(path, known);
  }
  if (length === 0 || tokens.length <= length) return tagged;
  return writeSnippet(text, cropWindow(text, tokens, matches, length), isSelected(path, options.highlight) ? matches : [], options);
}

/** What has to be found out about a text, or undefined when it is shown as it is. */
function wishesFor(path: string, { highlight, crop, preTag, postTag, showMatchesPosition }: FormatOptions): Wishes | undefined {
  const isMarked = isSelected(path, highlight);
  const isCropped = (cropLengthFor(path, crop) ?? 0) > 0;
  if (!isMarked && !isCropped && !showMatchesPosition) return undefined;
  return { positions: showMatchesPosition, tags: isMarked ? [preTag, postTag] : undefined, matches: isCropped };
}

/**
 * A snippet is a substring of the original, to the code unit, marks aside. Where it is cut inside a bidi embedding or isolate, that
 * is opened again before it and closed behind it, on the side of the crop marker that is ours: nothing leaks, the substring is untouched.
 */
function writeSnippet(text: string, window: Span, marks: readonly Match[], { cropMarker, preTag, postTag }: FormatOptions): string {
  const shown = writeMarks(text, window, marks, [preTag, postTag]);
  const isCutBefore = window.start > 0;
  const isCutBehind = window.end < text.length;
  if (!isCutBefore && !isCutBehind) return shown;
  const { before, after } = balance(text, window.start, window.end);
  return (isCutBefore ? cropMarker : '') + before + shown + after + (isCutBehind ? cropMarker : '');
}

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

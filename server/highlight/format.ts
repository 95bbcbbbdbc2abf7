import { analyze } from '@justuju/urdu';
import { cropWindow } from './crop.js';
import type { Match, Matcher } from './match.js';

/** What the caller asked to be shown, in Meilisearch's terms. */
export interface FormatOptions {
  /** Attributes to mark; `*` stands for all. */
  readonly highlight: readonly string[];
  /** Attribute → number of words to keep; `*` stands for all. */
  readonly crop: ReadonlyMap<string, number>;
  readonly preTag: string;
  readonly postTag: string;
  readonly cropMarker: string;
  readonly showMatchesPosition: boolean;
}

/** `start` and `length` in UTF-8 bytes of the attribute's text, as Meilisearch counts them; `indices` for arrays. */
export interface BytePosition {
  readonly start: number;
  readonly length: number;
  readonly indices?: readonly number[];
}

export interface Formatted {
  readonly formatted?: Record<string, unknown>;
  readonly positions?: Record<string, BytePosition[]>;
}

/** Marks and crops a document. The document itself is not changed. */
export function formatDocument(document: Readonly<Record<string, unknown>>, options: FormatOptions, match: Matcher): Formatted {
  const positions: Record<string, BytePosition[]> = {};
  const wantsFormatted = options.highlight.length > 0 || options.crop.size > 0;
  const formatted: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(document)) {
    formatted[field] = formatValue(value, field, [], { options, match, positions });
  }
  return { ...(wantsFormatted ? { formatted } : {}), ...(options.showMatchesPosition ? { positions } : {}) };
}

interface Context {
  readonly options: FormatOptions;
  readonly match: Matcher;
  readonly positions: Record<string, BytePosition[]>;
}

function formatValue(value: unknown, path: string, indices: readonly number[], context: Context): unknown {
  if (typeof value === 'string') return formatText(value, path, indices, context);
  // Meilisearch writes numbers as text here, and so must a drop-in.
  if (typeof value === 'number') return formatText(String(value), path, indices, context);
  if (Array.isArray(value)) return value.map((item, i) => formatValue(item, path, [...indices, i], context));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, formatValue(item, `${path}.${key}`, indices, context)]));
  }
  return value;
}

function formatText(text: string, path: string, indices: readonly number[], { options, match, positions }: Context): string {
  const marks = isSelected(path, options.highlight);
  const cropLength = cropLengthFor(path, options.crop);
  if (!marks && cropLength === undefined && !options.showMatchesPosition) return text;
  const tokens = analyze(text);
  const matches = match(tokens);
  if (options.showMatchesPosition && matches.length > 0) (positions[path] ??= []).push(...bytePositions(text, matches, indices));
  const window = cropLength === undefined ? { start: 0, end: text.length } : cropWindow(text, tokens, matches, cropLength);
  const shown = mark(text, window.start, window.end, marks ? matches : [], options);
  return (window.start > 0 ? options.cropMarker : '') + shown + (window.end < text.length ? options.cropMarker : '');
}

function mark(text: string, from: number, to: number, matches: readonly Match[], { preTag, postTag }: FormatOptions): string {
  let shown = '';
  let at = from;
  for (const { start, end } of matches) {
    if (start < from || end > to) continue;
    shown += text.slice(at, start) + preTag + text.slice(start, end) + postTag;
    at = end;
  }
  return shown + text.slice(at, to);
}

/** One pass: bytes are counted only between marks. */
function bytePositions(text: string, matches: readonly Match[], indices: readonly number[]): BytePosition[] {
  let at = 0;
  let bytes = 0;
  return matches.map(({ start, end }) => {
    bytes += Buffer.byteLength(text.slice(at, start));
    const length = Buffer.byteLength(text.slice(start, end));
    const position = { start: bytes, length, ...(indices.length > 0 ? { indices } : {}) };
    bytes += length;
    at = end;
    return position;
  });
}

/** Whether `author.name` is meant by `author.name`, by `author`, or by `*`. */
export const isSelected = (path: string, selected: readonly string[]): boolean =>
  selected.some((name) => name === '*' || name === path || path.startsWith(`${name}.`));

function cropLengthFor(path: string, crop: ReadonlyMap<string, number>): number | undefined {
  for (const [name, length] of crop) if (name !== '*' && isSelected(path, [name])) return length;
  return crop.get('*');
}

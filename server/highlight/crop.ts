/** Snippets: which part of a text is shown. Lengths are in words, as Meilisearch counts them. */
import type { Token } from '@justuju/urdu';
import { edgeAfter, edgeBefore, mayCut, startsClause, startsSentence } from './edges.js';
import type { Match, Span } from './span.js';

/**
 * The part of a text that shows most of the query, `length` words long; longer only where one mark is, 0 for the whole text.
 * Rare words count more; ties go to the earliest. It begins with the sentence or clause of its first mark where the marks leave room,
 * and cuts no word, number or mark. Without a mark it is the beginning of the text. Linear in the number of marks.
 */
export function cropWindow(text: string, tokens: readonly Token[], matches: readonly Match[], length: number): Span {
  if (length <= 0 || tokens.length <= length) return { start: 0, end: text.length };
  const best = bestGroup(matches, length, new Set());
  return best === undefined ? lead(text, tokens, length) : windowAround(text, tokens, matches, best, length);
}

export interface FragmentOptions {
  /** How many at most. */
  readonly count: number;
  /** Words of each. */
  readonly length: number;
}

/**
 * Several parts of a text in reading order, each showing what those before it, best first, left out. Parts that meet become one.
 * Without a mark it is the beginning of the text alone.
 */
export function fragments(text: string, tokens: readonly Token[], matches: readonly Match[], { count, length }: FragmentOptions): Span[] {
  if (length <= 0 || tokens.length <= length) return [{ start: 0, end: text.length }];
  const spans: Span[] = [];
  const shown = new Set<number>();
  let left = matches;
  while (spans.length < count) {
    const best = bestGroup(left, length, shown);
    if (best === undefined) break;
    for (const { answers } of left.slice(best.from, best.to)) for (const { word } of answers) shown.add(word);
    const span = windowAround(
      text,
      tokens,
      matches,
      { from: matches.indexOf(left[best.from] as Match), to: matches.indexOf(left[best.to - 1] as Match) + 1 },
      length,
    );
    spans.push(span);
    left = left.filter(({ start, end }) => end <= span.start || start >= span.end);
  }
  return spans.length === 0 ? [lead(text, tokens, length)] : united(spans);
}

function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const before = result.at(-1);
    if (before !== undefined && span.start <= before.end)
      result[result.length - 1] = { start: before.start, end: Math.max(before.end, span.end) };
    else result.push(span);
  }
  return result;
}

/** Marks `from` to `to` (not included) of a list. */
interface Group {
  readonly from: number;
  readonly to: number;
}

/** A second word beside the first is worth half a rarest word: two fairly rare words together say more than the rarest alone. */
const SECOND_WORD = 0.5;
/** No word weighs nothing: a snippet with only کی is better than one with nothing. */
const LEAST_WEIGHT = 0.01;
/** What a word counts that another fragment shows already. */
const SHOWN_AGAIN = 0.1;
/** Each further occurrence, up to two. Less than the least weight, so that it only breaks ties. */
const OCCURRENCE = 0.001;

/** The marks that fit into one window and score best; undefined without marks. Two pointers: each mark enters and leaves once. */
function bestGroup(matches: readonly Match[], length: number, shown: ReadonlySet<number>): Group | undefined {
  const counts = new Map<number, number>();
  let score = 0;
  let fresh = 0;
  const change = ({ answers }: Match, by: 1 | -1): void => {
    for (const { word, weight } of answers) {
      const before = counts.get(word) ?? 0;
      counts.set(word, before + by);
      const count = Math.max(before, before + by);
      const isNew = !shown.has(word);
      if (count === 1) {
        score += by * Math.max(weight, LEAST_WEIGHT) * (isNew ? 1 : SHOWN_AGAIN);
        if (isNew) fresh += by;
      } else if (count <= 3) score += by * OCCURRENCE;
    }
  };
  let best: Group | undefined;
  let bestScore = 0;
  let to = 0;
  for (let from = 0; from < matches.length; from += 1) {
    const { first } = matches[from] as Match;
    while (to < matches.length && (to <= from || (matches[to] as Match).last - first < length)) {
      change(matches[to] as Match, 1);
      to += 1;
    }
    const total = score + (fresh > 1 ? SECOND_WORD : 0);
    // Sums of fractions drift: a millionth is no difference.
    if (best === undefined || total > bestScore + 1e-6) {
      best = { from, to };
      bestScore = total;
    }
    change(matches[from] as Match, -1);
  }
  return best;
}

function lead(text: string, tokens: readonly Token[], length: number): Span {
  const last = lastToken(text, tokens, [], 0, 0, length);
  return { start: 0, end: edgeAfter(text, tokens, last) };
}

function windowAround(text: string, tokens: readonly Token[], matches: readonly Match[], { from, to }: Group, length: number): Span {
  const { last: lastShown } = matches[to - 1] as Match;
  const first = firstToken(text, tokens, matches, from, lastShown, length);
  const last = lastToken(text, tokens, matches.slice(to, to + length), first, lastShown, length);
  let start = edgeBefore(text, tokens, first);
  let end = edgeAfter(text, tokens, last);
  // A mark may reach over its tokens, to a tatweel.
  for (let i = from; (matches[i]?.last ?? -1) >= first; i -= 1) start = Math.min(start, (matches[i] as Match).start);
  for (let i = to - 1; (matches[i]?.first ?? tokens.length) <= last; i += 1) end = Math.max(end, (matches[i] as Match).end);
  return { start, end };
}

/** The token a window begins with that must show the tokens from the mark `from` to `lastShown`. */
function firstToken(
  text: string,
  tokens: readonly Token[],
  matches: readonly Match[],
  from: number,
  lastShown: number,
  length: number,
): number {
  const { first: firstShown } = matches[from] as Match;
  // Never inside the mark before.
  const free = (matches[from - 1]?.last ?? -1) + 1;
  const earliest = Math.max(free, lastShown - length + 1);
  const latest = Math.min(firstShown, Math.max(earliest, tokens.length - length));
  let clause: number | undefined;
  for (let first = latest; first >= earliest; first -= 1) {
    if (startsSentence(tokens, first)) return first;
    if (clause === undefined && startsClause(text, tokens, first) && mayCut(text, tokens, first)) clause = first;
  }
  if (clause !== undefined) return clause;
  let middle = Math.round((firstShown + lastShown + 1 - length) / 2);
  // Rather to the end of this sentence than into the next.
  for (let last = lastShown; last < middle + length - 1; last += 1) if (startsSentence(tokens, last + 1)) middle = last - length + 1;
  middle = Math.max(earliest, Math.min(middle, latest));
  for (let first = middle; first <= firstShown; first += 1) if (mayCut(text, tokens, first)) return first;
  for (let first = middle - 1; first >= earliest; first -= 1) if (mayCut(text, tokens, first)) return first;
  return wordStart(text, tokens, firstShown, free);
}

/** An address or 2024-25 may hold more tokens than a window: it is shown from its beginning, up to this many tokens. */
const LONGEST_UNIT = 12;

function wordStart(text: string, tokens: readonly Token[], at: number, earliest: number): number {
  for (let first = at; first >= Math.max(earliest, at - LONGEST_UNIT); first -= 1) if (mayCut(text, tokens, first)) return first;
  return at;
}

/** The last token of a window that begins with `first` and must show `lastShown`; `next` are the marks behind that. */
function lastToken(
  text: string,
  tokens: readonly Token[],
  next: readonly Match[],
  first: number,
  lastShown: number,
  length: number,
): number {
  const latest = Math.max(lastShown, Math.min(first + length, tokens.length) - 1);
  const cutsMark = (last: number): boolean => next.some((match) => match.first <= last && last < match.last);
  for (let last = latest; last >= lastShown; last -= 1) if (mayCut(text, tokens, last + 1) && !cutsMark(last)) return last;
  for (let last = latest + 1; last < Math.min(tokens.length, latest + LONGEST_UNIT); last += 1)
    if (mayCut(text, tokens, last + 1) && !cutsMark(last)) return last;
  return lastShown;
}

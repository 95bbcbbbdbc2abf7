/** What comes back, checked before it is used. */

export interface Reading {
  readonly terms: readonly string[];
  readonly roots: readonly string[];
  readonly reason: string;
  readonly weight: number;
}

export interface ReadWord {
  readonly text: string;
  readonly readings: readonly Reading[];
}

export interface Found {
  readonly total: number | undefined;
  readonly hits: readonly Readonly<Record<string, unknown>>[];
  readonly words: readonly ReadWord[];
}

export interface AnalyzedWord {
  readonly text: string;
  readonly terms: readonly { readonly term: string; readonly root: string }[];
  readonly steps: readonly { readonly rule: string; readonly from: string; readonly to: string; readonly why: string }[];
}

export interface IndexFields {
  readonly uid: string;
  readonly primaryKey: string | undefined;
  /** Headline first, then text. */
  readonly shown: readonly string[];
}

export function readFound(body: unknown): Found {
  const answer = record(body);
  const { words } = record(record(answer.urdu).understood);
  return {
    total: numberOf(answer.estimatedTotalHits) ?? numberOf(answer.totalHits),
    hits: list(answer.hits).map(record),
    words: list(words)
      .map(record)
      .map(({ text, readings }) => ({ text: textOf(text), readings: list(readings).map(readReading) })),
  };
}

function readReading(value: unknown): Reading {
  const { terms, roots, reason, weight } = record(value);
  return { terms: list(terms).map(textOf), roots: list(roots).map(textOf), reason: textOf(reason), weight: numberOf(weight) ?? 0 };
}

export const readAnalysis = (body: unknown): readonly AnalyzedWord[] =>
  list(record(body).words)
    .map(record)
    .map(({ text, terms, steps }) => ({
      text: textOf(text),
      terms: list(terms)
        .map(record)
        .map(({ term, root }) => ({ term: textOf(term), root: textOf(root) })),
      steps: list(steps)
        .map(record)
        .map(({ rule, from, to, why }) => ({ rule: textOf(rule), from: textOf(from), to: textOf(to), why: textOf(why) })),
    }));

export function readIndexes(body: unknown): { readonly key: string | undefined; readonly indexes: readonly IndexFields[] } {
  const { key, indexes } = record(body);
  return {
    key: textOf(key) || undefined,
    indexes: list(indexes)
      .map(record)
      .map(({ uid, primaryKey, fields }) => {
        const { headline, text } = record(fields);
        return {
          uid: textOf(uid),
          primaryKey: textOf(primaryKey) || undefined,
          shown: [headline, ...list(text)].map(textOf).filter((field) => field !== ''),
        };
      }),
  };
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

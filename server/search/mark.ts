import { sharedAnalyses as analyses } from '../highlight/analyses.js';
import { fragments } from '../highlight/crop.js';
import { explainHit } from '../highlight/explain.js';
import { type FormatOptions, formatDocument, isUnmarked } from '../highlight/format.js';
import { createMatcher, type Matcher } from '../highlight/match.js';
import { toHtml } from '../highlight/segments.js';
import { AS_WRITTEN } from '../json/as-written.js';
import type { Wanted } from '../query/wanted.js';
import { stripShadow } from '../shadow/shadow.js';
import type { Hit, UrduOptions } from './request.js';

/** How hits are shown: what of them, with which marks. */
export interface Showing extends Pick<UrduOptions, 'why' | 'fragments'> {
  /** The fields that the caller asked for; undefined: all. */
  readonly shown: readonly string[] | undefined;
  readonly format: FormatOptions;
  readonly wanted: Wanted;
}

/** Whether hits are shown as Meilisearch has them, but for what is ours. */
export const isAsItIs = ({ format, why, fragments: count }: Showing): boolean => isUnmarked(format) && !why && count === 0;

/** Meilisearch's own additions to a hit; `_geo` is a field of the document. */
const ADDED = /^_(rankingScore|rankingScoreDetails|federation|geoDistance|vectors|formatted|matchesPosition|semanticScore)$/;

/** Makes of a hit as Meilisearch has it the one that the caller sees: marked and cropped on the untouched original. */
export function marker({ shown, format, wanted, why, fragments: count }: Showing): (hit: Hit) => Promise<Hit> {
  const match = createMatcher(wanted);
  const matchGrammar = wanted.words.some(({ grammar }) => grammar !== undefined) ? createMatcher(withGrammar(wanted)) : undefined;
  return async (hit) => {
    // Nothing is to be marked in it.
    if (hit[AS_WRITTEN] !== undefined) return hit;
    const { document, added } = parts(stripShadow(hit));
    const marks = counting(match);
    let presented = await presentHit(document, shown, format, marks.match);
    const isUnmarked = matchGrammar !== undefined && marks.count() === 0 && presented['_formatted'] !== undefined;
    if (isUnmarked && !(await holdsWord(document, match))) presented = await presentHit(document, shown, format, matchGrammar);
    const own = {
      ...(why ? { why: explainHit(document, wanted) } : {}),
      ...(count > 0 ? { fragments: fragmentsOf(document, format, match, count) } : {}),
    };
    return { ...presented, ...added, ...(why || count > 0 ? { _urdu: own } : {}) };
  };
}

/** What is marked in a document that holds none of the words but those of grammar: these too, in any form, since it was found by them. */
const withGrammar = ({ words, phrases }: Wanted): Wanted => ({
  words: words.map((word) => (word.grammar === undefined ? word : { ...word, roots: new Map([...word.roots, ...word.grammar]) })),
  phrases,
});

/** A matcher that counts its matches. */
function counting(match: Matcher): { readonly match: Matcher; readonly count: () => number } {
  let found = 0;
  return {
    match: (text, tokens) => {
      const matches = match(text, tokens);
      found += matches.length;
      return matches;
    },
    count: () => found,
  };
}

const EVERYWHERE: FormatOptions = {
  highlight: ['*'],
  crop: new Map(),
  preTag: '',
  postTag: '',
  cropMarker: '',
  showMatchesPosition: false,
};

/** Whether anything would be marked in a document, also in a field that is not. */
async function holdsWord(document: Hit, match: Matcher): Promise<boolean> {
  const marks = counting(match);
  await formatDocument(document, EVERYWHERE, marks.match);
  return marks.count() > 0;
}

/** A hit's document, and what Meilisearch added to it. */
function parts(hit: Hit): { document: Hit; added: Hit } {
  const document: Hit = {};
  const added: Hit = {};
  for (const [field, value] of Object.entries(hit)) {
    if (ADDED.test(field)) added[field] = value;
    else document[field] = value;
  }
  return { document, added };
}

async function presentHit(document: Hit, shown: readonly string[] | undefined, options: FormatOptions, match: Matcher): Promise<Hit> {
  const { formatted, positions } = await formatDocument(document, options, match);
  const own: Hit = {};
  for (const [field, value] of Object.entries(document)) {
    if (shown === undefined || shown.some((name) => name === field || name.startsWith(`${field}.`))) own[field] = value;
  }
  return {
    ...own,
    ...(formatted === undefined ? {} : { _formatted: formatted }),
    ...(positions === undefined ? {} : { _matchesPosition: positions }),
  };
}

/** The best snippets of each field that is to be cropped, escaped and marked: ready for a page. */
function fragmentsOf(document: Hit, { crop, preTag, postTag }: FormatOptions, match: Matcher, count: number): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [field, text] of Object.entries(document)) {
    const length = crop.get(field) ?? crop.get('*');
    if (typeof text !== 'string' || length === undefined) continue;
    const tokens = analyses.get(text);
    const matches = match(text, tokens);
    found[field] = fragments(text, tokens, matches, { count, length }).map((window) =>
      toHtml(text, matches, { tags: [preTag, postTag], window }),
    );
  }
  return found;
}

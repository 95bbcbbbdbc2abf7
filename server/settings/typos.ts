/** What a client's typo settings say to Justuju's own correction. */
import { analyze } from '@justuju/urdu';
import { isOfUrdu } from './languages.js';
import { type Settings, toClient } from './terms.js';

/** As the client set it, with Meilisearch's defaults where it set nothing. */
export interface Typos {
  readonly enabled: boolean;
  readonly minWordSizeForTypos: { readonly oneTypo: number; readonly twoTypos: number };
  /** As terms. */
  readonly disableOnWords: readonly string[];
  readonly disableOnAttributes: readonly string[];
  readonly disableOnNumbers: boolean;
}

export const DEFAULT_TYPOS: Typos = {
  enabled: true,
  minWordSizeForTypos: { oneTypo: 5, twoTypos: 9 },
  disableOnWords: [],
  disableOnAttributes: [],
  disableOnNumbers: false,
};

/** What typo correction has to know of an index. */
export interface Correction {
  /** The index holds Urdu documents: Justuju corrects all words of a query. Else Latin words are left to Meilisearch. */
  readonly isUrdu: boolean;
  readonly typos: Typos;
}

export const DEFAULT_CORRECTION: Correction = { isUrdu: false, typos: DEFAULT_TYPOS };

/** @param settings as Meilisearch has them */
export function correctionOf(settings: Settings): Correction {
  const isUrdu = isOfUrdu(settings);
  const typos = toClient(settings)['typoTolerance'] as Partial<Typos> | undefined;
  if (typos === undefined) return { isUrdu, typos: DEFAULT_TYPOS };
  const { disableOnWords = [], minWordSizeForTypos } = typos;
  return {
    isUrdu,
    typos: {
      ...DEFAULT_TYPOS,
      ...typos,
      minWordSizeForTypos: { ...DEFAULT_TYPOS.minWordSizeForTypos, ...minWordSizeForTypos },
      disableOnWords: [...new Set(disableOnWords.flatMap((word) => analyze(word).map(({ term }) => term)))],
    },
  };
}

/**
 * The settings for a search in some fields. One word of a query is corrected for all fields or for none, so a field without typos is obeyed
 * where nothing but such fields is searched.
 */
export function typosIn(typos: Typos, searched: unknown): Typos {
  const isWithout =
    Array.isArray(searched) && searched.length > 0 && searched.every((name) => typos.disableOnAttributes.includes(name as string));
  return isWithout ? { ...typos, enabled: false } : typos;
}

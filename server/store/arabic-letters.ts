import { normalize } from '@justuju/urdu';

/** Letters that an Arabic keyboard types, or a converter leaves, where Urdu has its own: yeh, alef maksura, kaf, heh. */
const ARABIC = /[\u064A\u0649\u0643\u0647]/;

/** Whether a spelling has letters of Arabic in place of those of Urdu. The term is the same. */
export const hasArabicLetters = (spelling: string): boolean => ARABIC.test(spelling);

/** The spelling in the letters of Urdu, fit to be shown. */
export const inUrduLetters = (spelling: string): string => (hasArabicLetters(spelling) ? normalize(spelling, 'canonical') : spelling);

/** Yeh with hamza and waw, as converters of InPage files write waw with hamza: رئوف. The term is that of رؤف. */
export const isOfConverter = (spelling: string): boolean => spelling.includes('\u0626\u0648');

const ALEF = '\u0627';
const LAM = '\u0644';
const FATHA = '\u064E';

const ARTICLE = new RegExp(`(^| )${ALEF}(?=${LAM})`, 'g');

/**
 * Terms that Meilisearch leaves whole, whichever language it takes them for. It guesses the language of each text, one Urdu word in three for Arabic or Persian, and
 * cuts ال off the words of these; of the letters of terms it changes none in any language. A fatha after the alef hinders the cut and falls away afterwards.
 * So nothing need be told of the language of shadows, and texts of other languages are read as without Justuju.
 */
export const wholeInAnyLanguage = (terms: string): string => terms.replace(ARTICLE, `$1${ALEF}${FATHA}`);

/** The terms as they were. */
export const plainTerms = (terms: string): string => terms.replaceAll(FATHA, '');

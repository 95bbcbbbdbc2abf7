/** How abbreviations are spelt in Urdu: by the names of English letters (پی۔آئی۔اے for PIA), or by single Urdu letters (م۔ا۔). */
import { foldWord } from './fold.js';

const names = new Set(
  'اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی ڈبلیو ایکس وائی زیڈ'.split(' ').map(foldWord),
);

/** True for the folded name of a letter, or a single letter. */
export const isLetterName = (letters: string): boolean => letters.length === 1 || names.has(letters);

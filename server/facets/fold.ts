import { createAnalyzer } from '@justuju/urdu';
import { hasArabicScript } from '../shadow/shadow.js';

const analyzer = createAnalyzer();

/**
 * What two spellings of one facet value have in common: their terms. Not the roots: کتاب and کتابیں are two values.
 * Values in other scripts are Meilisearch's own matter and stay as they are.
 */
export function foldValue(value: string): string {
  if (!hasArabicScript(value)) return value;
  const folded = analyzer.encode(value, 'term');
  // Nothing but signs: those differ as written.
  return folded === '' ? value : folded;
}

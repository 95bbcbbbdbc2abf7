/** How the reader likes it, kept on the device. */
import { LANGUAGES, type Language, type Numerals } from '../model/config.js';
import { record } from '../model/read.js';
import { LAYOUTS, type LayoutName } from './keyboard-layouts.js';
import { memory, parsed } from './storage.js';

export const SCRIPTS = ['nastaliq', 'naskh'] as const;
export type Script = (typeof SCRIPTS)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const SIZES = ['small', 'normal', 'large', 'huge'] as const;
export type Size = (typeof SIZES)[number];

export interface Preferences {
  /** `undefined`: as the page or the operator says. */
  readonly language: Language | undefined;
  readonly script: Script;
  readonly size: Size;
  readonly theme: Theme | undefined;
  readonly numerals: Numerals | undefined;
  readonly layout: LayoutName;
  /** Latin keys write Urdu letters. */
  readonly typesUrdu: boolean;
}

const kept = memory(() => localStorage, 'justuju.preferences');

export function readPreferences(): Preferences {
  const stored = record(parsed(kept.get()));
  const one = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined =>
    values.find((known) => known === value);
  return {
    language: one(LANGUAGES, stored.language),
    script: one(SCRIPTS, stored.script) ?? 'nastaliq',
    size: one(SIZES, stored.size) ?? 'normal',
    theme: one(THEMES, stored.theme),
    numerals: one(['urdu', 'latin'] as const, stored.numerals),
    layout: one(LAYOUTS, stored.layout) ?? 'phonetic',
    typesUrdu: stored.typesUrdu === true,
  };
}

export const keepPreferences = (preferences: Preferences): void => kept.set(JSON.stringify(preferences));

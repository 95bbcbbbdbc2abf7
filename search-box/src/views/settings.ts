/** How the reader likes it: language, script, size, colours, numerals. */

import { type Preferences, SCRIPTS, SIZES, THEMES } from '../device/preferences.js';
import type { Language, Numerals } from '../model/config.js';
import type { Locale } from '../text/locale.js';
import { el, icon } from './dom.js';

const SLIDERS = 'M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5';

export interface Shown {
  readonly preferences: Preferences;
  readonly languages: readonly Language[];
  readonly language: Language;
  readonly numerals: Numerals;
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly lang?: string;
}

/** @param change one setting, which is drawn at once; the panel stays open */
export function settingsView(
  { t }: Locale,
  shown: Shown,
  isOpen: boolean,
  change: (setting: Partial<Preferences>, id: string) => void,
): HTMLElement {
  const { preferences, languages, language, numerals } = shown;
  const opener = el(
    'button',
    {
      type: 'button',
      class: 'tool',
      id: 'settings',
      'aria-expanded': String(isOpen),
      'aria-controls': 'settings-panel',
      'aria-label': t.settings,
    },
    icon(SLIDERS),
  );
  const group = (name: keyof Preferences, label: string, choices: readonly Choice[], chosen: string): HTMLElement =>
    el(
      'fieldset',
      {},
      el('legend', {}, label),
      ...choices.map(({ value, label: words, lang }) => {
        const id = `${name}-${value}`;
        const radio = el('input', { type: 'radio', name, id, value, checked: value === chosen });
        radio.addEventListener('change', () => change({ [name]: value }, id));
        return el('label', { for: id, lang }, radio, el('span', {}, words));
      }),
    );
  const panel = el(
    'div',
    { class: 'settings-panel', id: 'settings-panel', hidden: !isOpen, part: 'settings' },
    languages.length < 2
      ? undefined
      : group(
          'language',
          t.language,
          languages.map((value) => ({ value, label: value === 'ur' ? 'اردو' : 'English', lang: value })),
          language,
        ),
    group(
      'script',
      t.script,
      SCRIPTS.map((value) => ({ value, label: t[value] })),
      preferences.script,
    ),
    group(
      'size',
      t.size,
      SIZES.map((value, index) => ({ value, label: t.sizes[index] ?? value })),
      preferences.size,
    ),
    group(
      'theme',
      t.theme,
      THEMES.map((value) => ({ value, label: t[value] })),
      preferences.theme ?? 'system',
    ),
    language === 'en'
      ? undefined
      : group(
          'numerals',
          t.numerals,
          [
            { value: 'urdu', label: '۱۲۳' },
            { value: 'latin', label: '123' },
          ],
          numerals,
        ),
  );
  const view = el('div', { class: 'settings' }, opener, panel);
  const set = (is: boolean): void => {
    panel.hidden = !is;
    opener.setAttribute('aria-expanded', String(is));
  };
  opener.addEventListener('click', () => set(panel.hidden !== false));
  view.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || panel.hidden) return;
    event.stopPropagation();
    set(false);
    opener.focus();
  });
  view.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !view.contains(event.relatedTarget)) set(false);
  });
  return view;
}

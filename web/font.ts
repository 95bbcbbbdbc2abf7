/** Nastaliq or Naskh, as the reader likes it. */
import { need } from './dom.js';
import { memory } from './storage.js';

const FONTS = ['nastaliq', 'naskh'] as const;
type Font = (typeof FONTS)[number];

const chosen = memory(() => localStorage, 'justuju.font');

export function startFontSwitch(): void {
  const group = need('#fonts', HTMLElement);
  show(FONTS.find((font) => font === chosen.get()) ?? 'nastaliq', group);
  group.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const font = FONTS.find((name) => name === button?.dataset.font);
    if (font === undefined) return;
    chosen.set(font);
    show(font, group);
  });
}

function show(font: Font, group: HTMLElement): void {
  document.documentElement.dataset.font = font;
  for (const button of group.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.font === font));
}

/**
 * The typefaces, declared in the document: what a shadow root declares no browser loads. Each is loaded only when text is set in it.
 *
 * Nothing moves when one arrives: it is used from the first paint on, or else from the reader's next action, and what stands in for it has its height.
 */

import { MODULE_ADDRESS } from '../place.js';

/** One element may come with each page of a shop: the sheet is declared once. */
const declared = new WeakSet<Document>();

const FOLDER = 'fonts/';

/** Noto Nastaliq Urdu reaches this far above and below its baseline, in percent of its size. */
const NASTALIQ_METRICS = 'ascent-override: 190.4%; descent-override: 59.6%; line-gap-override: 0%;';
const NASKH_METRICS = 'ascent-override: 106.9%; descent-override: 63.4%; line-gap-override: 0%;';
/**
 * The same file for the search field. Browsers clip what is typed at the font's own ascent and descent, whatever line height and
 * padding say, and stacked letters and marks stand higher and hang lower than that: here both are declared larger.
 */
const FIELD_METRICS = 'ascent-override: 215%; descent-override: 85%; line-gap-override: 0%;';
/** Letters of Arabic script, with the space and the joiners between them: a run of Urdu is shaped as one. */
const ARABIC = 'U+0020, U+00A0, U+0600-06FF, U+0750-077F, U+0870-08FF, U+200C-200E, U+2010-2011, U+204F, U+FB50-FDFF, U+FE70-FEFC';
/** Naskh faces of the usual systems, for the time until ours are here. Measured on Urdu text: DejaVu runs a quarter wider than Noto Nastaliq. */
const LOCAL_NASKH =
  'local("Noto Naskh Arabic"), local("Geeza Pro"), local("Segoe UI"), local("Noto Sans Arabic"), local("DejaVu Sans"), local("Arial")';
/** Latin beside Nastaliq: its capitals shout, so it is set smaller. */
const LOCAL_LATIN =
  'local("Georgia"), local("Charter"), local("Noto Serif"), local("DejaVu Serif"), local("Liberation Serif"), local("Times New Roman")';

function faces(base: string): string {
  const url = (name: string): string => `url("${new URL(`${FOLDER}${name}.woff2`, base).href}") format("woff2")`;
  const face = (family: string, src: string, more = ''): string =>
    `@font-face { font-family: "${family}"; src: ${src}; font-display: swap; ${more} }`;
  return [
    face('Justuju Nastaliq', url('nastaliq'), `unicode-range: ${ARABIC};`),
    face('Justuju Nastaliq Field', url('nastaliq'), `unicode-range: ${ARABIC}; ${FIELD_METRICS}`),
    face('Justuju Naskh', url('naskh'), `unicode-range: ${ARABIC}; font-weight: 400;`),
    face('Justuju Naskh', url('naskh-bold'), `unicode-range: ${ARABIC}; font-weight: 700;`),
    face('Justuju Nastaliq Stand-in', LOCAL_NASKH, `size-adjust: 80%; unicode-range: ${ARABIC}; ${NASTALIQ_METRICS}`),
    face('Justuju Naskh Stand-in', LOCAL_NASKH, `size-adjust: 85%; unicode-range: ${ARABIC}; ${NASKH_METRICS}`),
    face('Justuju Latin', LOCAL_LATIN, 'size-adjust: 92%;'),
  ].join('\n');
}

export function declareFonts(): void {
  if (declared.has(document)) return;
  declared.add(document);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(faces(MODULE_ADDRESS));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Letters that stand in every Urdu text: asking for them loads the file. */
const SAMPLE = 'اردو';

const FAMILY = { nastaliq: 'Justuju Nastaliq', naskh: 'Justuju Naskh' } as const;

/** Whether the typeface is there, waiting for it no longer than that. Never fails: a page that forbids it is read in another. */
export async function fontIsHere(script: keyof typeof FAMILY, milliseconds: number): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), milliseconds));
  const loaded = document.fonts.load(`1em "${FAMILY[script]}"`, SAMPLE).then(
    (found) => found.length > 0,
    () => false,
  );
  return Promise.race([loaded, late]);
}

import type { CleanPage } from './clean.js';
import type { Metadata } from './metadata.js';
import { NOISE_KINDS } from './noise.js';
import type { Recognized } from './recognize.js';

/** `--explain`: every line of a page, what it was taken for, and by which rule. */
export function explain(file: string, page: CleanPage, articles: readonly Recognized[]): string {
  const titles = new Set(articles.filter(({ titleDerived }) => !titleDerived).map(({ title }) => title));
  const bodies = new Set(articles.flatMap(({ body }) => body.split('\n')));
  const lines = page.lines.map((line) => {
    const what =
      line.noise !== null
        ? `dropped, ${NOISE_KINDS[line.noise]}`
        : line.metadata.length > 0
          ? line.metadata.map(said).join(', ')
          : titles.has(line.text)
            ? bodies.has(line.text)
              ? 'title and text (the first verse)'
              : 'title'
            : 'text';
    return { number: line.number, what, text: line.text };
  });
  const cut = page.cut.map(({ number, kind, text }) => ({ number, what: `rid of ${NOISE_KINDS[kind]}`, text }));
  return [...lines, ...cut]
    .sort((a, b) => a.number - b.number)
    .map(({ number, what, text }) => `${file}:${number}: ${what}: ${text.length > 80 ? `${text.slice(0, 80)}…` : text}\n`)
    .join('');
}

function said(metadata: Metadata): string {
  const value = metadata.field === 'tags' ? metadata.value.join('، ') : metadata.value;
  if (metadata.field !== 'date') return `${metadata.field} = ${value ?? 'nobody'}`;
  return `${metadata.updated ? 'updated' : 'date'} = ${value ?? 'no day of any calendar'}${metadata.labelled ? '' : ' (it stands above or below the text)'}`;
}

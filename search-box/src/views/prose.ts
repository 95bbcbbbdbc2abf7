/** Texts of documents as nodes: marks, and runs that need a direction or a typeface of their own. */
import { plain, type Segment, segments } from '../model/marks.js';
import { directionOf } from '../text/direction.js';
import { type Run, runsOf, withoutControls } from '../text/runs.js';
import { type Child, el } from './dom.js';

/** Nodes for a plain text: Latin words and numbers isolated, so that each is read in its own order. */
export const prose = (text: string): Child[] => runsOf(withoutControls(text)).map(runNode);

function runNode({ text, kind }: Run): Child {
  switch (kind) {
    case 'urdu':
      return text;
    case 'latin':
      return el('bdi', { dir: 'ltr', lang: 'en' }, text);
    case 'number':
      return el('bdi', { dir: 'ltr' }, text);
    case 'quranic':
      return el('span', { class: 'quranic', lang: 'ar' }, text);
    case 'stacked':
    case 'honorific':
      return el('span', { class: kind }, text);
  }
}

/** Marks that are shown: function words are marked only where nothing else is. */
export type Mark = (text: string) => { readonly isShown: boolean; readonly reason: string | undefined };

export const markAll: Mark = () => ({ isShown: true, reason: undefined });

export const markedProse = (found: readonly Segment[], mark: Mark = markAll): Child[] =>
  found.flatMap(({ text, marked }) => {
    const { isShown, reason } = marked ? mark(text) : { isShown: false, reason: undefined };
    return isShown ? [el('mark', { title: reason }, ...prose(text))] : prose(text);
  });

/** A marked text with the direction of its letters. */
export const marked = (formatted: string, mark?: Mark): { dir: string; nodes: Child[] } => ({
  dir: directionOf(plain(formatted)),
  nodes: markedProse(segments(formatted), mark),
});

/** A short text of a document: isolated from what stands around it. */
export const isolated = (text: string, className?: string): HTMLElement =>
  el(
    'bdi',
    { dir: directionOf(text), lang: directionOf(text) === 'ltr' && /\p{L}/u.test(text) ? 'en' : 'ur', class: className },
    withoutControls(text),
  );

/** One whole article, for reading. */
import type { Hit } from './api.js';
import { directionOf } from './direction.js';
import { button, el, marked, markedNodes } from './dom.js';
import { paragraphs, plain } from './marks.js';
import { provenance } from './render-results.js';
import type { Actions } from './state.js';

export function articleView(hit: Hit, actions: Actions): Node[] {
  const title = marked(hit.formatted.title || 'بے عنوان');
  const body = paragraphs(hit.formatted.body).map((line) =>
    el('p', { dir: directionOf(plain(line.map(({ text }) => text).join(''))) }, ...markedNodes(line)),
  );
  return [
    back(actions),
    provenance(hit),
    el('h1', { id: 'reader-title', tabindex: '-1', dir: title.dir }, ...title.nodes),
    el('div', { class: 'body' }, ...(body.length > 0 ? body : [el('p', {}, 'اس مضمون کا متن خالی ہے۔')])),
    back(actions),
  ];
}

export const articleMissing = (id: string, detail: string, actions: Actions): Node[] => [
  back(actions),
  el('h1', { id: 'reader-title', tabindex: '-1' }, 'یہ مضمون نہیں کھل سکا'),
  el('p', {}, 'ممکن ہے کہ مضمون ہٹا دیا گیا ہو، یا پتا ادھورا ہو۔'),
  el('p', { class: 'detail', dir: 'ltr' }, `${id}: ${detail}`),
  el(
    'p',
    {},
    button('دوبارہ کوشش کریں', () => actions.retry(), { class: 'primary' }),
  ),
];

const back = (actions: Actions): HTMLElement => button('واپس نتائج پر', () => actions.closeArticle(), { class: 'back' });

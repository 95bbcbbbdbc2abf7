/** The style sheet of the shadow root: constructed, since a strict content policy forbids inline styles. */
import base from './styles/base.css?inline';
import box from './styles/box.css?inline';
import reader from './styles/reader.css?inline';
import results from './styles/results.css?inline';
import { STEPS } from './views/histogram.js';

const columns = Array.from({ length: STEPS + 1 }, (_, step) => `.histogram .h${step}::before { block-size: ${(100 * step) / STEPS}% }`);

export function createStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([base, box, results, reader, ...columns].join('\n'));
  return sheet;
}

import { analyze } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';

/** A figure with thousands whose last group is still being typed: `12,5` of 12,500; `1,25,0` of 1,25,000. */
const UNFINISHED = /(?<![\p{Nd}.,\u066C\u060C])(\p{Nd}{1,3}(?:[,\u066C\u060C]\p{Nd}{2,3})*)[,\u066C\u060C](\p{Nd}{0,2})$/u;
/** Digits of a whole group. */
const GROUP = 3;
/** Figures that begin so and are looked at. */
const MOST_FIGURES = 20;

/**
 * A query whose last figure is unfinished, its digits in one: so it begins the figure as texts are read, where by itself `12,5` would be two. Only where the collection holds a figure that goes
 * on so with its group whole; else it is a list (12,5), or a place in a book (2,25).
 */
export function withFigureInOne(text: string, knowledge: Knowledge): string {
  const match = UNFINISHED.exec(text);
  if (match === null) return text;
  const [typed, lead = '', rest = ''] = match;
  const digitsOf = (figures: string): string =>
    analyze(figures)
      .map(({ term }) => term)
      .join('');
  const before = digitsOf(lead);
  const figure = before + digitsOf(rest);
  const isHeld = knowledge.completions(figure, MOST_FIGURES).some(({ term }) => term.length >= before.length + GROUP);
  return isHeld ? text.slice(0, -typed.length) + figure : text;
}

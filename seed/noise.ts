import { foldedSet } from './fold.js';
import type { Line } from './lines.js';

/** Kinds of noise in the order of the rules, each with what the report calls it. */
export const NOISE_KINDS = {
  blank: 'empty lines',
  markup: 'leftover HTML',
  ornament: 'lines without a letter',
  share: 'share bars',
  counter: 'view and comment counters',
  advertisement: 'advertisement marks',
  copyright: 'copyright lines',
  desk: 'desk names',
  credit: 'photo credits and captions behind a label',
  embed: 'posts of social networks',
  footer: 'footers of the site',
  section: 'section trailers',
  link: 'links to other reports',
  appeal: 'appeals to join, follow or subscribe',
  tags: 'tag lists',
  repeatedHeadline: 'repeated headlines',
  caption: 'captions between reports',
  metadata: 'further or empty lines about date, source, author, topic or address',
  doubled: 'headlines printed twice in one line',
} as const;

export type NoiseKind = keyof typeof NOISE_KINDS;
export type NoiseCounts = Record<NoiseKind, number>;

export const noNoise = (): NoiseCounts => Object.fromEntries(Object.keys(NOISE_KINDS).map((kind) => [kind, 0])) as NoiseCounts;

/** A line that was dropped: for `--verbose`, so that an editor can check every decision. */
export interface Dropped {
  readonly number: number;
  readonly kind: NoiseKind;
  readonly text: string;
}

/** Whether `page[index]` is noise. Rules see what earlier rules and rounds have marked. */
export type Drops = (line: Line, page: readonly Line[], index: number) => boolean;

export interface NoiseRule {
  readonly kind: NoiseKind;
  readonly drops: Drops;
}

/** For patterns of whole lines: signs around the words. */
export const START = '^[^\\p{L}\\p{N}]*';
export const END = '[^\\p{L}\\p{N}]*$';
export const EDGE = '(?![\\p{L}\\p{N}])';

/** How archives that name each part name the text. */
export const TEXT_NAMES = 'متن|خبر کا متن|مکمل متن|تفصیل|body|text|content';

/** Words in the longest headline that a link quotes. More is a paragraph. */
export const LONGEST_LINK = 40;

/** Somebody is quoted or something is told: a report about a channel, not an appeal to join it. */
export const REPORTING: ReadonlySet<string> = foldedSet('نے,کہ,کہنا,کہا,مطابق,said,told');

/** Lines around a headline among which what belongs to it is looked for. */
export const NEAR = 12;

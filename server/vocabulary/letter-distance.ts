/**
 * How far two spellings are apart, as Urdu readers and typists confuse them. 0 for equal, about 1 for one ordinary slip.
 *
 * Costs are judged, not trained: a sound-alike letter (س for ص) is hardly a slip, a letter of the same shape with other dots or a neighbour on the keyboard is
 * a likely one, a forgotten do-chashmi heh or a doubled letter a common one.
 */
import { LETTERS, letterCode } from './channel.js';

/** Letters that sound alike in Urdu: who does not remember the spelling writes another of the group. */
const SOUND_ALIKE = ['سصث', 'زذضظژ', 'تط', 'ہحھ', 'کق', 'اع', 'یے', 'نں', 'غگ'];
/** Letters of one shape that dots or small marks tell apart, in some position of the word. */
const SHAPE_ALIKE = ['بپتٹثنی', 'جچحخ', 'دڈذ', 'رڑزژ', 'سش', 'صض', 'طظ', 'عغ', 'فق', 'کگ', 'وؤ', 'ہھ', 'نں', 'یے'];
/** Neighbours on the usual Urdu phonetic layout, row by row. */
const KEYBOARD_ROWS = ['قوعرتےءیہپ', 'اسدفگحجکل', 'زشچطبنم'];

export const COST = {
  soundAlike: 0.35,
  shapeAlike: 0.6,
  neighbour: 0.7,
  substitution: 1,
  transposition: 0.6,
  insertion: 0.8,
  /** A vowel letter left out or put in: بازار / بزار. */
  vowel: 0.6,
  /** گھر / گر: the aspirate's second letter. */
  doChashmi: 0.4,
  doubled: 0.4,
  /** First letters are seldom wrong. */
  firstLetter: 0.3,
} as const;

/** By the numbers of two letters. A table, since a question computes hundreds of distances. */
const pairCosts = new Float64Array(LETTERS * LETTERS).fill(COST.substitution);
function put(a: string, b: string, cost: number): void {
  const [i, j] = [letterCode(a.charCodeAt(0)), letterCode(b.charCodeAt(0))];
  // No term holds ؤ.
  if (i < 0 || j < 0) return;
  for (const pair of [i * LETTERS + j, j * LETTERS + i]) pairCosts[pair] = Math.min(cost, pairCosts[pair] as number);
}
for (const [groups, cost] of [
  [SOUND_ALIKE, COST.soundAlike],
  [SHAPE_ALIKE, COST.shapeAlike],
] as const) {
  for (const group of groups) for (const a of group) for (const b of group) if (a !== b) put(a, b, cost);
}
for (const row of KEYBOARD_ROWS) for (let i = 1; i < row.length; i += 1) put(row[i - 1] as string, row[i] as string, COST.neighbour);

const VOWELS = new Set('اویےع');
const DO_CHASHMI_HEH = '\u06BE';

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  const [i, j] = [letterCode(a.charCodeAt(0)), letterCode(b.charCodeAt(0))];
  return i < 0 || j < 0 ? COST.substitution : (pairCosts[i * LETTERS + j] as number);
}

/** What a wrong first letter costs on top; who writes زلع for ضلع has not mistaken the letter but its spelling. */
const firstLetter = (a: string, b: string): number => (substitution(a, b) <= COST.soundAlike ? 0 : COST.firstLetter);

/** Cost of a letter that one word has and the other lacks. */
function gap(letter: string, before: string | undefined): number {
  if (letter === DO_CHASHMI_HEH) return COST.doChashmi;
  if (letter === before) return COST.doubled;
  return VOWELS.has(letter) ? COST.vowel : COST.insertion;
}

/** Rows of the table, used again: most words are short. */
let rows = Array.from({ length: 3 }, () => new Float64Array(64));

/**
 * Weighted Damerau-Levenshtein distance (adjacent letters may be swapped).
 * @param bound gives up, with Infinity, once the distance is sure to exceed it
 */
export function letterDistance(a: string, b: string, bound = Number.POSITIVE_INFINITY): number {
  if (a === b) return 0;
  const width = b.length + 1;
  if (width > (rows[0] as Float64Array).length) rows = Array.from({ length: 3 }, () => new Float64Array(width * 2));
  let [beforeLast, last, row] = rows as [Float64Array, Float64Array, Float64Array];
  last[0] = 0;
  for (let j = 1; j < width; j += 1) last[j] = (last[j - 1] as number) + gap(b[j - 1] as string, b[j - 2]);
  for (let i = 1; i <= a.length; i += 1) {
    const letter = a[i - 1] as string;
    row[0] = (last[0] as number) + gap(letter, a[i - 2]);
    let best = row[0];
    for (let j = 1; j < width; j += 1) {
      const other = b[j - 1] as string;
      let cost = (last[j - 1] as number) + substitution(letter, other) + (i === 1 && j === 1 ? firstLetter(letter, other) : 0);
      cost = Math.min(cost, (last[j] as number) + gap(letter, a[i - 2]), (row[j - 1] as number) + gap(other, b[j - 2]));
      if (i > 1 && j > 1 && letter === b[j - 2] && other === a[i - 2] && letter !== other)
        cost = Math.min(cost, (beforeLast[j - 2] as number) + COST.transposition);
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > bound) return Number.POSITIVE_INFINITY;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  const distance = last[width - 1] as number;
  return distance > bound ? Number.POSITIVE_INFINITY : distance;
}

/**
 * Damerau-Levenshtein distance of two Latin words, adjacent letters swapped counting as one edit: as Meilisearch measures.
 * @param bound Infinity for words that are farther apart
 */
export function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row[j] = cost;
    }
    if (Math.min(...row) > bound) return Number.POSITIVE_INFINITY;
    [beforeLast, last] = [last, row];
  }
  const distance = last[b.length] as number;
  return distance > bound ? Number.POSITIVE_INFINITY : distance;
}

/** One letter for each group of sound-alikes, so that words that sound alike become one key. */
const SOUND_CLASS = new Map<string, string>();
for (const group of ['سصث', 'زذضظژ', 'تط', 'ہح', 'کق', 'اع', 'یے', 'نں'])
  for (const letter of group) SOUND_CLASS.set(letter, group[0] as string);

/** The word in sound classes, do-chashmi heh dropped, doubled letters kept: one entry a letter. */
export function soundsOf(word: string): string[] {
  const sounds: string[] = [];
  for (const letter of word) if (letter !== DO_CHASHMI_HEH) sounds.push(SOUND_CLASS.get(letter) ?? letter);
  return sounds;
}

/** Sounds as one key, doubled ones once: ضلعے → زلای. */
export function soundKey(sounds: readonly string[]): string {
  let key = '';
  for (const sound of sounds) if (!key.endsWith(sound)) key += sound;
  return key;
}

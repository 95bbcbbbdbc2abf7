import { NO_FIELDS } from '../fields.js';
import type { Input } from '../input.js';
import { linesOf } from '../lines-of.js';
import type { Format, Found } from './format.js';

/** Subtitles (SRT, WebVTT): what is said, a sentence a line, and when. */

const TIMES = /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})\s*-->/;

export const subtitles: Format = {
  name: 'subtitles',
  recognizes: ({ headText }) => /^\uFEFF?(?:WEBVTT\b|\s*\d+\s*\r?\n\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->)/.test(headText ?? ''),
  read,
};

/** "WEBVTT - دریا کی کہانی": what stands behind the mark is what the film is called. Programs write what they are called there ("Kind: captions"). */
function titleIn(headText: string | null): string | null {
  const title = /^\uFEFF?WEBVTT[ \t]+(?:[-–—][ \t]*)?(.+)/.exec(headText ?? '')?.[1]?.trim() ?? '';
  return /\p{Script=Arabic}/u.test(title) ? title : null;
}

interface Cue {
  readonly start: number;
  readonly lines: readonly string[];
}

interface Said {
  readonly start: number;
  readonly text: string;
}

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const said: Said[] = [];
  let open: Said | undefined;
  const cues: Cue[] = [];
  for await (const cue of cuesOf(input)) if (cue.lines.length > 0) cues.push(cue);
  for (const cue of spokenOnce(cues)) {
    if (cue.text === '' || SOUND.test(cue.text)) continue;
    open = open === undefined ? cue : { start: open.start, text: `${open.text} ${cue.text}` };
    if (!ENDS.test(open.text) && open.text.length < LONGEST) continue;
    said.push(open);
    open = undefined;
  }
  if (open !== undefined) said.push(open);
  if (said.length === 0) {
    yield { kind: 'left', reason: 'without a text' };
    return;
  }
  yield {
    kind: 'record',
    fields: {
      ...NO_FIELDS,
      title: titleIn(input.headText) ?? input.stem,
      body: said.map(({ text }) => text).join('\n'),
      times: said.map(({ start }) => start),
    },
  };
}

/** "[موسیقی]", "(تالیاں)", "♪", "♪ موسیقی ♪": what is heard and not said, alone in its cue. Between the notes may stand what is sung. */
const SOUND = /^[♪♫\s]*(?:\[[^\]]{1,40}\]|\([^)]{1,40}\)|(?<=[♪♫]\s*)(?:موسیقی|میوزک|music))?[♪♫\s]*$/iu;
/** A cue that closes a sentence closes the line. */
const ENDS = /[۔؟!?.…]["'’”»)]*$/u;
/** Characters of a line without any full stop: many subtitles have none. */
const LONGEST = 400;

/** Part of the cues that go on from the one before, from which a file is one of captions that roll. Not measured; programs that write so make it half of them. */
const ROLLING = 1 / 4;

/**
 * Captions that roll: what is said stands there again, alone or over what is said then. It is said once.
 * A refrain that is sung again, or a word that is, stays: there few cues begin with the end of the one before and go on.
 */
function spokenOnce(cues: readonly Cue[]): readonly Said[] {
  const isRepeated = (index: number): boolean => cues[index]?.lines[0] === cues[index - 1]?.lines.at(-1);
  const rolling = cues.filter(({ lines }, i) => i > 0 && lines.length > 1 && isRepeated(i)).length;
  return cues.map(({ start, lines }, i) => ({
    start,
    text: (i > 0 && rolling >= cues.length * ROLLING && isRepeated(i) ? lines.slice(1) : lines).join(' '),
  }));
}

async function* cuesOf(input: Input): AsyncGenerator<Cue, void, undefined> {
  let start: number | undefined;
  let text: string[] = [];
  for await (const line of linesOf(input.text())) {
    const times = TIMES.exec(line);
    if (times === null) {
      // A line of blanks ends a cue too, but not before anything was said: programs put one above the first words.
      if (line.trim() === '') {
        if (line !== '' && text.length === 0) continue;
        if (start !== undefined) yield { start, lines: text };
        start = undefined;
        text = [];
      } else if (start !== undefined && spoken(line) !== '') text.push(spoken(line));
      continue;
    }
    // A cue without an empty line before it: the number of this one stands in its text.
    if (start !== undefined) yield { start, lines: text.filter((part, i) => i < text.length - 1 || !/^\d+$/.test(part)) };
    const [, hours = '0', minutes = '0', seconds = '0', parts = '0'] = times;
    start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(`${seconds}.${parts}`);
    text = [];
  }
  if (start !== undefined) yield { start, lines: text };
}

/** Without tags of voice and colour, and without the sign of who speaks. */
const spoken = (line: string): string =>
  line
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/^\s*[-–—]\s+/, '')
    .trim();

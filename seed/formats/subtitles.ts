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

interface Cue {
  readonly start: number;
  readonly text: string;
}

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const said: Cue[] = [];
  let open: Cue | undefined;
  for await (const cue of cuesOf(input)) {
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
    fields: { ...NO_FIELDS, title: input.stem, body: said.map(({ text }) => text).join('\n'), times: said.map(({ start }) => start) },
  };
}

/** "[موسیقی]", "(تالیاں)", "♪": what is heard and not said, alone in its cue. */
const SOUND = /^[♪♫\s]*(?:\[[^\]]{1,40}\]|\([^)]{1,40}\))?[♪♫\s]*$/u;
/** A cue that closes a sentence closes the line. */
const ENDS = /[۔؟!?.…]["'’”»)]*$/u;
/** Characters of a line without any full stop: many subtitles have none. */
const LONGEST = 400;

async function* cuesOf(input: Input): AsyncGenerator<Cue, void, undefined> {
  let start: number | undefined;
  let text: string[] = [];
  for await (const line of linesOf(input.text())) {
    const times = TIMES.exec(line);
    if (times === null) {
      if (line.trim() === '') {
        if (start !== undefined) yield { start, text: text.join(' ') };
        start = undefined;
        text = [];
      } else if (start !== undefined) text.push(spoken(line));
      continue;
    }
    // A cue without an empty line before it: the number of this one stands in its text.
    if (start !== undefined) yield { start, text: text.filter((part, i) => i < text.length - 1 || !/^\d+$/.test(part)).join(' ') };
    const [, hours = '0', minutes = '0', seconds = '0', parts = '0'] = times;
    start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(`${seconds}.${parts}`);
    text = [];
  }
  if (start !== undefined) yield { start, text: text.join(' ') };
}

/** Without tags of voice and colour, and without the sign of who speaks. */
const spoken = (line: string): string =>
  line
    .replace(/<[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/^\s*[-–—]\s+/, '')
    .trim();

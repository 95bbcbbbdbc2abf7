/** One whole article, for reading. */
import type { Hit } from '../model/answer.js';
import { paragraphs, plain, type Segment } from '../model/marks.js';
import { markReasons } from '../model/why.js';
import type { Scene } from '../state.js';
import { directionOf } from '../text/direction.js';
import { button, el, icon, safeAddress } from './dom.js';
import { type Mark, marked, markedProse } from './prose.js';
import { outside, provenance, thumbnail } from './results.js';

/** Paragraphs drawn at once: more than any screen shows. The others follow a turn of the event loop each, so that a long article opens like a short one. */
const AT_ONCE = 30;
/** Letters of a paragraph that stays one; the browser lays out each paragraph only when it comes near, and one of a megabyte would be laid out whole. */
const LONGEST = 4000;

export interface Reading {
  readonly hit: Hit;
  readonly query: string;
  /** Keys of the articles before and after it in the list. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

export interface ReaderActions {
  readonly open: (id: string) => void;
  readonly close: () => void;
  /** `undefined` where the article has no address to give away. */
  readonly address: string | undefined;
  readonly announce: (text: string) => void;
}

/** @param stop ends the drawing of what is still to come */
export function readerView(reading: Reading, actions: ReaderActions, scene: Scene, stop: AbortSignal): Node[] {
  const { hit, query } = reading;
  const { t } = scene.locale;
  const mark = markReasons(hit.why, query, t);
  const title = marked(hit.headline || t.untitled, mark);
  const lines = hit.texts.flatMap((text) => (scene.index.verse ? stanzas(text) : paragraphs(text).flatMap(inPieces)));
  const body = el('div', { class: scene.index.verse ? 'body verse' : 'body', part: 'body' });
  if (lines.length === 0) body.append(el('p', {}, t.noText));
  const drawAll = drawInTurns(body, lines, mark, stop);
  const origin = safeAddress(hit.link);
  const close = (): HTMLElement => button(t.back, actions.close, { class: 'back' });
  return [
    toolbar(reading, actions, scene, body, drawAll, close()),
    provenance(hit, scene),
    el('h1', { id: 'reader-title', tabindex: '-1', dir: title.dir, lang: title.dir === 'rtl' ? 'ur' : 'en' }, ...title.nodes),
    thumbnail(hit),
    body,
    origin === undefined ? undefined : el('p', { class: 'origin' }, `${t.origin}: `, outside(origin, origin.hostname)),
    el(
      'nav',
      { class: 'neighbours', 'aria-label': `${t.previousArticle}${t.comma}${t.nextArticle}` },
      ...neighbours(reading, actions, scene),
      close(),
    ),
  ].filter((node) => node !== undefined);
}

export function missingView(scene: Scene, close: () => void): Node[] {
  const { t } = scene.locale;
  return [
    button(t.back, close, { class: 'back' }),
    el('h1', { id: 'reader-title', tabindex: '-1' }, t.missing),
    el('p', {}, t.missingAdvice),
    el(
      'p',
      {},
      button(t.retry, () => scene.actions.retry(), { class: 'primary' }),
    ),
  ];
}

const ARROW_UP = 'm6 15 6-6 6 6';
const ARROW_DOWN = 'm6 9 6 6 6-6';

function toolbar(
  reading: Reading,
  actions: ReaderActions,
  scene: Scene,
  body: HTMLElement,
  drawAll: () => void,
  back: HTMLElement,
): HTMLElement {
  const { locale } = scene;
  const { t } = locale;
  const { address, announce } = actions;
  let at = -1;
  const position = el('span', { class: 'position', 'aria-live': 'polite' });
  const show = (step: 1 | -1): void => {
    drawAll();
    const marks = [...body.querySelectorAll('mark')];
    if (marks.length === 0) return;
    at = at < 0 ? (step === 1 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length;
    for (const [i, mark] of marks.entries()) mark.classList.toggle('current', i === at);
    marks[at]?.scrollIntoView({ block: 'center' });
    position.textContent = t.marks(locale.number(at + 1), locale.number(marks.length));
  };
  const hasMarks = body.querySelector('mark') !== null;
  const tool = (path: string, label: string, press: () => void): HTMLElement =>
    button(icon(path), press, { class: 'tool', 'aria-label': label, title: label });
  return el(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': t.tools, part: 'toolbar' },
    back,
    ...(hasMarks ? [tool(ARROW_UP, t.previousMark, () => show(-1)), tool(ARROW_DOWN, t.nextMark, () => show(1)), position] : []),
    el('span', { class: 'grow' }),
    ...(address === undefined
      ? []
      : [button(t.copyLink, () => void copy(address).then((is) => announce(is ? t.copied : t.notCopied)), { class: 'quiet' })]),
    ...(address === undefined || !('share' in navigator)
      ? []
      : [
          button(t.share, () => void navigator.share({ title: plain(reading.hit.headline), url: address }).catch(() => undefined), {
            class: 'quiet',
          }),
        ]),
  );
}

function neighbours({ previous, next }: Reading, { open }: ReaderActions, { locale: { t } }: Scene): HTMLElement[] {
  return [
    ...(previous === undefined ? [] : [button(t.previousArticle, () => open(previous), { class: 'back', rel: 'prev' })]),
    ...(next === undefined ? [] : [button(t.nextArticle, () => open(next), { class: 'back', rel: 'next' })]),
  ];
}

async function copy(text: string): Promise<boolean> {
  return navigator.clipboard === undefined
    ? false
    : navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      );
}

/** Draws the first lines now and the others in turns. @returns what draws all that is left at once */
function drawInTurns(body: HTMLElement, lines: readonly (readonly Segment[])[], mark: Mark, stop: AbortSignal): () => void {
  let at = 0;
  const draw = (count: number): void => {
    const views = lines.slice(at, at + count).map((line) => paragraph(line, mark));
    at += views.length;
    body.append(...views);
  };
  const goOn = (): void => {
    if (stop.aborted || at >= lines.length) return;
    draw(AT_ONCE);
    setTimeout(goOn);
  };
  draw(AT_ONCE);
  setTimeout(goOn);
  return () => draw(lines.length - at);
}

function paragraph(line: readonly Segment[], mark: Mark): HTMLElement {
  const dir = directionOf(line.map(({ text }) => text).join(''));
  return el('p', { dir, lang: dir === 'rtl' ? 'ur' : 'en' }, ...markedProse(line, mark));
}

/** Stanzas of verse are parted by blank lines; a stanza keeps its lines. */
function stanzas(text: string): Segment[][] {
  return text
    .split(/(?:\r\n|\n|\r){2,}/)
    .filter((stanza) => plain(stanza).trim() !== '')
    .flatMap((stanza) => [lineBroken(paragraphs(stanza))]);
}

const lineBroken = (lines: readonly (readonly Segment[])[]): Segment[] =>
  lines.flatMap((line, i) => (i === 0 ? line : [{ text: '\n', marked: false }, ...line]));

/** A very long paragraph in pieces, each ending behind a sentence or at least a word. */
function inPieces(line: readonly Segment[]): Segment[][] {
  const pieces: Segment[][] = [[]];
  let length = 0;
  for (const { text, marked: isMarked } of line) {
    for (const part of isMarked || text.length <= LONGEST ? [text] : sentences(text)) {
      if (length > 0 && length + part.length > LONGEST) {
        pieces.push([]);
        length = 0;
      }
      pieces.at(-1)?.push({ text: part, marked: isMarked });
      length += part.length;
    }
  }
  return pieces;
}

/** URDU FULL STOP, question mark, and the signs of Latin text; or a space; or nothing, where there is none for so long. */
const PIECE = new RegExp(`[^]{1,${LONGEST}}(?<=[\\u06D4\\u061F.!?]\\s)|[^]{1,${LONGEST}}(?<=\\s)|[^]{1,${LONGEST}}`, 'g');
const sentences = (text: string): string[] => text.match(PIECE) ?? [text];

import { isHeadline, isProse } from './judge.js';
import { isText, type Line } from './lines.js';
import { isBareMarker } from './links.js';
import { type Metadata, outletAndPlace, personIn, readMetadata } from './metadata.js';

/** Marks the lines of a page that say something about it. What may be a heading or a line of the author counts above and below the text only. */
export function markMetadata(page: readonly Line[]): void {
  const timeline = isTimeline(page);
  let inHeader = true;
  let isTop = true;
  for (const [index, line] of page.entries()) {
    if (line.noise !== null) {
      if (isBareMarker(line)) inHeader = isTop = true;
      continue;
    }
    if (line.metadata.length === 0) {
      const metadata = readMetadata(line.text, { isTop });
      const isSure = metadata.every(isLabelled);
      if (isSure || (inHeader && !(timeline && isDate(metadata)) && !(isTop && isTitle(metadata, page, index)))) line.metadata = metadata;
    }
    if (line.metadata.length === 0 && inHeader && !isTop) markSigned(line, page[index + 1]);
    if (line.metadata.length > 0) continue;
    // A headline may close with a full stop, and the date still stands below it.
    if (isProse(line) && !(isTop && isHeadline(line, 'metadata'))) inHeader = false;
    isTop = false;
  }
  markTail(page);
}

/** Below the headline: a name, and in the next line the paper and the town ("بی بی سی اردو، لاہور"). A name alone may be a crosshead. */
function markSigned(line: Line, below: Line | undefined): void {
  const author = personIn(line.text);
  const source = author === undefined || below === undefined || below.noise !== null ? undefined : outletAndPlace(below.text);
  if (author === undefined || source === undefined || below === undefined) return;
  line.metadata = [{ field: 'author', value: author }];
  below.metadata = [{ field: 'source', value: source }];
}

/** From the end upwards: the first line that says nothing ends it. */
function markTail(page: readonly Line[]): void {
  for (let index = page.length - 1; index > 0; index -= 1) {
    const line = page[index] as Line;
    if (!isText(line)) continue;
    line.metadata = readMetadata(line.text);
    if (line.metadata.length === 0) return;
  }
}

/** Wherever it stands. An address, a bare date, a writer's name may be part of the text. */
const isLabelled = (metadata: Metadata): boolean =>
  metadata.field === 'date' ? metadata.labelled : metadata.field === 'source' || metadata.field === 'topic' || metadata.field === 'tags';

const isDate = (metadata: readonly Metadata[]): boolean => metadata.length === 1 && metadata[0]?.field === 'date';

/** "لاہور، 14 اگست 1947" over a text that begins at once is its title. */
function isTitle(metadata: readonly Metadata[], page: readonly Line[], index: number): boolean {
  const next = page[index + 1];
  return metadata.length > 1 && (next === undefined || (isText(next) && isProse(next)));
}

/** Bare dates stand over several paragraphs: they are headings, and none is the day of the report. */
function isTimeline(page: readonly Line[]): boolean {
  const texts = page.filter((line) => line.noise === null);
  return texts.some((line, i) => {
    const [above, below] = [texts[i - 1], texts[i + 1]];
    // The headline may close with a full stop, and the date of the report stands below it.
    if (i < 2 || above === undefined || below === undefined || !isProse(above) || !isProse(below)) return false;
    const metadata = readMetadata(line.text);
    return isDate(metadata) && !metadata.every(isLabelled);
  });
}

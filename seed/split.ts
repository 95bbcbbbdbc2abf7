import { datelineOf, endsSentence, isHeadline, isProse } from './judge.js';
import { type Line, isText } from './lines.js';

/** The lines of one report, with its metadata lines and what noise lies between. */
export interface Report {
  readonly lines: readonly Line[];
  /** Reports under one headline are a group: they share the date, source and topic that stand above or below them all. */
  readonly group: number;
  /** False: a further report under the group's headline, which begins with its own dateline. */
  readonly isFirstOfGroup: boolean;
}

/** Words of text in a report after which a reporter's dateline begins the next one, even when the report itself had none. Not measured. */
const ENOUGH_FOR_A_REPORT = 60;
/** Words of a paragraph below which "لاہور: 35 ڈگری" is an item of a list, not the beginning of a report. Not measured. */
const SHORTEST_OPENING = 20;

/** Cuts a page into its reports. Every line goes into exactly one of them, in order. */
export function split(page: readonly Line[]): Report[] {
  const reports: { lines: Line[]; group: number; isFirstOfGroup: boolean }[] = [{ lines: [], group: 0, isFirstOfGroup: true }];
  page.forEach((line, index) => {
    const report = reports.at(-1) as (typeof reports)[number];
    if (line.opensReport) {
      report.lines.push(line);
      reports.push({ lines: [], group: report.group + 1, isFirstOfGroup: true });
      return;
    }
    if (isText(line) && opensWithMetadata(line, page, index, report.lines)) {
      reports.push({ lines: [line], group: report.group + 1, isFirstOfGroup: true });
      return;
    }
    if (isText(line) && opensWithDateline(line, page[index - 1], report.lines)) {
      reports.push({ lines: [...takeHeadline(report.lines), line], group: report.group, isFirstOfGroup: false });
      return;
    }
    report.lines.push(line);
  });
  return reports.filter(({ lines }) => lines.some(isText));
}

/** After a whole report: a headline, a labelled date right below it, and text below that. */
function opensWithMetadata(line: Line, page: readonly Line[], index: number, above: readonly Line[]): boolean {
  if (isProse(line) || !isHeadline(line, true) || !above.some((other) => isText(other) && isProse(other))) return false;
  const next = page.slice(index + 1, index + 6).find(({ noise }) => noise === null);
  if (next?.metadata?.field !== 'date' || !next.metadata.labelled) return false;
  return page.slice(index + 1, index + 40).some((other) => isText(other) && isProse(other));
}

/** "راولپنڈی (مانیٹرنگ ڈیسک) ..." after the text of another report. */
function opensWithDateline(line: Line, before: Line | undefined, above: readonly Line[]): boolean {
  if (!isProse(line)) return false;
  const dateline = datelineOf(line.text);
  if (dateline === null) return false;
  const prose = above.filter((other) => isText(other) && isProse(other));
  const [first] = prose;
  if (first === undefined) return false;
  const aboveHasDateline = datelineOf(first.text) !== null;
  const afterNoise = before?.noise != null;
  if (!dateline.byReporter) return aboveHasDateline && (line.afterBlank || afterNoise) && line.words.length >= SHORTEST_OPENING;
  const length = prose.reduce((sum, { words }) => sum + words.length, 0);
  // A headline in two lines, however long, is no report: it has no full stop.
  const isWhole = endsSentence(prose.at(-1)?.folded ?? '');
  return aboveHasDateline || (isWhole && (afterNoise || length >= ENOUGH_FOR_A_REPORT));
}

/** A headline that stands right above the dateline belongs to the report below; it is taken from the end of the report above. */
function takeHeadline(above: Line[]): Line[] {
  const last = above.at(-1);
  if (last === undefined || !isText(last) || !last.afterBlank) return [];
  const isFirst = above.find(isText) === last;
  if (isFirst || isProse(last) || endsSentence(last.folded) || last.words.length < 4 || !isHeadline(last, true)) return [];
  above.pop();
  return [last];
}

import { datelineOf } from './dateline.js';
import { endsSentence, isHeadline, isProse } from './judge.js';
import { isText, type Line } from './lines.js';

/** The lines of one report, with its metadata lines and what noise lies between. */
export interface Report {
  readonly lines: readonly Line[];
  /** Reports under one headline are a group: they share the date, source and topic that stand above or below them all. */
  readonly group: number;
}

/** A report while it grows; its paragraphs are kept beside its lines, so that nobody has to look for them at every line. */
interface Growing {
  readonly lines: Line[];
  readonly prose: Line[];
  readonly group: number;
}

/** Words of text in a report after which a reporter's dateline begins the next one, even when the report itself had none. Not measured. */
const ENOUGH_FOR_A_REPORT = 60;
/** Words of a paragraph below which "لاہور: 35 ڈگری" is an item of a list, not the beginning of a report. Not measured. */
const SHORTEST_OPENING = 20;

/** Cuts a page into its reports. Every line goes into exactly one of them, in order. */
export function split(page: readonly Line[]): Report[] {
  let report: Growing = { lines: [], prose: [], group: 0 };
  const reports = [report];
  const begin = (group: number, lines: Line[]): void => {
    report = { lines, prose: [], group };
    reports.push(report);
  };
  page.forEach((line, index) => {
    if (line.opensReport) {
      report.lines.push(line);
      begin(report.group + 1, []);
      return;
    }
    if (isText(line)) {
      if (opensWithMetadata(line, page, index, report)) begin(report.group + 1, []);
      else if (opensWithDateline(line, page[index - 1], report)) begin(report.group, takeHeadline(report.lines));
      if (isProse(line)) report.prose.push(line);
    }
    report.lines.push(line);
  });
  return reports.filter(({ lines }) => lines.some(isText));
}

/** After a whole report: a headline, a labelled date right below it, and text below that. */
function opensWithMetadata(line: Line, page: readonly Line[], index: number, above: Growing): boolean {
  if (above.prose.length === 0 || isProse(line) || !isHeadline(line, 'metadata')) return false;
  const next = page.slice(index + 1, index + 6).find(({ noise }) => noise === null);
  if (next === undefined || !next.metadata.some((metadata) => metadata.field === 'date' && metadata.labelled)) return false;
  return page.slice(index + 1, index + 40).some((other) => isText(other) && isProse(other));
}

/** "راولپنڈی (مانیٹرنگ ڈیسک) ..." after the text of another report. */
function opensWithDateline(line: Line, before: Line | undefined, { prose }: Growing): boolean {
  const [first] = prose;
  if (first === undefined || !isProse(line)) return false;
  const dateline = datelineOf(line.text);
  if (dateline === null) return false;
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
  if (isFirst || isProse(last) || endsSentence(last.folded) || last.words.length < 4 || !isHeadline(last, 'metadata')) return [];
  above.pop();
  return [last];
}

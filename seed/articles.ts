import { createHash } from 'node:crypto';
import type { Article } from './article.js';
import { type CleanPage, clean, countNoise, type Dropped, droppedFrom } from './clean.js';
import { fold } from './fold.js';
import { type FoundFile, findFiles, readText } from './read.js';
import { dropUnusedMetadata, type Recognized, recognize } from './recognize.js';
import { newReport, type SeedReport } from './report.js';
import { split } from './split.js';

export { type Article, articleSettings } from './article.js';

export interface ReadOptions {
  /** Filled while articles are read. */
  readonly report?: SeedReport;
  /** After each file: how many are done, of how many. */
  readonly onFile?: (file: string, done: number, all: number) => void;
  /** Every line that was dropped from a file as noise. */
  readonly onDropped?: (file: string, dropped: readonly Dropped[]) => void;
  readonly signal?: AbortSignal;
}

/**
 * The articles in files and folders, in the order of the files: read, decoded, cleaned, split into reports, recognized.
 * One file is held in memory at a time. A file that cannot be read is named in the report and does not stop the rest;
 * the same article in two files comes once.
 */
export async function* readArticles(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Article, void, undefined> {
  const { report = newReport(), onFile, onDropped, signal } = options;
  const files = await findFiles(paths, report, signal);
  const ids = new Set<string>();
  /** Folded title and body, hashed, and the file it came from. */
  const known = new Map<string, string>();
  for (const [done, file] of files.entries()) {
    signal?.throwIfAborted();
    const read = await readText(file);
    if ('text' in read) {
      report.filesRead += 1;
      const { page, reports } = readPage(read.text);
      onDropped?.(file.path, droppedFrom(page));
      countPage(report, file, page, reports);
      for (const [ordinal, content] of reports.entries()) {
        const key = hash(`${fold(content.title)}\0${fold(content.body)}`);
        const sameAs = known.get(key);
        if (sameAs !== undefined) {
          report.duplicates.push({ file: file.path, sameAs });
          continue;
        }
        known.set(key, file.path);
        const article: Article = { id: newId(file, ordinal, ids), ...content, file: file.name };
        countArticle(report, article);
        yield article;
      }
    } else report.skipped.push(read);
    onFile?.(file.path, done + 1, files.length);
  }
}

/** One text, with every line marked, and the reports in it: what `readArticles` does with a file, without the file. */
export function readPage(text: string): { readonly page: CleanPage; readonly reports: readonly Recognized[] } {
  const page = clean(text);
  const reports = split(page.lines);
  dropUnusedMetadata(reports);
  return { page, reports: recognize(reports) };
}

function countPage(report: SeedReport, file: FoundFile, page: CleanPage, reports: readonly Recognized[]): void {
  const noise = countNoise(page);
  for (const kind of Object.keys(noise) as (keyof typeof noise)[]) report.noise[kind] += noise[kind];
  for (const { number, text, metadata } of page.lines) {
    if (metadata?.field === 'date' && metadata.value === null) report.impossibleDates.push({ file: file.path, line: number, text });
  }
  if (reports.length > 1) report.filesWithSeveralReports += 1;
  if (reports.length === 0) {
    report.skipped.push({
      file: file.path,
      reason: 'nothing but empty lines and noise in this file',
      wayOut: 'See with --dry-run --verbose what was dropped; fetch the article again.',
    });
  }
}

function countArticle(report: SeedReport, article: Article): void {
  report.articles += 1;
  if (article.titleDerived) report.derivedTitles += 1;
  if (article.date === null) report.dates.missing += 1;
  else report.dates.recognized += 1;
}

/** From the file's name below its PATH and the place in the file. Two PATHs may hold files of the same name: the later one is told apart by its PATH. */
function newId(file: FoundFile, ordinal: number, taken: Set<string>): string {
  let id = hash(`${file.name}\0${ordinal}`);
  for (let i = 0; taken.has(id); i += 1) id = hash(`${file.root}\0${i}\0${file.name}\0${ordinal}`);
  taken.add(id);
  return id;
}

/** 132 bits: no two of a billion articles meet. */
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

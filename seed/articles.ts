import { hash as digest } from 'node:crypto';
import { CompactMap } from '../server/indexing/compact-map.js';
import type { Article } from './article.js';
import { type CleanPage, clean, droppedFrom } from './clean.js';
import type { Fields } from './fields.js';
import { fold } from './fold.js';
import type { Found } from './formats/index.js';
import { type FoundIn, foundIn } from './found-in.js';
import type { InputOptions } from './input.js';
import type { Dropped, NoiseKind } from './noise.js';
import { type ReadPart, readAhead } from './read-ahead.js';
import { type Counted, counted, prepareFor, type ReadRecord, readRecord } from './read-record.js';
import { dropUnusedMetadata, type Recognized, recognize } from './recognize.js';
import { RecordThread } from './record-thread.js';
import { nameIn, newReport, type SeedReport } from './report.js';
import { addressOf, findSources, isAddress, type Source, unreadable } from './sources.js';
import { split } from './split.js';
import { Unreadable } from './unreadable.js';

export { type Article, articleSettings } from './article.js';

export interface ReadOptions extends Pick<InputOptions, 'map' | 'comments' | 'types'> {
  /** Filled while articles are read. */
  readonly report?: SeedReport;
  /** After each source: how many are done, of how many. */
  readonly onFile?: (file: string, done: number, all: number) => void;
  /** Every line that was dropped from a source as noise. */
  readonly onDropped?: (file: string, dropped: readonly Dropped[]) => void;
  /** Every page or record, with all that its lines were taken for. */
  readonly onPage?: (file: string, page: CleanPage, articles: readonly Recognized[]) => void;
  readonly signal?: AbortSignal;
  /** Filled with the ids by which articles were known to older versions of the command, where they were others. */
  readonly formerIds?: WeakMap<Article, string>;
}

/**
 * The articles in files, folders and addresses, in their order: read, decoded, cleaned, split into reports, recognized.
 * One article, or one page of text, is held in memory at a time. A source that cannot be read is named in the report and does not stop the rest;
 * the same article in two sources comes once.
 */
export async function* readArticles(paths: readonly string[], options: ReadOptions = {}): AsyncGenerator<Article, void, undefined> {
  const { report = newReport(), signal } = options;
  const sources = await findSources(paths, report, signal);
  const reader = new ArticleReader(report, options);
  try {
    yield* readAll(sources, reader, { ...options, report });
  } finally {
    await reader.close();
  }
}

async function* readAll(
  sources: Source[],
  reader: ArticleReader,
  { report = newReport(), onFile, signal }: ReadOptions,
): AsyncGenerator<Article, void, undefined> {
  for (let done = 0; done < sources.length; done += 1) {
    signal?.throwIfAborted();
    const source = sources[done] as Source;
    let isWhole = true;
    try {
      for await (const article of reader.read(source, (url) => sources.push(addressOf(url, source.root)))) {
        yield article;
        signal?.throwIfAborted();
      }
      report.filesRead += 1;
    } catch (error) {
      signal?.throwIfAborted();
      const problem = isTooDeep(error) ? new Unreadable('is nested deeper than can be read', 'Give a flatter file.') : error;
      if (!(problem instanceof Unreadable) && !isFileError(problem)) throw problem;
      isWhole = false;
      report.skipped.push(await unreadable(source.path, problem));
    }
    if (isWhole && !reader.foundAny) report.skipped.push(nothingIn(source.path));
    onFile?.(source.path, done + 1, sources.length);
  }
}

/** Libraries walk trees by calling themselves. */
const isTooDeep = (error: unknown): boolean => error instanceof RangeError && error.message.includes('call stack');

const isFileError = (error: unknown): boolean => error instanceof Error && 'code' in error && 'syscall' in error;

const nothingIn = (file: string): { file: string; reason: string; wayOut: string } => ({
  file,
  reason: 'nothing but empty lines and noise in this file',
  wayOut: 'See with --dry-run --verbose what was dropped; fetch the article again.',
});

/** Records of a run that are read before a thread is begun for the others: to begin one takes as long as a thousand, which are read here meanwhile. */
const FEW = 200;

/** Turns what is found in sources into articles, and remembers what has been. */
class ArticleReader {
  private readonly ids = new CompactMap();
  /** The ids that older versions gave, found in the same way. */
  private readonly formerIds = new CompactMap();
  /** Folded title and body → the number of the source that they came from. */
  private readonly known = new CompactMap();
  private readonly sources: string[] = [];
  private readonly links = new Set<string>();
  private records = 0;
  private thread: RecordThread | undefined;
  /** The source that is read gave something: an article, also one that another source has, an address, something left out. The report tells less: of nearly the same reports it counts one. */
  foundAny = false;

  constructor(
    private readonly report: SeedReport,
    private readonly options: ReadOptions,
  ) {}

  async *read(source: Source, onLink: (url: string) => void): AsyncGenerator<Article, void, undefined> {
    const { map, comments, types } = this.options;
    this.foundAny = false;
    this.sources.push(source.path);
    let ordinal = 0;
    const onNote = (note: string): void => void this.report.notes.push({ file: source.path, note });
    const chunks = source.open();
    const options: InputOptions = {
      onNote,
      ...(map !== undefined && { map }),
      ...(comments !== undefined && { comments }),
      ...(types !== undefined && { types }),
    };
    for await (const { part, record } of this.parts(foundIn(source.name, chunks, options))) {
      if ('error' in part) {
        this.report.skipped.push(await unreadable(part.name, part.error));
        continue;
      }
      const { found } = part;
      this.report.formats[part.format] = (this.report.formats[part.format] ?? 0) + 1;
      if (found.kind !== 'page') this.foundAny = true;
      if (found.kind === 'left') {
        this.report.left[found.reason] = (this.report.left[found.reason] ?? 0) + 1;
        this.report.leftOut += 1;
      } else if (found.kind === 'link') {
        if (this.links.has(found.url)) continue;
        this.links.add(found.url);
        onLink(found.url);
      } else {
        if (found.kind === 'record' && record === undefined) await prepareFor([found.fields]);
        const articles = [
          ...(found.kind === 'page' ? this.page(part, found.text, ordinal, source) : this.record(part, found, record, ordinal, source)),
        ];
        ordinal += Math.max(1, articles.length);
        for (const article of articles) if (article !== null) yield article;
      }
    }
  }

  /** Ends what was begun for it. */
  async close(): Promise<void> {
    await this.thread?.close();
  }

  /** Where there are many records, those behind are read while the one before is dealt with. Who wants to see every line gets it from this thread. */
  private async *parts(found: ReturnType<typeof foundIn>): AsyncGenerator<ReadPart, void, undefined> {
    const { onDropped, onPage } = this.options;
    const isShown = onDropped !== undefined || onPage !== undefined;
    try {
      while (isShown || this.records < FEW || !this.begunThread().isReady) {
        const next = await found.next();
        if (next.done === true) return;
        yield { part: next.value };
      }
      yield* readAhead(found, this.begunThread());
    } finally {
      await found.return();
    }
  }

  private begunThread(): RecordThread {
    if (this.thread === undefined) {
      this.thread = new RecordThread();
      this.thread.start();
    }
    return this.thread;
  }

  private *page({ name }: FoundIn, text: string, ordinal: number, source: Source): Generator<Article | null> {
    const { page, reports } = readPage(text);
    this.show(source.path, page, reports);
    this.count(source.path, counted(page), reports[0]);
    if (reports.length > 1) this.report.filesWithSeveralReports += 1;
    for (const [i, content] of reports.entries()) yield this.article([`${name}\0${ordinal + i}`], content, name, source);
  }

  private *record(
    { name }: FoundIn,
    { fields, isAmongMany = false }: Found & { readonly kind: 'record' },
    read: ReadRecord | undefined,
    ordinal: number,
    source: Source,
  ): Generator<Article | null> {
    this.records += 1;
    const { article, badDate, ...text } = read ?? this.readHere(fields, source);
    this.count(source.path, text, article);
    if (badDate !== null) nameIn(this.report, 'impossibleDates', { file: source.path, line: ordinal + 1, text: badDate });
    const formerKey = fields.key === null ? `${name}\0${ordinal}` : isAddress(fields.key) ? fields.key : `${name}\0key:${fields.key}`;
    const keys = isAmongMany ? keysOf(fields, article, name) : [formerKey];
    yield this.article(keys, article, name, source, formerKey);
  }

  private readHere(fields: Fields, source: Source): ReadRecord {
    const { page, ...read } = readRecord(fields);
    this.show(source.path, page, [read.article]);
    return read;
  }

  private show(file: string, page: CleanPage, articles: readonly Recognized[]): void {
    this.options.onDropped?.(file, droppedFrom(page));
    this.options.onPage?.(file, page, articles);
  }

  private count(file: string, { noise, impossibleDates }: Counted, article: Recognized | undefined): void {
    for (const [kind, lines] of Object.entries(noise) as [NoiseKind, number][]) {
      this.report.noise[kind] += lines;
      if (kind === 'blank') continue;
      const site = siteOf(article);
      this.report.noiseBySite[site] ??= {};
      const bySite = this.report.noiseBySite[site];
      bySite[kind] = (bySite[kind] ?? 0) + lines;
    }
    for (const { number, text } of impossibleDates) nameIn(this.report, 'impossibleDates', { file, line: number, text });
  }

  /** @returns null for an article that has been: it is counted */
  private article(keys: readonly string[], content: Recognized, file: string, source: Source, formerKey?: string): Article | null {
    this.foundAny = true;
    const same = `${fold(content.title)}\0${fold(content.body)}`;
    if (!this.known.add(same, this.sources.length - 1)) {
      nameIn(this.report, 'duplicates', { file: source.path, sameAs: this.sources[this.known.numberOf(same) ?? 0] ?? '' });
      return null;
    }
    const article: Article = { id: newId(keys, source.root, this.ids), ...content, file };
    if (formerKey !== undefined) {
      const former = newId([formerKey], source.root, this.formerIds);
      if (former !== article.id) this.options.formerIds?.set(article, former);
    }
    this.report.articles += 1;
    if (article.titleDerived) this.report.derivedTitles += 1;
    if (article.date === null) this.report.dates.missing += 1;
    else this.report.dates.recognized += 1;
    return article;
  }
}

const siteOf = (article: Recognized | undefined): string => (article?.url ? new URL(article.url).host : (article?.source ?? 'unknown'));

/** One text, with every line marked, and the reports in it: what `readArticles` does with a file, without the file. */
export function readPage(text: string): { readonly page: CleanPage; readonly reports: readonly Recognized[] } {
  const page = clean(text);
  const reports = split(page.lines);
  dropUnusedMetadata(reports);
  return { page, reports: recognize(reports) };
}

/**
 * What a record is known by, the surest first: its address, wherever it was found; its number, in its file only; else its headline, day and writer (the beginning of its text where it
 * has no headline), whatever the file is called and wherever in it the record stands. What one record has taken no other gets: it is known by what comes next.
 */
function keysOf(fields: Fields, { title, titleDerived, body, date, author }: Recognized, name: string): readonly string[] {
  const address = [fields.key, fields.url].find((key) => key !== null && isAddress(key) && isOfPage(key));
  if (address != null) return [address, ...(fields.key === null || fields.key === address ? [] : [`${name}\0key:${fields.key}`])];
  if (fields.key !== null) return [isAddress(fields.key) ? fields.key : `${name}\0key:${fields.key}`];
  return [`record\0${fold(titleDerived ? body.slice(0, OPENING) : title)}\0${date ?? ''}\0${author === null ? '' : fold(author)}`];
}

/** Characters of a text that has no headline. */
const OPENING = 200;

/** Not the front page, which some exports give every article as its address. */
const isOfPage = (address: string): boolean => URL.canParse(address) && !/^\/?$/.test(new URL(address).pathname + new URL(address).search);

/** From what names it. Two records or files may be named alike: the later one is told apart by its PATH, and by its number among those. */
function newId(keys: readonly string[], root: string, taken: CompactMap): string {
  const free = keys.map(hash).find((id) => taken.add(id));
  if (free !== undefined) return free;
  for (let i = 0; ; i += 1) {
    const id = hash(`${root}\0${i}\0${keys[0] ?? ''}`);
    if (taken.add(id)) return id;
  }
}

/** 132 bits: no two of a billion articles meet. */
const hash = (text: string): string => digest('sha256', text, 'base64url').slice(0, 22);

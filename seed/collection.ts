import type { Article } from './article.js';
import { isBetter, isSameReport, Sketches } from './near-duplicates.js';
import { repairedArticle, WordCounts } from './repair.js';
import { nameIn, type SeedReport } from './report.js';
import { Spool } from './spool.js';

export interface CollectionOptions {
  readonly report: SeedReport;
  /** Index a report also where another site has it, nearly the same. */
  readonly keepNearDuplicates?: boolean;
  /** Change the letters of texts as `repair.ts` says. */
  readonly repair?: boolean;
  /** Count what `repair` would change. */
  readonly inspect?: boolean;
  /** Told of each article that is left out for a better one. */
  readonly onLeftOut?: (id: string) => void;
  /** For an index that nobody sees yet: articles come as they are read, so that Meilisearch need not wait for the last one; who takes them removes those that `onLeftOut` tells. */
  readonly isEarly?: boolean;
  /** The id by which an article was known before (articles.ts). */
  readonly formerIds?: WeakMap<Article, string>;
}

interface Kept {
  readonly article: Article;
  readonly former?: string | undefined;
}

/**
 * What only the whole collection tells of its articles: which of them is the same report as another one, and which words are broken. They lie on the disk until all have been
 * read; then the better ones come, in their order. Where nothing of this is wanted they come as they are read. Broken words are never known early.
 */
export async function* collection(articles: AsyncIterable<Article>, options: CollectionOptions): AsyncGenerator<Article, void, undefined> {
  const { report, keepNearDuplicates = false, repair = false, inspect = false, isEarly = false, formerIds } = options;
  if (keepNearDuplicates && !repair && !inspect) {
    yield* articles;
    return;
  }
  const spool = new Spool<Kept>();
  try {
    const words = repair || inspect ? new WordCounts() : undefined;
    const finder = keepNearDuplicates ? undefined : new Finder(spool, options);
    const comesEarly = isEarly && words === undefined;
    for await (const article of articles) {
      words?.add(article.body);
      spool.push({ article, former: formerIds?.get(article) });
      finder?.look(article);
      if (comesEarly && finder?.isLeftOut(spool.length - 1) !== true) yield article;
    }
    if (comesEarly) return;
    for (const { article, former } of spool.values((number) => finder?.isLeftOut(number) !== true)) {
      const mended = words === undefined ? article : repairedArticle(article, report.repairs, words);
      const result = repair ? mended : article;
      if (former !== undefined) formerIds?.set(result, former);
      yield result;
    }
  } finally {
    spool.close();
  }
}

/** Finds articles that are nearly the same as one before them, and decides which of the two stays. */
class Finder {
  private readonly sketches = new Sketches();
  /** Number of an article that is left out → that of the one that is kept for it. */
  private readonly leftOut = new Map<number, number>();
  private number = -1;

  constructor(
    private readonly spool: Spool<Kept>,
    private readonly options: CollectionOptions,
  ) {}

  isLeftOut(number: number): boolean {
    return this.leftOut.has(number);
  }

  /** The next article, which has just been put aside. */
  look(article: Article): void {
    this.number += 1;
    if (this.sketches.isFull) {
      this.options.report.notCompared += 1;
      return;
    }
    const seen = new Set<number>();
    for (const candidate of this.sketches.add(article)) {
      const other = this.keptFor(candidate);
      if (seen.has(other)) continue;
      seen.add(other);
      const { article: before } = this.spool.read(other);
      const later = isBetter(article, before);
      const [kept, dropped] = later ? [article, before] : [before, article];
      if (!isSameReport(kept, dropped)) continue;
      this.leaveOut(later ? other : this.number, later ? this.number : other, dropped, kept);
      if (!later) return;
    }
  }

  private keptFor(number: number): number {
    let kept = number;
    for (let next = this.leftOut.get(kept); next !== undefined; next = this.leftOut.get(kept)) kept = next;
    return kept;
  }

  private leaveOut(number: number, forNumber: number, dropped: Article, kept: Article): void {
    const { report, onLeftOut } = this.options;
    this.leftOut.set(number, forNumber);
    report.articles -= 1;
    nameIn(report, 'nearDuplicates', { file: dropped.file, title: dropped.title, keptFile: kept.file, because: reason(kept, dropped) });
    onLeftOut?.(dropped.id);
  }
}

const reason = (kept: Article, dropped: Article): 'dated' | 'longer' | 'first' =>
  kept.date !== null && dropped.date === null ? 'dated' : kept.body.length > dropped.body.length ? 'longer' : 'first';

import { STAMP } from '../documents/shadow.js';
import type { Candidates } from '../retrieval/retriever.js';
import type { Searcher } from '../retrieval/searcher.js';
import { allWords, among, clausesOf, type Filter, withAnchor } from './questions.js';
import type { Hit, Page, SearchResult } from './request.js';
import type { Slot } from './slots.js';
import { sumFacets } from './sum-facets.js';
import type { Fixed } from './understand.js';

/** Candidates beyond the page that are asked for along with it, since some may not pass. */
const SLACK = 4;
/** Candidates asked for at a time where many do not pass: the cost grows with each. */
const CHUNK = 200;
/** So many hits are asked for whole without knowing whether all of them are shown. */
const MOST_WHOLE = 60;

/** A search for which candidates are known. */
export interface Asked {
  readonly candidates: Candidates;
  readonly searcher: Searcher;
  readonly slots: readonly Slot[];
  readonly fixed: readonly Fixed[];
  readonly page: Page;
  readonly filter: Filter;
  readonly facets: unknown;
  /** The fields to be shown and marked; undefined: all. */
  readonly fields: readonly string[] | undefined;
  /** Parameters that go with every question. */
  readonly base: Readonly<Record<string, unknown>>;
  /** The caller wants no word to be missing. */
  readonly isAll: boolean;
  /** The caller may not see all documents, or the store does not know all that there are now: nothing is counted without asking. */
  readonly isRestricted: boolean;
  readonly maxTotalHits: number;
  readonly maxValuesPerFacet: number;
  readonly showsScore: boolean;
}

/** Asks Meilisearch, with the caller's key. Throws `Refused` where it refuses. */
export type Ask = (question: Record<string, unknown>) => Promise<SearchResult>;

/** A hit on its way: known by the version of the document, its fields read or still to be read. */
interface Entry {
  readonly stamp: string;
  readonly hit: Hit | undefined;
  readonly score?: number;
}

/**
 * The page of hits: candidates that Meilisearch has confirmed for this caller, best first, then what else holds the anchor, in its order. And how many there are, with their facets.
 */
export async function verify(asked: Asked, ask: Ask): Promise<SearchResult> {
  const verification = new Verification(asked, ask);
  return asked.isRestricted || asked.isAll ? verification.restricted() : verification.open();
}

class Verification {
  private readonly clauses: string;
  private readonly reach: number;

  constructor(
    private readonly asked: Asked,
    private readonly ask: Ask,
  ) {
    this.clauses = clausesOf(asked.fixed);
    const { page, maxTotalHits } = asked;
    this.reach = Math.min(page.offset + page.limit, maxTotalHits);
  }

  /** The caller sees all documents and the store knows them all: it counts by itself, and the hits of the page are the only ones to be confirmed. */
  async open(): Promise<SearchResult> {
    const { candidates, page, facets } = this.asked;
    const { documents, withAnchor: count, withoutAnchor } = candidates;
    const total = count + withoutAnchor.size;
    const onPage = documents.slice(page.offset, this.reach);
    const wantsTail = this.reach > documents.length && total > documents.length;
    // Somebody must say whether the caller may search at all.
    const wantsCount = facets != null || wantsTail || onPage.length === 0;
    const [shown, held, others] = await Promise.all([
      this.confirm(onPage, true),
      wantsCount ? this.holdingAnchor(wantsTail ? this.reach : 0) : undefined,
      facets != null ? this.lackingAnchor() : undefined,
    ]);
    const entries: (Entry | undefined)[] = [...new Array<undefined>(Math.min(page.offset, documents.length)), ...shown];
    if (held !== undefined && wantsTail) entries.push(...this.tail(held));
    return this.answer(entries, total, held, others);
  }

  /** Each candidate must be confirmed before the next has its place, and Meilisearch counts. */
  async restricted(): Promise<SearchResult> {
    const { candidates, page, isAll } = this.asked;
    const { documents } = candidates;
    const isWhole = page.offset === 0 && this.reach <= MOST_WHOLE;
    let at = Math.min(documents.length, this.reach + SLACK);
    const wantsTail = this.reach > documents.length;
    let [confirmed, held, others] = await Promise.all([
      this.confirm(documents.slice(0, at), isWhole),
      this.holdingAnchor(wantsTail ? this.reach : 0),
      isAll ? undefined : this.lackingAnchor(),
    ]);
    while (confirmed.length < this.reach && at < documents.length) {
      confirmed = [...confirmed, ...(await this.confirm(documents.slice(at, at + CHUNK), false))];
      at += CHUNK;
    }
    const total = totalOf(held) + totalOf(others);
    const entries: Entry[] = confirmed;
    if (confirmed.length < this.reach && total > confirmed.length && held !== undefined) {
      if (!wantsTail) held = { ...held, hits: (await this.holdingAnchor(this.reach))?.hits ?? [] };
      entries.push(...this.tail(held));
    }
    return this.answer(entries, total, held, others);
  }

  /** Which of these documents Meilisearch lets the caller see, in their order. */
  private async confirm(documents: readonly number[], isWhole: boolean): Promise<Entry[]> {
    if (documents.length === 0) return [];
    const { searcher, candidates, showsScore } = this.asked;
    const stamps = documents.map((document) => searcher.stampOf(document));
    const hits = await this.read(stamps, isWhole);
    const first = candidates.documents.indexOf(documents[0] as number);
    return stamps.flatMap((stamp, i) => {
      const hit = hits.get(stamp);
      if (hit === undefined) return [];
      const score = showsScore ? { score: candidates.scores[first + i] ?? candidates.scores.at(-1) ?? 0 } : {};
      return [{ stamp, hit: isWhole ? hit : undefined, ...score }];
    });
  }

  private async read(stamps: readonly string[], isWhole: boolean): Promise<Map<string, Hit>> {
    const { filter, isAll, slots } = this.asked;
    const { hits } = await this.ask({
      ...this.asked.base,
      q: isAll ? allWords(this.clauses, slots) : this.clauses,
      ...(isAll && { matchingStrategy: 'all' }),
      filter: among(stamps, filter),
      offset: 0,
      limit: stamps.length,
      attributesToRetrieve: isWhole ? this.retrieved() : [STAMP],
    });
    return new Map(hits.map((hit) => [String(hit[STAMP]), hit]));
  }

  /** All that hold the anchor, or all words: how many there are, their facets, and the first hits in Meilisearch's order. */
  private async holdingAnchor(hits: number): Promise<SearchResult | undefined> {
    const { candidates, slots, base, filter, facets, isAll, fixed } = this.asked;
    const { anchor } = candidates;
    if (anchor === undefined && !isAll && fixed.length === 0) {
      // Nothing holds it: only whether the caller may search is asked.
      return this.ask({ ...base, q: '', filter: among([], filter), page: 1, hitsPerPage: 0, ...(facets != null && { facets }) });
    }
    return this.ask({
      ...base,
      q: isAll ? allWords(this.clauses, slots) : anchor === undefined ? `${this.clauses} ` : withAnchor(anchor, this.clauses, hits > 0 ? slots : []),
      ...(isAll && { matchingStrategy: 'all' }),
      filter,
      page: 1,
      hitsPerPage: hits,
      attributesToRetrieve: hits > MOST_WHOLE ? [STAMP] : this.retrieved(),
      ...(facets != null && { facets }),
    });
  }

  /** How many of the candidates that lack the anchor the caller may see, and their facets. */
  private async lackingAnchor(): Promise<SearchResult | undefined> {
    const { candidates, searcher, base, filter, facets } = this.asked;
    const { withoutAnchor } = candidates;
    if (withoutAnchor.size === 0) return undefined;
    const stamps = [...withoutAnchor].map((document) => searcher.stampOf(document));
    return this.ask({
      ...base,
      q: this.clauses,
      filter: among(stamps, filter),
      page: 1,
      hitsPerPage: 0,
      ...(facets != null && { facets }),
    });
  }

  /** The hits of Meilisearch that are no candidates. */
  private tail({ hits }: SearchResult): Entry[] {
    const { candidates, searcher, showsScore } = this.asked;
    const known = new Set(candidates.documents.map((document) => searcher.stampOf(document)));
    const isWhole = this.reach <= MOST_WHOLE;
    return hits.flatMap((hit) => {
      const stamp = String(hit[STAMP]);
      if (known.has(stamp)) return [];
      const score = showsScore ? { score: Math.min(candidates.scores.at(-1) ?? 1, Number(hit['_rankingScore'] ?? 0)) } : {};
      return [{ stamp, hit: isWhole ? hit : undefined, ...score }];
    });
  }

  private async answer(
    entries: readonly (Entry | undefined)[],
    total: number,
    held: SearchResult | undefined,
    others: SearchResult | undefined,
  ): Promise<SearchResult> {
    const { page, maxTotalHits, maxValuesPerFacet, showsScore } = this.asked;
    const shown = entries.slice(page.offset, this.reach).filter((entry) => entry !== undefined);
    const unread = shown.filter(({ hit }) => hit === undefined).map(({ stamp }) => stamp);
    const read = unread.length === 0 ? new Map<string, Hit>() : await this.read(unread, true);
    const hits = shown.flatMap(({ stamp, hit = read.get(stamp), score }) => {
      if (hit === undefined) return [];
      if (showsScore && score !== undefined) hit['_rankingScore'] = score;
      return [hit];
    });
    const counted = Math.min(maxTotalHits, Math.max(total, page.offset + hits.length));
    return {
      hits,
      query: '',
      processingTimeMs: 0,
      ...(page.isNumbered
        ? {
            hitsPerPage: page.limit,
            page: page.number,
            totalPages: page.limit === 0 ? 0 : Math.ceil(counted / page.limit),
            totalHits: counted,
          }
        : { limit: page.limit, offset: page.offset, estimatedTotalHits: counted }),
      ...(held === undefined ? {} : sumFacets(held, others, maxValuesPerFacet)),
    };
  }

  private retrieved(): readonly string[] {
    const { fields } = this.asked;
    return fields === undefined ? ['*'] : [...new Set([...fields, STAMP])];
  }
}

const totalOf = (result: SearchResult | undefined): number => result?.totalHits ?? 0;

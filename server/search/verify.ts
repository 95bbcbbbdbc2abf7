import type { Slot } from '../query/slots.js';
import type { Fixed } from '../query/understand.js';
import type { Candidates } from '../retrieval/retriever.js';
import { STAMP } from '../shadow/shadow.js';
import { distinctHits } from './distinct-hits.js';
import { totalsOf } from './page.js';
import { isPartial } from './partial.js';
import { allWords, among, clausesOf, type Filter, lackingAnchor, narrowedBy, withAnchor } from './questions.js';
import type { Hit, Page, SearchResult } from './request.js';
import { sumFacets } from './sum-facets.js';

/** Candidates beyond the page that are asked for along with it, since some may not pass. */
const SLACK = 4;
/** Candidates asked for at a time where many do not pass: the cost grows with each. */
const CHUNK = 200;
/** So many hits are asked for whole without knowing whether all of them are shown. */
const MOST_WHOLE = 60;

/** A search for which candidates are known. */
export interface Asked {
  readonly candidates: Candidates;
  readonly slots: readonly Slot[];
  readonly fixed: readonly Fixed[];
  readonly page: Page;
  readonly filter: Filter;
  /** What is found by the anchor must pass this too. */
  readonly condition: string | undefined;
  readonly facets: unknown;
  /** The field in which no two hits may be alike. */
  readonly distinct: string | undefined;
  /** The fields to be shown and marked; undefined: all. */
  readonly fields: readonly string[] | undefined;
  /** Parameters that go with every question. */
  readonly base: Readonly<Record<string, unknown>>;
  /** The caller wants no word to be missing. */
  readonly isAll: boolean;
  /** Only documents that hold the anchor are hits, as Meilisearch finds them. */
  readonly mustHoldAnchor: boolean;
  /** The caller may not see all documents, or the store does not know all that there are now: nothing is counted without asking. */
  readonly isRestricted: boolean;
  readonly maxTotalHits: number;
  readonly maxValuesPerFacet: number;
  readonly showsScore: boolean;
  readonly showsScoreDetails: boolean;
}

/** Hits show no stamps: the setting was changed past Justuju a moment ago. Then Meilisearch finds and orders the hits. */
export class Unverifiable extends Error {}

/** Asks Meilisearch, with the caller's key. Throws `Refused` where it refuses. */
export type Ask = (question: Record<string, unknown>) => Promise<SearchResult>;

/** A hit on its way: known by the version of the document, its fields read or still to be read. */
interface Entry {
  readonly stamp: string;
  readonly hit: Hit | undefined;
  readonly score: number;
}

/**
 * The page of hits: candidates that Meilisearch has confirmed for this caller, best first, then what else holds the anchor, in its order. And how many there are, with their facets.
 */
export async function verify(asked: Asked, ask: Ask): Promise<SearchResult> {
  if (!asked.isRestricted && !asked.isAll) {
    const result = await new Verification(asked, ask).open();
    // The store counts documents of servers that are gone as well: Meilisearch must count.
    if (!isPartial(result)) return result;
  }
  return new Verification(asked, ask).restricted();
}

class Verification {
  private readonly clauses: string;
  private readonly reach: number;
  /** What the first answer says beside the hits, such as the request's id. */
  private beside: Readonly<Record<string, unknown>> = {};
  private readonly isNew: (hit: Hit) => boolean;

  constructor(
    private readonly asked: Asked,
    private readonly ask: Ask,
  ) {
    this.clauses = clausesOf(asked.fixed);
    this.isNew = asked.distinct === undefined ? () => true : distinctHits(asked.distinct);
    const { page, maxTotalHits } = asked;
    this.reach = Math.min(page.offset + page.limit, maxTotalHits);
  }

  /** The caller sees all documents and the store knows them all: it counts by itself, and the hits of the page are the only ones to be confirmed. */
  async open(): Promise<SearchResult> {
    const { candidates, page, facets } = this.asked;
    const { stamps, withAnchor: count, withoutAnchor } = candidates;
    const total = count + withoutAnchor.size;
    const onPage = stamps.slice(page.offset, this.reach);
    const wantsTail = this.reach > stamps.length && total > stamps.length;
    // Somebody must say whether the caller may search at all.
    const wantsCount = facets != null || wantsTail || onPage.length === 0;
    const [shown, held, others] = await Promise.all([
      this.confirm(onPage, page.offset, true),
      wantsCount ? this.holdingAnchor(wantsTail ? this.reach : 0) : undefined,
      facets != null ? this.lackingAnchor() : undefined,
    ]);
    const entries: (Entry | undefined)[] = [...new Array<undefined>(Math.min(page.offset, stamps.length)), ...shown];
    if (held !== undefined && wantsTail) entries.push(...this.tail(held));
    return this.answer(entries, total, held, others);
  }

  /** Each candidate must be confirmed before the next has its place, and Meilisearch counts. */
  async restricted(): Promise<SearchResult> {
    const { candidates, page, isAll } = this.asked;
    const { stamps } = candidates;
    const isWhole = page.offset === 0 && this.reach <= MOST_WHOLE;
    let at = Math.min(stamps.length, this.reach === 0 ? 0 : this.reach + SLACK);
    const wantsTail = this.reach > stamps.length;
    const [first, counted, others] = await Promise.all([
      this.confirm(stamps.slice(0, at), 0, isWhole),
      this.holdingAnchor(wantsTail ? this.reach : 0),
      isAll ? undefined : this.lackingAnchor(),
    ]);
    const entries = first;
    let held = counted;
    while (entries.length < this.reach && at < stamps.length) {
      entries.push(...(await this.confirm(stamps.slice(at, at + CHUNK), at, false)));
      at += CHUNK;
    }
    const total = totalOf(held) + totalOf(others);
    if (entries.length < this.reach && total > entries.length) {
      if (!wantsTail) held = { ...held, hits: (await this.holdingAnchor(this.reach)).hits };
      entries.push(...this.tail(held));
    }
    return this.answer(entries, total, held, others);
  }

  /** Which of these documents Meilisearch lets the caller see, in their order. */
  private async confirm(stamps: readonly string[], rank: number, isWhole: boolean): Promise<Entry[]> {
    if (stamps.length === 0) return [];
    const { scores } = this.asked.candidates;
    const hits = await this.read(stamps, isWhole);
    return stamps.flatMap((stamp, i) => {
      const hit = hits.get(stamp);
      if (hit === undefined || !this.isNew(hit)) return [];
      return [{ stamp, hit: isWhole ? hit : undefined, score: scores[rank + i] ?? scores.at(-1) ?? 0 }];
    });
  }

  /** Meilisearch answers no question with more hits than `maxTotalHits`. */
  private async read(stamps: readonly string[], isWhole: boolean): Promise<ReadonlyMap<string, Hit>> {
    const { maxTotalHits } = this.asked;
    const parts: (readonly string[])[] = [];
    for (let at = 0; at < stamps.length; at += maxTotalHits) parts.push(stamps.slice(at, at + maxTotalHits));
    const read = await Promise.all(parts.map((part) => this.readAtOnce(part, isWhole)));
    return new Map(read.flat().map((hit) => [String(hit[STAMP]), hit]));
  }

  private async readAtOnce(stamps: readonly string[], isWhole: boolean): Promise<readonly Hit[]> {
    const { candidates, filter, isAll, slots, distinct, mustHoldAnchor } = this.asked;
    const { anchor } = candidates;
    const holding = anchor !== undefined && mustHoldAnchor ? withAnchor(anchor, this.clauses) : this.clauses;
    const { hits } = await this.put({
      q: isAll ? allWords(this.clauses, slots) : holding,
      ...(isAll && { matchingStrategy: 'all' }),
      filter: among(stamps, filter),
      offset: 0,
      limit: stamps.length,
      // Each of the candidates must be there: which of those that are alike is the best Meilisearch does not know.
      ...(distinct !== undefined && { distinct: STAMP }),
      attributesToRetrieve: isWhole ? this.retrieved() : this.needed(),
    });
    if (hits.some((hit) => hit[STAMP] === undefined)) throw new Unverifiable();
    return hits;
  }

  /** All that hold the anchor, or all words: how many there are, their facets, and the first hits in Meilisearch's order. */
  private holdingAnchor(hits: number): Promise<SearchResult> {
    const { candidates, slots, filter, condition, facets, isAll, showsScore, showsScoreDetails } = this.asked;
    const { anchor } = candidates;
    const count = { page: 1, hitsPerPage: hits, ...(facets != null && { facets }) };
    // Nothing holds it: it is only asked whether the caller may search.
    if (anchor === undefined && !isAll) return this.put({ ...count, q: '', filter: among([], filter), hitsPerPage: 0 });
    const holding = anchor === undefined ? '' : withAnchor(anchor, this.clauses, hits > 0 ? slots : []);
    return this.put({
      ...count,
      q: isAll ? allWords(this.clauses, slots) : holding,
      ...(isAll && { matchingStrategy: 'all' }),
      ...narrowedBy(filter, condition),
      attributesToRetrieve: hits > MOST_WHOLE ? this.needed() : this.retrieved(),
      ...(hits > 0 && showsScore && { showRankingScore: true }),
      ...(hits > 0 && showsScoreDetails && { showRankingScoreDetails: true }),
    });
  }

  /** How many of the candidates that lack the anchor the caller may see, and their facets. */
  private async lackingAnchor(): Promise<SearchResult | undefined> {
    const { facets } = this.asked;
    const lacking = lackingAnchor(this.asked);
    return lacking && this.put({ ...lacking, page: 1, hitsPerPage: 0, ...(facets != null && { facets }) });
  }

  /** The hits of Meilisearch that are no candidates. */
  private tail({ hits }: SearchResult): Entry[] {
    const { stamps, scores } = this.asked.candidates;
    const known = new Set(stamps);
    const isWhole = this.reach <= MOST_WHOLE;
    return hits.flatMap((hit) => {
      const stamp = String(hit[STAMP]);
      const score = Math.min(scores.at(-1) ?? 1, Number(hit['_rankingScore'] ?? 0));
      return known.has(stamp) || !this.isNew(hit) ? [] : [{ stamp, hit: isWhole ? hit : undefined, score }];
    });
  }

  private async answer(
    entries: readonly (Entry | undefined)[],
    total: number,
    held: SearchResult | undefined,
    others: SearchResult | undefined,
  ): Promise<SearchResult> {
    const { page, maxTotalHits, maxValuesPerFacet } = this.asked;
    const shown = entries.slice(page.offset, this.reach).filter((entry) => entry !== undefined);
    const unread = shown.filter(({ hit }) => hit === undefined).map(({ stamp }) => stamp);
    const read = await this.read(unread, true);
    const hits = shown.flatMap(({ stamp, hit = read.get(stamp), score }) => (hit === undefined ? [] : [this.scored(hit, score)]));
    const listed = hits.length === 0 ? 0 : page.offset + hits.length;
    const counted = Math.min(maxTotalHits, Math.max(total, listed));
    return { ...this.beside, hits, ...totalsOf(page, counted), ...(held === undefined ? {} : sumFacets(held, others, maxValuesPerFacet)) };
  }

  /** The score by which a hit has its place, in the terms of Meilisearch's own. */
  private scored(hit: Hit, score: number): Hit {
    const { showsScore, showsScoreDetails } = this.asked;
    if (showsScore) hit['_rankingScore'] = score;
    if (showsScoreDetails) hit['_rankingScoreDetails'] = { urdu: { order: 0, score } };
    return hit;
  }

  private async put(question: Readonly<Record<string, unknown>>): Promise<SearchResult> {
    const { base } = this.asked;
    const result = await this.ask({ ...base, ...question });
    const beside = Object.fromEntries(Object.entries(result).filter(([name]) => !OF_ONE_QUESTION.has(name)));
    this.beside = isPartial(this.beside) ? { ...this.beside, ...beside } : beside;
    return result;
  }

  private retrieved(): readonly string[] {
    const { fields } = this.asked;
    return fields === undefined ? ['*'] : [...new Set([...fields, ...this.needed()])];
  }

  /** What must be known of a hit to give it its place. */
  private needed(): readonly string[] {
    const { distinct } = this.asked;
    return distinct === undefined ? [STAMP] : [STAMP, distinct];
  }
}

/** What an answer says of its own question only. */
const OF_ONE_QUESTION: ReadonlySet<string> = new Set([
  'hits',
  'query',
  'processingTimeMs',
  'offset',
  'limit',
  'estimatedTotalHits',
  'page',
  'hitsPerPage',
  'totalHits',
  'totalPages',
  'facetDistribution',
  'facetStats',
]);

const totalOf = (result: SearchResult | undefined): number => result?.totalHits ?? 0;

import type { Logger } from 'pino';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import { isOwnIndex, standsBeside } from '../meilisearch/own-indexes.js';
import type { IndexState, IndexStates } from '../settings/index-state.js';
import { withoutShadows } from '../shadow/shadow.js';
import { describeIndex, type PageIndex, type Sampled } from './guess.js';
import { SearchKey } from './search-key.js';
import type { PageSettings, Words } from './settings.js';

/** What the page is told, `GET /page-config`. */
export interface PageConfig {
  readonly title: Words;
  /** Of the interface; the first is the default. */
  readonly languages: readonly ('ur' | 'en')[];
  /** For who has no key of his own; null where none is needed, or none could be made. */
  readonly key: string | null;
  readonly numerals: 'urdu' | 'latin';
  readonly indexes: readonly PageIndex[];
}

export interface PageConfigOptions {
  readonly http: EngineHttp;
  readonly engine: EngineAddress & { readonly open: boolean };
  readonly states: IndexStates;
  readonly log: Logger;
  readonly settings: PageSettings;
  /** `PAGE_KEY`. */
  readonly givenKey: string | undefined;
}

/** Documents by which an index is described. */
const LOOKED_AT = 10;
/** Indexes of one page. */
const MOST_INDEXES = 100;
/** How long what was guessed of an index is believed while its settings and fields stay the same, in milliseconds. */
const BELIEVED_MS = 60_000;
/** And the list of indexes. */
const LIST_BELIEVED_MS = 1_000;

const TITLE: Words = { ur: 'جستجو', en: 'Justuju' };
const KEY_NAME = 'Justuju page';

/** Describes the collection to the page: as the operator says, as the settings of the indexes allow, and only what Meilisearch shows to the caller's own key. */
export class PageConfigs {
  private readonly searchKey: SearchKey;
  private readonly described = new Map<
    string,
    { readonly index: Promise<PageIndex | undefined>; readonly by: string; readonly at: number }
  >();
  private listed: { readonly uids: Promise<readonly string[]>; readonly at: number } | undefined;

  constructor(private readonly options: PageConfigOptions) {
    const { http, engine, log, settings, givenKey } = options;
    const indexes = settings.indexes?.map(({ uid }) => uid);
    this.searchKey = new SearchKey({
      http,
      engine,
      log,
      given: givenKey,
      indexes,
      name: settings.keyName ?? KEY_NAME,
      all: () => this.list(),
    });
  }

  /** For who sends no key: all share one description. */
  async forEverybody(): Promise<PageConfig> {
    const { engine, settings } = this.options;
    const { needsKey, key } = await this.searchKey.now();
    const authorization = needsKey ? key && `Bearer ${key}` : adminAuthorization(engine);
    const uids = authorization === null ? [] : (settings.indexes?.map(({ uid }) => uid) ?? (await this.list()));
    const indexes = uids.map((uid) => this.remembered(uid, authorization ?? undefined));
    return this.config(key, await Promise.all(indexes));
  }

  /** For a caller with a key or a token: the indexes that it may search. Nothing is remembered of it. */
  async forCaller(authorization: string): Promise<PageConfig> {
    const configured = this.options.settings.indexes?.map(({ uid }) => uid) ?? [];
    const uids = [...new Set([...configured, ...(await this.list())])].slice(0, MOST_INDEXES);
    const indexes = uids.map(async (uid) => this.describe(uid, authorization, await this.options.states.of(uid)));
    return this.config(null, await Promise.all(indexes));
  }

  /** The field of an index that holds headlines, where the operator says so: null says that none does. */
  headlineOf(uid: string): string | null | undefined {
    return this.options.settings.indexes?.find((index) => index.uid === uid)?.fields?.headline;
  }

  private config(key: string | null, indexes: readonly (PageIndex | undefined)[]): PageConfig {
    const { title = TITLE, languages = ['ur', 'en'], numerals = 'urdu' } = this.options.settings;
    return { title, languages, key, numerals, indexes: indexes.filter((index) => index !== undefined) };
  }

  private async remembered(uid: string, authorization: string | undefined): Promise<PageIndex | undefined> {
    const state = await this.options.states.of(uid);
    const { primaryKey, displayed, filterable, sortable, maxTotalHits, fields, empty, exists } = state;
    const by = JSON.stringify([authorization, primaryKey, displayed, filterable, sortable, maxTotalHits, fields, empty, exists]);
    const now = performance.now();
    const known = this.described.get(uid);
    if (known?.by === by && now - known.at < BELIEVED_MS) return known.index;
    const index = this.describe(uid, authorization, state);
    this.described.set(uid, { index, by, at: now });
    index.catch(() => this.described.delete(uid));
    return index;
  }

  /** Undefined: Meilisearch does not let this caller search it, or it is not there. */
  private async describe(uid: string, authorization: string | undefined, state: IndexState): Promise<PageIndex | undefined> {
    if (!state.exists) return undefined;
    const { http, settings, log } = this.options;
    const answer = await http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
      q: '',
      limit: LOOKED_AT,
      // Shadows would double the answer.
      ...(state.showsAll && state.fields.length > 0 && { attributesToRetrieve: state.fields }),
    });
    if (answer.status !== 200) return undefined;
    const { hits } = withoutShadows(answer.json()) as { hits: Sampled['documents'] };
    const given = settings.indexes?.find((one) => one.uid === uid);
    const index = describeIndex({ uid, state, documents: hits }, given ?? {});
    const left = given === undefined ? [] : leftOut(given, index);
    if (left.length > 0)
      log.warn({ uid, left }, 'the settings of the index do not allow all that the settings of the page name: it is left out');
    return index;
  }

  private list(): Promise<readonly string[]> {
    const now = performance.now();
    if (this.listed !== undefined && now - this.listed.at < LIST_BELIEVED_MS) return this.listed.uids;
    const uids = this.askList();
    this.listed = { uids, at: now };
    uids.catch(() => {
      this.listed = undefined;
    });
    return uids;
  }

  private async askList(): Promise<readonly string[]> {
    const { http, engine } = this.options;
    const answer = await http.request({ method: 'GET', path: '/indexes?limit=1000', authorization: adminAuthorization(engine) });
    const { results = [] } = (answer.status === 200 ? answer.json() : {}) as { results?: readonly { uid: string }[] };
    return results
      .map(({ uid }) => uid)
      .filter((uid) => !isOwnIndex(uid) && !standsBeside(uid))
      .slice(0, MOST_INDEXES);
  }
}

/** What the operator names and the page is not told. */
function leftOut(given: NonNullable<PageSettings['indexes']>[number], { fields, facets, sorts, dateFilter }: PageIndex): string[] {
  const missing = Object.entries(given.fields ?? {}).flatMap(([part, said]) => {
    const shown = [fields[part as keyof PageIndex['fields']]].flat();
    return [said].flat().filter((field) => field != null && !shown.includes(field));
  });
  return [
    ...missing.map((field) => `${field} is not displayed`),
    ...(given.facets ?? [])
      .filter(({ field }) => !facets.some((one) => one.field === field))
      .map(({ field }) => `${field} is no facet: it must be filterable and displayed`),
    ...(given.sorts ?? [])
      .filter(({ by }) => !sorts.some((one) => one.by === by))
      .map(({ by }) => `${by} is no sort: its field must be sortable`),
    ...(given.dateFilter != null && dateFilter === null
      ? [`${given.dateFilter.field} is no date filter: it must be filterable by comparison`]
      : []),
  ];
}

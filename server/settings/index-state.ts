import { READ_AS_URDU, type Reading } from '../documents/reading.js';
import { isObject } from '../json/is-object.js';
import type { EngineCapabilities } from '../meilisearch/capabilities.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { isAtLeast } from '../meilisearch/version.js';
import { fromShadow, isShadow, isSortShadow, ownFields, STAMP, versionOf } from '../shadow/shadow.js';
import { mergeChat } from './chat.js';
import { mergeEmbedders } from './embedders.js';
import { readingOf } from './languages.js';
import { DEFAULT_RULES, defaultRulesOf } from './lean.js';
import { readNote } from './note.js';
import { Pins } from './pins.js';
import { isFilterable, isStampFiltered, withoutStampFilter } from './stamp-filter.js';
import { Synonyms } from './synonyms.js';
import { fieldNamesOf, toldFields } from './told-fields.js';
import { type Correction, correctionOf, DEFAULT_CORRECTION } from './typos.js';

/** What Justuju must know of an index before it touches a query or a document of it. */
export interface IndexState extends Correction {
  readonly exists: boolean;
  /** Analyzer version that its searchable fields were made by; undefined: never analyzed, Meilisearch's own analysis holds. */
  readonly analyzerVersion: number | undefined;
  readonly empty: boolean;
  readonly documents: number;
  /** The documents' own top-level fields, without shadows. */
  readonly fields: readonly string[];
  /** The fields that are searched, in the client's terms; `*` for all. */
  readonly searchable: readonly string[];
  /** Whether hits show all fields of a document. */
  readonly showsAll: boolean;
  /** The setting `displayedAttributes` as Meilisearch has it. */
  readonly displayed: readonly string[];
  /** The fields whose words may be told: those that are both shown and searched; undefined: all that are searched. */
  readonly told: readonly string[] | undefined;
  /** `filterableAttributes` in the client's terms: names, patterns, rules. */
  readonly filterable: readonly unknown[];
  /** `sortableAttributes` in the client's terms. */
  readonly sortable: readonly string[];
  /** Names of sort keys that documents hold, those inside objects by the outermost. */
  readonly sortKeys: readonly string[];
  /** Words that no search finds. */
  readonly stopWords: readonly string[];
  /** `nonSeparatorTokens`: signs that are part of words. */
  readonly wordSigns: readonly string[];
  /** `dictionary`: words that are not cut, as terms. */
  readonly dictionary: readonly string[];
  /** Versions of documents can be asked for by their stamps, and hits show them. */
  readonly isVerifiable: boolean;
  readonly maxValuesPerFacet: number;
  /** No search shows more hits. */
  readonly maxTotalHits: number;
  readonly primaryKey: string | undefined;
  /** `distinctAttribute`: of documents that are alike in it one is shown. */
  readonly distinct: string | undefined;
  /** Its ranking rules order by a field of the documents (`price:asc`): then Justuju does not rank again. */
  readonly hasOwnOrder: boolean;
  /** Hits hold documents of other indexes, in place of their ids (since 1.39). */
  readonly hasForeignKeys: boolean;
  readonly synonyms: Synonyms;
  readonly pins: Pins;
  /** Which of its texts are Urdu. */
  readonly reading: Reading;
}

/** An index as it will be when Meilisearch has done what is in its queue now. */
export interface IndexAhead {
  readonly exists: boolean;
  readonly empty: boolean;
  /** Documents are in Meilisearch's queue: they were written while the index was as its settings say. */
  readonly awaitsDocuments: boolean;
  readonly analyzerVersion: number | undefined;
  /** All settings, as Meilisearch has them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What this Meilisearch gives an index without ranking rules of its own. */
  readonly defaultRules: readonly string[];
  /** Settings that it has and does not show while their feature is switched off. */
  readonly hidden: readonly string[];
}

const MISSING: IndexState = {
  exists: false,
  analyzerVersion: undefined,
  empty: true,
  documents: 0,
  fields: [],
  searchable: ['*'],
  showsAll: true,
  displayed: ['*'],
  told: undefined,
  filterable: [],
  sortable: [],
  sortKeys: [],
  stopWords: [],
  wordSigns: [],
  dictionary: [],
  isVerifiable: false,
  maxValuesPerFacet: 0,
  maxTotalHits: 0,
  primaryKey: undefined,
  distinct: undefined,
  hasOwnOrder: false,
  hasForeignKeys: false,
  ...DEFAULT_CORRECTION,
  synonyms: Synonyms.NONE,
  pins: Pins.NONE,
  reading: READ_AS_URDU,
};
const NOT_THERE: IndexAhead = {
  exists: false,
  empty: true,
  awaitsDocuments: false,
  analyzerVersion: undefined,
  settings: {},
  defaultRules: DEFAULT_RULES,
  hidden: [],
};

/** How long an answer is believed, in milliseconds. Other processes (a seed run, another Justuju) change indexes too. */
const BELIEVED_MS = 1_000;

/** Documents whose inner fields speak for all: a field that none of them has is not told of. */
const LOOKED_AT = 10;
/** The tasks that decide how documents and settings of an index are to be written. */
const DECISIVE = 'settingsUpdate,indexDeletion,indexSwap';

interface Task {
  readonly uid: number;
  readonly indexUid: string | null;
  readonly type: string;
  readonly details: { readonly [name: string]: unknown; readonly swaps?: readonly { readonly indexes: readonly string[] }[] } | null;
}

interface Stats {
  readonly numberOfDocuments?: number;
  readonly fieldDistribution?: Readonly<Record<string, number>>;
}

/** The states of all indexes, asked from Meilisearch with Justuju's own key and remembered for a second. */
export class IndexStates {
  private readonly known = new Map<string, { readonly state: Promise<IndexState>; readonly at: number }>();

  /** Read once a change: an index may have thousands. */
  private readonly synonyms = new Map<string, { readonly setting: string; readonly synonyms: Synonyms; readonly pins: Pins }>();

  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
    private readonly capabilities: EngineCapabilities,
  ) {}

  /** Never throws for an index that does not exist: that is a state too. */
  of(uid: string): Promise<IndexState> {
    const now = performance.now();
    const entry = this.known.get(uid);
    if (entry !== undefined && now - entry.at < BELIEVED_MS) return entry.state;
    const state = this.ask(uid);
    if (this.known.size > 10_000) this.known.clear();
    if (this.synonyms.size > 10_000) this.synonyms.clear();
    this.known.set(uid, { state, at: now });
    state.catch(() => this.known.delete(uid));
    return state;
  }

  /** Forgets what is known of an index (or of all), after a write that may have changed it. */
  forget(uid?: string): void {
    if (uid === undefined) this.known.clear();
    else this.known.delete(uid);
  }

  /** A task of the index was done at `finishedAt`: what was asked before is of the past. */
  forgetBefore(uid: string | null, finishedAt: string): void {
    const finished = performance.now() - (Date.now() - Date.parse(finishedAt));
    // A millisecond of grace: the two clocks are read one after the other.
    for (const [known, { at }] of this.known) if ((uid === null || known === uid) && at <= finished + 1) this.known.delete(known);
  }

  /** The index when what is enqueued now is done: a write that comes after must fit that. */
  async ahead(uid: string): Promise<IndexAhead> {
    // In this order: what is finished between the two requests is in the second answer, and to apply it twice does no harm.
    const [tasks, awaitsDocuments, { version }] = await Promise.all([this.enqueued(), this.awaitsDocuments(uid), this.capabilities.now()]);
    let index = { ...(await this.now(uid)), awaitsDocuments };
    for (const { type, details, indexUid } of tasks) {
      if (type === 'indexSwap') {
        const swap = details?.swaps?.find(({ indexes }) => indexes.includes(uid));
        const other = swap?.indexes.find((one) => one !== uid);
        if (other !== undefined) index = { ...(await this.now(other)), awaitsDocuments: await this.awaitsDocuments(other) };
      } else if (indexUid !== uid) continue;
      else if (type === 'indexDeletion') index = NOT_THERE;
      else {
        const settings = changed(index.settings, details);
        index = { ...index, exists: true, settings, analyzerVersion: versionIn(settings) };
      }
    }
    return { ...index, defaultRules: defaultRulesOf(version), hidden: isAtLeast(version, [1, 37]) ? ['chat'] : ['chat', 'vectorStore'] };
  }

  /** What this Meilisearch gives an index without ranking rules of its own. */
  async defaultRules(): Promise<readonly string[]> {
    return defaultRulesOf((await this.capabilities.now()).version);
  }

  private async enqueued(): Promise<readonly Task[]> {
    const { results } = (await this.get(`/tasks?types=${DECISIVE}&statuses=enqueued,processing&limit=1000`)) as { results?: Task[] };
    return (results ?? []).sort((a, b) => a.uid - b.uid);
  }

  private async awaitsDocuments(uid: string): Promise<boolean> {
    const query = `indexUids=${encodeURIComponent(uid)}&types=documentAdditionOrUpdate&statuses=enqueued,processing&limit=1`;
    const { results } = (await this.get(`/tasks?${query}`)) as { results?: Task[] };
    return (results ?? []).length > 0;
  }

  private async now(uid: string): Promise<IndexAhead> {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const [settings, stats] = await Promise.all([this.get(`${path}/settings`), this.get(`${path}/stats`) as Promise<Stats>]);
    if (settings['code'] !== undefined) return NOT_THERE;
    return {
      exists: true,
      empty: stats.numberOfDocuments === 0,
      awaitsDocuments: false,
      settings,
      analyzerVersion: versionIn(settings),
      defaultRules: DEFAULT_RULES,
      hidden: [],
    };
  }

  private async ask(uid: string): Promise<IndexState> {
    if (isOwnIndex(uid)) return MISSING;
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const [settings, index, stats] = await Promise.all([
      this.get(`${path}/settings`),
      this.get(path) as Promise<{ primaryKey?: string | null }>,
      this.get(`${path}/stats`) as Promise<Stats>,
    ]);
    const { numberOfDocuments = 0, fieldDistribution = {} } = stats;
    const { searchableAttributes, displayedAttributes, distinctAttribute, rankingRules, pagination, faceting } = settings;
    if (!Array.isArray(searchableAttributes)) {
      const code = settings['code'];
      if (code === 'index_not_found' || code === 'invalid_index_uid') return MISSING;
      // A key without the right to read settings: leave the index to Meilisearch, as it comes.
      return { ...MISSING, exists: true, empty: false };
    }
    const names = searchableAttributes as string[];
    const fields = Object.keys(fieldDistribution).filter((field) => !isShadow(field));
    const searchable = names.map(fromShadow);
    const displayed = Array.isArray(displayedAttributes) ? (displayedAttributes as string[]) : [];
    const showsAll = displayed.includes('*');
    return {
      exists: true,
      analyzerVersion: versionOf(names),
      empty: numberOfDocuments === 0,
      documents: numberOfDocuments,
      fields,
      searchable,
      showsAll,
      displayed,
      told: showsAll ? undefined : toldFields(await this.fieldNames(path, fields), displayed, searchable),
      filterable: withoutStampFilter(isFilterable(settings['filterableAttributes']) ? settings['filterableAttributes'] : []),
      sortable: ((settings['sortableAttributes'] as string[] | undefined) ?? []).filter((field) => !isShadow(field)),
      sortKeys: Object.keys(fieldDistribution).filter(isSortShadow),
      stopWords: (settings['stopWords'] as string[] | undefined) ?? [],
      wordSigns: (settings['nonSeparatorTokens'] as string[] | undefined) ?? [],
      dictionary: (settings['dictionary'] as string[] | undefined) ?? [],
      isVerifiable: isStampFiltered(settings['filterableAttributes']) && (showsAll || displayed.includes(STAMP)),
      maxValuesPerFacet: (faceting as { maxValuesPerFacet?: number } | undefined)?.maxValuesPerFacet ?? 100,
      maxTotalHits: (pagination as { maxTotalHits?: number } | undefined)?.maxTotalHits ?? 0,
      primaryKey: index.primaryKey ?? undefined,
      distinct: typeof distinctAttribute === 'string' ? distinctAttribute : undefined,
      ...correctionOf(settings),
      hasOwnOrder: Array.isArray(rankingRules) && rankingRules.some((rule) => /:(asc|desc)$/.test(String(rule))),
      hasForeignKeys: Array.isArray(settings['foreignKeys']) && settings['foreignKeys'].length > 0,
      ...this.synonymsAndPins(uid, settings['synonyms']),
      reading: readingOf(settings),
    };
  }

  /** The setting `displayedAttributes` as it is at this moment. */
  async displayedNow(uid: string): Promise<readonly string[]> {
    const setting: unknown = await this.get(`/indexes/${encodeURIComponent(uid)}/settings/displayed-attributes`);
    return Array.isArray(setting) ? (setting as string[]) : [];
  }

  /** The names of the documents' fields, inner ones too: Meilisearch's statistics name only the outer. */
  private async fieldNames(path: string, fields: readonly string[]): Promise<readonly string[]> {
    const { results = [] } = (await this.get(`${path}/documents?limit=${LOOKED_AT}`)) as { results?: object[] };
    return [...fields, ...results.flatMap((document) => fieldNamesOf(ownFields(document)))];
  }

  private synonymsAndPins(uid: string, applied: unknown): { readonly synonyms: Synonyms; readonly pins: Pins } {
    const setting = JSON.stringify(applied ?? {});
    const known = this.synonyms.get(uid);
    if (known?.setting === setting) return known;
    const { pins = [] } = readNote(applied);
    const read = { synonyms: Synonyms.read(applied), pins: pins.length === 0 ? Pins.NONE : new Pins(pins) };
    this.synonyms.set(uid, { setting, ...read });
    return read;
  }

  private async get(path: string): Promise<Readonly<Record<string, unknown>>> {
    const authorization = adminAuthorization(this.address);
    const answer = await this.http.request({ method: 'GET', path, authorization });
    return (answer.json() ?? {}) as Record<string, unknown>;
  }
}

/** Settings after a task. Typo settings are the ones that Meilisearch changes in part. */
function changed(settings: IndexAhead['settings'], change: Task['details']): IndexAhead['settings'] {
  const typos = change?.['typoTolerance'];
  const embedders = change?.['embedders'];
  return {
    ...settings,
    ...change,
    ...(isObject(typos) && { typoTolerance: { ...(settings['typoTolerance'] as object), ...typos } }),
    ...(change?.['chat'] != null && { chat: mergeChat(settings['chat'], change['chat']) }),
    ...(embedders != null && { embedders: mergeEmbedders(settings['embedders'], embedders) }),
  };
}

function versionIn(settings: Readonly<Record<string, unknown>>): number | undefined {
  const names = settings['searchableAttributes'];
  return Array.isArray(names) ? versionOf(names as string[]) : undefined;
}

import { isShadow, versionOf } from '../documents/shadow.js';
import type { EngineAddress } from './client.js';
import type { EngineHttp } from './http.js';

/** What Justuju must know of an index before it touches a query or a document of it. */
export interface IndexState {
  readonly exists: boolean;
  /** Analyzer version that its searchable fields were made by; undefined: never analyzed, Meilisearch's own analysis holds. */
  readonly analyzerVersion: number | undefined;
  readonly empty: boolean;
  /** The documents' own top-level fields, without shadows. */
  readonly fields: readonly string[];
}

const MISSING: IndexState = { exists: false, analyzerVersion: undefined, empty: true, fields: [] };

/** How long an answer is believed, in milliseconds. Other processes (a seed run, another Justuju) change indexes too. */
const BELIEVED_MS = 1_000;

/** The states of all indexes, asked from Meilisearch with Justuju's own key and remembered for a second. */
export class IndexStates {
  private readonly known = new Map<string, { readonly state: Promise<IndexState>; readonly until: number }>();
  /** Indexes that Justuju has just prepared for analysis: the task is enqueued, the index may not exist yet. */
  private readonly prepared = new Map<string, number>();

  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
  ) {}

  /** Never throws for an index that does not exist: that is a state too. */
  of(uid: string): Promise<IndexState> {
    const now = performance.now();
    const entry = this.known.get(uid);
    if (entry !== undefined && entry.until > now) return entry.state;
    const state = this.ask(uid);
    this.known.set(uid, { state, until: now + BELIEVED_MS });
    state.catch(() => this.known.delete(uid));
    if (this.known.size > 10_000) this.known.clear();
    return state;
  }

  /** Forgets what is known of an index (or of all), after a write that may have changed it. */
  forget(uid?: string): void {
    if (uid === undefined) this.known.clear();
    else this.known.delete(uid);
  }

  /** The task with number `taskUid` will make `uid` an analyzed index; until it is done the state is taken as read. */
  markPrepared(uid: string, taskUid: number): void {
    this.prepared.set(uid, taskUid);
    this.forget(uid);
  }

  unmarkPrepared(uid: string): void {
    this.prepared.delete(uid);
    this.forget(uid);
  }

  /** Whether documents for `uid` will meet an index made for our shadow fields. */
  async isPrepared(uid: string): Promise<boolean> {
    const taskUid = this.prepared.get(uid);
    if (taskUid === undefined) return false;
    const task = await this.http.request({ method: 'GET', path: `/tasks/${taskUid}`, authorization: this.authorization });
    const { status } = (task.json() ?? {}) as { status?: string };
    if (status === 'enqueued' || status === 'processing') return true;
    this.unmarkPrepared(uid);
    return false;
  }

  private get authorization(): string | undefined {
    return this.address.adminKey === undefined ? undefined : `Bearer ${this.address.adminKey}`;
  }

  private async ask(uid: string): Promise<IndexState> {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const settings = await this.http.request({ method: 'GET', path: `${path}/settings/searchable-attributes`, authorization: this.authorization });
    if (settings.status === 404 || settings.status === 400) return MISSING;
    // A key without the right to read settings: leave the index to Meilisearch, as it comes.
    if (settings.status !== 200) return { exists: true, analyzerVersion: undefined, empty: false, fields: [] };
    const stats = await this.http.request({ method: 'GET', path: `${path}/stats`, authorization: this.authorization });
    const { numberOfDocuments = 0, fieldDistribution = {} } = (stats.json() ?? {}) as { numberOfDocuments?: number; fieldDistribution?: Record<string, number> };
    return {
      exists: true,
      analyzerVersion: versionOf(settings.json() as string[]),
      empty: numberOfDocuments === 0,
      fields: Object.keys(fieldDistribution).filter((field) => !isShadow(field)),
    };
  }
}

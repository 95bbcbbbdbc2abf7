import { ANALYZER_VERSION } from '@justuju/urdu';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import { fromShadow, versionOf } from '../shadow/shadow.js';

/** An index as Meilisearch lists it. */
export interface ListedIndex {
  readonly uid: string;
  readonly createdAt: string;
  /** The same words, the same documents and settings. */
  readonly updatedAt: string;
  readonly primaryKey: string | null;
}

export interface Task {
  readonly uid: number;
  readonly indexUid: string | null;
  readonly status: 'enqueued' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  readonly type: string;
}

/** What of an index decides how its documents are kept. */
export interface Searched {
  /** Its documents were analyzed, by this version. */
  readonly isAnalyzed: boolean;
  readonly searchable: readonly string[];
}

const LIST_PAGE = 1_000;
const TASKS_PAGE = 100;
/** Tasks looked through for strangers; where there are more, stamps tell sooner. */
const MOST_TASKS = 1_000;
/** Tasks asked for at a time, so that the address stays short. */
const MOST_UIDS = 200;

/** The tasks that change documents. All others (settings, names, swaps) leave them, and with them their store, as they are. */
const CHANGES_DOCUMENTS = new Set(['documentAdditionOrUpdate', 'documentEdition', 'documentDeletion', 'indexDeletion']);

export const changesDocuments = ({ type, status }: Task): boolean => status === 'succeeded' && CHANGES_DOCUMENTS.has(type);
export const isFinished = ({ status }: Task): boolean => status !== 'enqueued' && status !== 'processing';

/** What Meilisearch tells of its changes, asked with Justuju's own key. */
export class EngineChanges {
  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
  ) {}

  /** Where Meilisearch is, as plain data: it is sent to the worker. */
  get engine(): EngineAddress {
    return { url: this.address.url, adminKey: this.address.adminKey };
  }

  /** All indexes by their uid. */
  async indexes(): Promise<ReadonlyMap<string, ListedIndex>> {
    const all = new Map<string, ListedIndex>();
    for (let offset = 0; ; offset += LIST_PAGE) {
      const { results } = (await this.get(`/indexes?limit=${LIST_PAGE}&offset=${offset}`)) as { readonly results: readonly ListedIndex[] };
      for (const index of results) all.set(index.uid, index);
      if (results.length < LIST_PAGE) return all;
    }
  }

  /** Of these tasks the finished ones. One that Meilisearch does not know any more is undefined. */
  async finished(uids: readonly number[]): Promise<ReadonlyMap<number, Task | undefined>> {
    const asked = uids.slice(0, MOST_UIDS);
    const { results } = (await this.get(`/tasks?uids=${asked.join()}&limit=${asked.length}`)) as { readonly results: readonly Task[] };
    const known = new Map(results.map((task) => [task.uid, task]));
    return new Map(
      asked.flatMap((uid) => {
        const task = known.get(uid);
        return task === undefined || isFinished(task) ? [[uid, task] as const] : [];
      }),
    );
  }

  /** The tasks of an index after one, finished or being done, newest first; undefined where there are too many. Without a last one: only the newest. */
  async tasksSince(uid: string, last: number | undefined): Promise<readonly Task[] | undefined> {
    const query = `/tasks?indexUids=${encodeURIComponent(uid)}&statuses=processing,succeeded,failed,canceled&limit=${TASKS_PAGE}`;
    const tasks: Task[] = [];
    for (let from = ''; tasks.length < MOST_TASKS; ) {
      const page = (await this.get(query + from)) as { readonly results: readonly Task[]; readonly next: number | null };
      const newer = page.results.filter((task) => last === undefined || task.uid > last);
      tasks.push(...newer);
      if (last === undefined || page.next === null || newer.length < page.results.length) return tasks;
      from = `&from=${page.next}`;
    }
    return undefined;
  }

  async searched(uid: string): Promise<Searched> {
    const path = `/indexes/${encodeURIComponent(uid)}`;
    const names = (await this.get(`${path}/settings/searchable-attributes`)) as readonly string[];
    return { isAnalyzed: versionOf(names) === ANALYZER_VERSION, searchable: names.map(fromShadow) };
  }

  private async get(path: string): Promise<unknown> {
    const answer = await this.http.request({ method: 'GET', path, authorization: adminAuthorization(this.address) });
    if (answer.status !== 200) throw new Error(`Meilisearch answers ${answer.status} to GET ${path}: ${answer.text.slice(0, 300)}`);
    return answer.json();
  }
}

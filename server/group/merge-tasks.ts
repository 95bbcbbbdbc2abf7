import { isObject } from '../json/is-object.js';
import type { Place } from './place.js';

/** A task as Meilisearch shows it, as far as it is put together. */
export interface PartTask {
  readonly uid: number;
  readonly status: 'enqueued' | 'processing' | 'succeeded' | 'failed' | 'canceled';
  readonly type: string;
  readonly details?: Readonly<Record<string, unknown>> | null;
  readonly error?: { readonly code?: string } | null;
  readonly enqueuedAt?: string | null;
  readonly startedAt?: string | null;
  readonly finishedAt?: string | null;
  readonly duration?: string | null;
  readonly canceledBy?: number | null;
}

/** What became of a part: the task of a server, or null where that server has not taken it. */
export type Part = readonly [Place, PartTask | null];

const NOT_TAKEN = {
  message: 'A Meilisearch server has not taken its part of this write: send it again.',
  code: 'write_taken_in_part',
  type: 'system',
  link: 'https://docs.meilisearch.com/errors#write_taken_in_part',
} as const;

/** Details that count documents: each server counts its own. */
const COUNTED = new Set([
  'receivedDocuments',
  'indexedDocuments',
  'deletedDocuments',
  'editedDocuments',
  'providedIds',
  'canceledTasks',
  'deletedTasks',
  'matchedTasks',
]);

/**
 * The tasks of several servers as one: done when all are, failed when one has. An index that is deleted need not have been on each of them.
 *
 * @param canceledBy the group's number of the task by which it was canceled
 */
export function mergeTasks(uid: number, parts: readonly Part[], canceledBy: (place: Place, task: number) => number | null): PartTask {
  const known = parts.flatMap(([, task]) => (task === null ? [] : [task]));
  const [first] = known as [PartTask];
  const counted = known.length > 1 ? known.filter((task) => !isOfNoConcern(task)) : known;
  const telling = counted.length === 0 ? known : counted;
  const isShort = parts.some(([, task]) => task === null);
  const status = isShort && telling.every(isDone) ? 'failed' : statusOf(telling);
  const last = telling.reduce((a, b) => ((b.finishedAt ?? '') > (a.finishedAt ?? '') ? b : a));
  const isFinished = status !== 'enqueued' && status !== 'processing';
  const by = parts.flatMap(([place, task]) => (task?.canceledBy == null ? [] : [canceledBy(place, task.canceledBy)]))[0];
  return {
    ...first,
    uid,
    status,
    details: mergeDetails(telling),
    error: isFinished ? (telling.find(({ error }) => error != null)?.error ?? (isShort ? NOT_TAKEN : null)) : null,
    enqueuedAt: earliest(telling.map((task) => task.enqueuedAt)),
    startedAt: earliest(telling.map((task) => task.startedAt)),
    finishedAt: isFinished ? (last.finishedAt ?? null) : null,
    duration: isFinished ? (last.duration ?? null) : null,
    ...('canceledBy' in first && { canceledBy: by ?? null }),
  };
}

const isDone = ({ status }: PartTask): boolean => status !== 'enqueued' && status !== 'processing';
const isOfNoConcern = ({ type, status, error }: PartTask): boolean =>
  type === 'indexDeletion' && status === 'failed' && error?.code === 'index_not_found';

function statusOf(tasks: readonly PartTask[]): PartTask['status'] {
  const has = (status: PartTask['status']): boolean => tasks.some((task) => task.status === status);
  if (has('processing')) return 'processing';
  if (has('enqueued')) return tasks.every(({ status }) => status === 'enqueued') ? 'enqueued' : 'processing';
  return has('failed') ? 'failed' : has('canceled') ? 'canceled' : 'succeeded';
}

function mergeDetails(tasks: readonly PartTask[]): Readonly<Record<string, unknown>> | null {
  const all = tasks.flatMap(({ details }) => (isObject(details) ? [details] : []));
  const [first] = all;
  if (first === undefined) return null;
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => {
      const values = all.map((details) => details[name]);
      if (!COUNTED.has(name)) return [name, value];
      return [name, values.some((one) => typeof one !== 'number') ? null : (values as number[]).reduce((a, b) => a + b, 0)];
    }),
  );
}

const earliest = (times: readonly (string | null | undefined)[]): string | null =>
  times.reduce<string | null>((first, time) => (time != null && (first === null || time < first) ? time : first), null);

import { Router } from 'express';
import { BadRequest } from '../errors.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { type Asked, answering, type GroupContext, type Missing, passedOn, tellMissing } from './group-context.js';
import { NotServed } from './group-errors.js';
import { mergeTasks, type Part, type PartTask } from './merge-tasks.js';
import type { Place } from './place.js';
import { type Answered, answeredBy } from './writes.js';

/** No task has it. */
const NO_TASK = 4_294_967_295;
const DEFAULT_LIMIT = 20;
/** Tasks asked for by their numbers at a time, so that the address stays short. */
const MOST_UIDS = 400;
/** Servers' tasks looked through at a time. */
const PAGE = 500;

/** Tasks by the group's own numbers: each stands for those of the servers that took part. Tasks that somebody gave a server by itself are not shown. */
export function groupTasks(context: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { log } = context;
  router.get(
    '/tasks',
    answering(log, (asked) => list(asked, context)),
  );
  router.get(
    '/tasks/:uid',
    answering(log, (asked) => readOne(asked, context)),
  );
  router.post(
    '/tasks/cancel',
    answering(log, (asked) => onAll(asked, context)),
  );
  router.delete(
    '/tasks',
    answering(log, (asked) => onAll(asked, context)),
  );
  return router;
}

async function readOne(asked: Asked, context: GroupContext): Promise<Answered> {
  const given = String(asked.request.params['uid']);
  const parts = /^\d{1,10}$/.test(given) ? context.ledger.partsOf(Number(given)) : undefined;
  if (parts === undefined) return unknown(given, asked, context);
  const { tasks, refusal } = await partsOf([Number(given)], '', asked, context, []);
  if (refusal !== undefined) return answeredBy(refusal);
  const [task] = tasks;
  return task === undefined ? unknown(given, asked, context) : { status: 200, body: task };
}

/** A server says whether the caller may ask, and what is wrong with a number that is none. */
async function unknown(given: string, asked: Asked, { servers }: GroupContext): Promise<Answered> {
  if (given === 'stream') throw new NotServed('A stream of tasks', 'Ask for them by `GET /tasks`.');
  const isNumber = /^\d+$/.test(given);
  const answer = await servers.any(servers.all, passedOn(asked, { path: isNumber ? `/tasks/${NO_TASK}` : asked.path }));
  if (isNumber && answer.status === 404) throw new BadRequest(`Task \`${given}\` not found.`, 'task_not_found', 404);
  return answeredBy(answer);
}

interface Read {
  /** Newest first. */
  readonly tasks: readonly PartTask[];
  readonly refusal: EngineAnswer | undefined;
}

/**
 * These tasks of the group, as far as their parts are still known and pass a filter.
 *
 * @param silent servers that are not asked
 * @throws ServerMissing where another one that took part does not answer
 */
async function partsOf(
  uids: readonly number[],
  filter: string,
  asked: Asked,
  { servers, ledger }: GroupContext,
  silent: readonly Place[],
): Promise<Read> {
  const wanted = new Map<Place, number[]>();
  const all = uids.flatMap((uid) => (ledger.partsOf(uid) ?? []).map(([place, part]) => ({ uid, place, part })));
  for (const { place, part } of all) if (part !== null) wanted.set(place, [...(wanted.get(place) ?? []), part]);
  const places = [...wanted.keys()].filter((place) => !silent.includes(place));
  const answers = await servers.askAll(
    places,
    (place) => {
      const numbers = wanted.get(place) as number[];
      return passedOn(asked, { path: `/tasks?uids=${numbers.join()}&limit=${numbers.length}${filter}` });
    },
    'It is not known how these tasks stand',
  );
  const refusal = answers.find(({ status }) => status !== 200);
  if (refusal !== undefined) return { tasks: [], refusal };
  const known = new Map<string, PartTask>();
  answers.forEach((answer, i) => {
    for (const task of (answer.json() as { results: PartTask[] }).results) known.set(`${places[i]}/${task.uid}`, task);
  });
  const tasks = [...uids]
    .sort((a, b) => b - a)
    .flatMap((uid) => {
      const parts = (ledger.partsOf(uid) ?? []).flatMap(([place, part]): Part[] => {
        const task = part === null ? null : known.get(`${place}/${part}`);
        return task === undefined ? [] : [[place, task]];
      });
      if (!parts.some(([, task]) => task !== null)) return [];
      return [mergeTasks(uid, parts, (place, task) => ledger.taskOf(place, task) ?? null)];
    });
  return { tasks, refusal: undefined };
}

/** Filters that each server applies to its own tasks. */
const FILTERS = [
  'types',
  'indexUids',
  'beforeEnqueuedAt',
  'afterEnqueuedAt',
  'beforeStartedAt',
  'afterStartedAt',
  'beforeFinishedAt',
  'afterFinishedAt',
];
const KNOWN = new Set([...FILTERS, 'uids', 'statuses', 'limit', 'from']);

async function list(asked: Asked, context: GroupContext): Promise<Answered> {
  const { servers, ledger } = context;
  const { searchParams } = new URL(asked.path, 'http://group');
  const limit = searchParams.get('limit') ?? String(DEFAULT_LIMIT);
  const from = searchParams.get('from') ?? undefined;
  const uids = searchParams.get('uids') ?? '*';
  const isSound = [limit, ...(from === undefined ? [] : [from])].every((text) => /^\+?\d{1,10}$/.test(text));
  // What is refused is refused in Meilisearch's words, and who may not ask as well.
  const probe = new URLSearchParams(searchParams);
  if (isSound) probe.set('limit', '1');
  const checked = await servers.any(servers.all, passedOn(asked, { path: `/tasks?${probe.toString()}` }));
  if (checked.status !== 200) return answeredBy(checked);
  for (const name of searchParams.keys())
    if (!KNOWN.has(name)) throw new NotServed(`A list of tasks by \`${name}\``, 'Use `uids`, `statuses`, `types`, `indexUids`, or times.');
  const search = new TaskSearch(searchParams, Number(limit), asked, context);
  const found =
    uids === '*'
      ? await search.newest(from === undefined ? ledger.lastTask() : Number(from))
      : await search.these(uids.split(',').map(Number));
  if ('refusal' in found) return answeredBy(found.refusal);
  const shown = found.tasks.slice(0, Number(limit));
  return {
    status: 200,
    body: {
      results: shown,
      total: found.total,
      limit: Number(limit),
      from: shown[0]?.uid ?? null,
      next: found.tasks[Number(limit)]?.uid ?? null,
      ...tellMissing(search.missing, servers.count),
    },
  };
}

type Found = { readonly tasks: readonly PartTask[]; readonly total: number } | { readonly refusal: EngineAnswer };

/** One list of tasks on its way. */
class TaskSearch {
  private readonly filter: string;
  private readonly statuses: ReadonlySet<string> | undefined;
  private readonly statusFilter: string;
  /** Servers that do not answer: a list tells of what the others know, and that it does. */
  private readonly silent = new Set<Place>();

  constructor(
    given: URLSearchParams,
    private readonly limit: number,
    private readonly asked: Asked,
    private readonly context: GroupContext,
  ) {
    const applied = FILTERS.flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [`&${name}=${encodeURIComponent(value)}`];
    });
    this.filter = applied.join('');
    const statuses = given.get('statuses') ?? '*';
    this.statuses = statuses === '*' ? undefined : new Set(statuses.split(',').map((status) => status.trim()));
    // A task that one server has done and another has not is under way; each of its parts may be neither.
    const wide = this.statuses?.has('processing') === true ? new Set([...this.statuses, 'enqueued']) : this.statuses;
    this.statusFilter = wide === undefined ? '' : `&statuses=${[...wide].join()}`;
  }

  get missing(): readonly Missing[] {
    return [...this.silent].map((place) => ({ place, why: 'does not answer' }));
  }

  /** Named ones, of which it must be known how they stand. */
  async these(uids: readonly number[]): Promise<Found> {
    const tasks: PartTask[] = [];
    const sorted = [...new Set(uids)].sort((a, b) => b - a);
    for (let at = 0; at < sorted.length; at += MOST_UIDS) {
      const read = await partsOf(sorted.slice(at, at + MOST_UIDS), this.filter, this.asked, this.context, []);
      if (read.refusal !== undefined) return { refusal: read.refusal };
      tasks.push(...read.tasks.filter((task) => this.passes(task)));
    }
    return { tasks: tasks.slice(0, this.limit + 1), total: tasks.length };
  }

  /** The newest from a number on. Each server names the newest of its own that pass, and these are put together until there are enough. */
  async newest(from: number): Promise<Found> {
    const tasks: PartTask[] = [];
    const isFiltered = this.filter !== '' || this.statuses !== undefined;
    let most = 0;
    for (let at = from; at >= 0; ) {
      const page = await this.candidates(at);
      if ('refusal' in page) return page;
      most = Math.max(most, page.total);
      const read = await partsOf(page.uids, this.filter, this.asked, this.context, [...this.silent]);
      if (read.refusal !== undefined) return { refusal: read.refusal };
      tasks.push(...read.tasks.filter((task) => this.passes(task)));
      if (page.next === undefined) return { tasks, total: isFiltered ? tasks.length : this.context.ledger.countTasks() };
      if (tasks.length > this.limit) break;
      at = page.next;
    }
    // Of a filtered list that goes on this is how many there are at least.
    return { tasks, total: isFiltered ? Math.max(most, tasks.length) : this.context.ledger.countTasks() };
  }

  /** Numbers of tasks whose parts pass. `next`: where to go on. */
  private async candidates(
    from: number,
  ): Promise<
    { readonly uids: readonly number[]; readonly next: number | undefined; readonly total: number } | { readonly refusal: EngineAnswer }
  > {
    const { servers, ledger } = this.context;
    const starts = new Map(
      servers.all.flatMap((place) => {
        const part = ledger.partBefore(from, place);
        return part === undefined ? [] : [[place, part] as const];
      }),
    );
    const limit = Math.min(PAGE, this.limit + 1);
    const said = await servers.ask([...starts.keys()], (place) =>
      passedOn(this.asked, { path: `/tasks?limit=${limit}&from=${starts.get(place)}${this.filter}${this.statusFilter}` }),
    );
    for (const { place, answer } of said) if (answer === undefined) this.silent.add(place);
    const refusal = said.find(({ answer }) => answer !== undefined && answer.status !== 200)?.answer;
    if (refusal !== undefined) return { refusal };
    const uids = new Set<number>();
    const ends: number[] = [];
    let total = 0;
    for (const { place, answer } of said) {
      if (answer === undefined) continue;
      const page = answer.json() as { results: PartTask[]; next: number | null; total: number };
      total = Math.max(total, page.total);
      const own = page.results.flatMap(({ uid }) => ledger.taskOf(place, uid) ?? []).filter((uid) => uid <= from);
      for (const uid of own) uids.add(uid);
      // Behind the last of a list that goes on, this server may have more.
      if (page.next !== null) ends.push(own.length === 0 ? 0 : Math.min(...own));
    }
    const end = ends.length === 0 ? undefined : Math.max(...ends);
    return {
      uids: [...uids].filter((uid) => end === undefined || uid >= end).slice(0, MOST_UIDS),
      next: end === undefined ? undefined : end - 1,
      total,
    };
  }

  private passes({ status }: PartTask): boolean {
    return this.statuses === undefined || this.statuses.has(status);
  }
}

/** Cancels or forgets tasks: those that are named by the group's numbers, on each server by its own. */
async function onAll(asked: Asked, { servers, ledger, writes }: GroupContext): Promise<Answered> {
  const url = new URL(asked.path, 'http://group');
  if (url.searchParams.has('canceledBy')) throw new NotServed('Tasks by `canceledBy`', 'Name them by `uids`.');
  const uids = url.searchParams.get('uids');
  if (uids === null || uids === '*') return writes.inOrder(servers.all, () => passedOn(asked));
  const parts = uids.split(',').flatMap((uid) => ledger.partsOf(Number(uid)) ?? []);
  return writes.inOrder(servers.all, (place) => {
    const own = parts.flatMap(([at, part]) => (at === place && part !== null ? [part] : []));
    url.searchParams.set('uids', own.length === 0 ? String(NO_TASK) : own.join());
    return passedOn(asked, { path: url.pathname + url.search });
  });
}

/**
 * Indexes that stand beside another under names of ours: one that is being built, and the one that a rebuild took the place of, kept for some days so that one can go back.
 * Only who holds `uid` (index-lock.ts) may believe that half-built ones are nobody's.
 */
import { OperatorError } from '../errors.js';
import { adminAuthorization, adminClient, type EngineAddress } from '../meilisearch/client.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import { EngineHttp } from '../meilisearch/http.js';
import { FORMER } from '../meilisearch/own-indexes.js';

/** Days for which the index before a rebuild is kept. The first run after that removes it. */
export const KEPT_DAYS = 3;
const DAY_MS = 86_400_000;

/** An index as it was before a rebuild. */
export interface Former {
  readonly uid: string;
  /** Whose place was taken. */
  readonly of: string;
  /** When. */
  readonly since: Date;
  readonly until: Date;
}

export interface Beside {
  readonly halfBuilt: readonly string[];
  /** The last one first. */
  readonly former: readonly Former[];
}

/** What an index is called while it is built. @param signature eight hexadecimal digits */
export const freshUid = (uid: string, signature: string): string => `${uid}_new_${signature}`;

/** To the second, of UTC: articles_former_20261129T081500 */
const formerUid = (uid: string, now = new Date()): string =>
  `${uid}_former_${now
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, '')}`;

/** What a name says of a former index; undefined for all other names. */
export function formerBy(name: string): Former | undefined {
  const [, of, ...digits] = FORMER.exec(name) ?? [];
  if (of === undefined) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = digits.map(Number);
  const since = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return { uid: name, of, since, until: new Date(since.getTime() + KEPT_DAYS * DAY_MS) };
}

/** What stands beside an index. A run that was killed right behind its swap has left the former index under the name of a half-built one: that is older than the index itself. */
export async function besideOf(address: EngineAddress, uid: string): Promise<Beside> {
  const { results } = await adminClient(address).getRawIndexes({ limit: 100_000 });
  const own = results.find((index) => index.uid === uid);
  const former = results.flatMap((index) => formerBy(index.uid) ?? []).filter((one) => one.of === uid);
  const halfBuilt: string[] = [];
  for (const index of results) {
    if (!index.uid.startsWith(uid) || !/^_new_[0-9a-f]{8}$/.test(index.uid.slice(uid.length))) continue;
    if (own !== undefined && createdAt(index) < createdAt(own)) former.push(await keepAsFormer(address, uid, index.uid));
    else halfBuilt.push(index.uid);
  }
  return { halfBuilt, former: former.sort((a, b) => b.since.getTime() - a.since.getTime()) };
}

const createdAt = (index: { readonly createdAt: string | Date }): number => new Date(index.createdAt).getTime();

/** Gives the index that a rebuild took the place of its name. */
export async function keepAsFormer(address: EngineAddress, uid: string, found: string): Promise<Former> {
  const { results } = await adminClient(address).getRawIndexes({ limit: 100_000 });
  const taken = new Set(results.map((index) => index.uid));
  // Of two rebuilds in one second the second one says that it came a second later.
  let now = Date.now();
  while (taken.has(formerUid(uid, new Date(now)))) now += 1_000;
  const name = formerUid(uid, new Date(now));
  const former = formerBy(name);
  if (former === undefined) throw new Error(`${name} is no name of a former index`);
  await change(address, 'PATCH', `/indexes/${encodeURIComponent(found)}`, { uid: name });
  return former;
}

/** Removes indexes that have been kept long enough, or that are not the last one. @returns their names */
export async function removeOutdated(address: EngineAddress, { former }: Beside, now = Date.now()): Promise<string[]> {
  const outdated = former.filter((one, i) => i > 0 || one.until.getTime() < now).map((one) => one.uid);
  await removeIndexes(address, outdated);
  return outdated;
}

export async function removeIndexes(address: EngineAddress, uids: readonly string[]): Promise<void> {
  for (const uid of uids) await change(address, 'DELETE', `/indexes/${encodeURIComponent(uid)}`);
}

/**
 * Puts the index before the last rebuild in its place again, settings included. The one that goes is kept in turn, so that a second call undoes the first.
 * @returns when the rebuild was that is undone
 */
export async function rollBack(address: EngineAddress, uid: string): Promise<Former> {
  const [last] = (await besideOf(address, uid)).former;
  if (last === undefined)
    throw new OperatorError(
      `No index is kept from before a rebuild of \`${uid}\`: only a rebuild (--rebuild, reindex, restore) leaves one, for ${KEPT_DAYS} days. Nothing was changed.`,
    );
  const { results } = await adminClient(address).getIndexes({ limit: 100_000 });
  if (!results.some((index) => index.uid === uid)) {
    await change(address, 'PATCH', `/indexes/${encodeURIComponent(last.uid)}`, { uid });
    return last;
  }
  await change(address, 'POST', '/swap-indexes', [{ indexes: [uid, last.uid] }]);
  // The name tells since when it has been out of use.
  if (formerUid(uid) !== last.uid) await keepAsFormer(address, uid, last.uid);
  return last;
}

async function change(address: EngineAddress, method: 'DELETE' | 'PATCH' | 'POST', path: string, body?: unknown): Promise<void> {
  const http = new EngineHttp(address.url);
  const access = { http, authorization: adminAuthorization(address) };
  try {
    const answer =
      body === undefined
        ? await http.request({ method, path, authorization: access.authorization })
        : await http.send(method, path, access.authorization, body);
    if (answer.status !== 202) throw new Error(`Meilisearch refused ${method} ${path}: ${answer.text}`);
    const { status, error } = await finishedTask(access, (answer.json() as { taskUid: number }).taskUid);
    if (status !== 'succeeded') throw new Error(`Meilisearch did not do ${method} ${path}: ${error?.message ?? status}`);
  } finally {
    await http.close();
  }
}

/** For who has built an index anew. */
export function keptInWords(former: string, uid: string): string {
  const until = formerBy(former)?.until.toISOString().slice(0, 10) ?? '';
  return `The index before is kept as "${former}" until ${until}; it takes as much room as the new one. Back to it: npm run seed -- --rollback --index ${uid}`;
}

import { createHash } from 'node:crypto';
import { addedCounts } from '../meilisearch/summed-answers.js';
import type { GroupLedger } from './group-ledger.js';
import type { Place } from './place.js';

/** An index as Meilisearch lists it. */
export interface Listed {
  readonly uid: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly primaryKey: string | null;
}

/**
 * One index of several servers. It goes by the time of creation on the first of them. The time of its last change is the latest, to the millisecond; its further digits are a digest of all, so that it is another one
 * whenever an index has changed on any server, whatever their clocks say. Of servers that are gone what was last seen stands in.
 *
 * @param found by places, from the first on
 */
export async function mergeIndex(found: readonly (readonly [Place, Listed])[], spread: number, ledger: GroupLedger): Promise<Listed> {
  const [[place, first]] = found as [readonly [Place, Listed]];
  const createdAt = found.map(([at, index]) => ledger.firstOf(at, index.createdAt)).find((time) => time !== undefined) ?? first.createdAt;
  const own = Object.fromEntries(found.map(([at, index]) => [at, index.updatedAt])) as Record<Place, string>;
  const updatedAt = { ...ledger.seenOf(createdAt)?.updatedAt, ...own };
  if (place === 0 && found.length === spread)
    await ledger.see({ createdAt, updatedAt: own }, Object.fromEntries(found.slice(1).map(([at, index]) => [at, index.createdAt])));
  const primaryKey = found.map(([, index]) => index.primaryKey).find((key) => key !== null) ?? null;
  return { ...first, createdAt, updatedAt: latest(Object.values(updatedAt)), primaryKey };
}

function latest(times: readonly string[]): string {
  const last = times
    .map((time) => time.replace(/Z$/, '').padEnd(29, '0'))
    .sort()
    .at(-1) as string;
  if (times.length === 1) return times[0] as string;
  const digest = createHash('sha256').update(times.join()).digest().readUInt32BE(0) % 1_000_000;
  return `${last.slice(0, 23)}${String(digest).padStart(6, '0')}Z`;
}

type Stats = Readonly<Record<string, unknown>>;

/** What servers say of the size of an index, added up. */
export function mergeStats(all: readonly Stats[]): Stats {
  const [first = {}] = all;
  return Object.fromEntries(
    Object.entries(first).map(([name, value]) => {
      if (typeof value === 'boolean') return [name, all.some((stats) => stats[name] === true)];
      if (name === 'avgDocumentSize') return [name, average(all)];
      if (typeof value === 'number') return [name, all.reduce((sum, stats) => sum + Number(stats[name] ?? 0), 0)];
      return [name, name === 'fieldDistribution' ? addedUp(all.map((stats) => stats[name] as Record<string, number>)) : value];
    }),
  );
}

function average(all: readonly Stats[]): number {
  const count = (stats: Stats): number => Number(stats['numberOfDocuments'] ?? 0);
  const documents = all.reduce((sum, stats) => sum + count(stats), 0);
  const bytes = all.reduce((sum, stats) => sum + count(stats) * Number(stats['avgDocumentSize'] ?? 0), 0);
  return documents === 0 ? 0 : Math.round(bytes / documents);
}

const addedUp = (all: readonly Readonly<Record<string, number>>[]): Record<string, number> =>
  Object.fromEntries([...addedCounts(all)].sort(([a], [b]) => (a < b ? -1 : 1)));

/** `GET /stats`: of the whole instance. */
export function mergeAllStats(all: readonly Stats[]): Stats {
  const [first = {}] = all;
  const uids = [...new Set(all.flatMap((stats) => Object.keys(stats['indexes'] ?? {})))].sort();
  const of = (uid: string): Stats[] =>
    all.flatMap((stats): Stats[] => {
      const own = (stats['indexes'] as Record<string, Stats> | undefined)?.[uid];
      return own === undefined ? [] : [own];
    });
  const updates = all.flatMap((stats) => (typeof stats['lastUpdate'] === 'string' ? [stats['lastUpdate']] : []));
  return {
    ...mergeStats(all),
    ...('lastUpdate' in first && { lastUpdate: updates.sort().at(-1) ?? null }),
    indexes: Object.fromEntries(uids.map((uid) => [uid, mergeStats(of(uid))])),
  };
}

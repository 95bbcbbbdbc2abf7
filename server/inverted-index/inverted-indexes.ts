import type { Logger } from 'pino';
import type { IndexState } from '../engine/index-state.js';
import type { StoredTerms } from '../forward-index/stored-terms.js';
import { InvertedIndex } from './inverted-index.js';

/** An index with so few documents is read while the first search waits, up to so many milliseconds; others are read in the background. */
const SMALL = 500;
const MOST_WAIT = 200;
/** After an index was read nothing is read anew for so many times as long as that took. */
const REST = 3;

interface Entry {
  /** Of which version of the index `inverted` is, or was tried to be made. */
  version: string;
  inverted: InvertedIndex | undefined;
  building: Promise<void> | undefined;
  restsUntil: number;
  usedAt: number;
}

/**
 * The inverted indexes of all indexes that fit into memory. One answers for the very version of the index that it was made from; after any change Meilisearch
 * answers alone until a new one is there, so that nothing outdated is ever found.
 */
export class InvertedIndexes {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly terms: StoredTerms,
    private readonly log: Logger,
  ) {}

  /** The inverted index of an index in this state; undefined where there is none, or none yet. */
  async of(uid: string, state: IndexState): Promise<InvertedIndex | undefined> {
    const version = versionOf(state);
    if (version === undefined) return undefined;
    const entry = this.entry(uid);
    entry.usedAt = performance.now();
    if (entry.version === version && (entry.inverted === undefined || entry.inverted.table === this.terms.forward.table))
      return entry.inverted;
    entry.inverted = undefined;
    if (entry.building === undefined) {
      if (performance.now() < entry.restsUntil) return undefined;
      entry.building = this.build(uid, state, version, entry).finally(() => {
        entry.building = undefined;
      });
      if (state.documents <= SMALL) await Promise.race([entry.building, wait(MOST_WAIT)]);
    }
    return entry.version === version ? entry.inverted : undefined;
  }

  private entry(uid: string): Entry {
    let entry = this.entries.get(uid);
    if (entry === undefined) {
      if (this.entries.size > 10_000) this.entries.clear();
      entry = { version: '', inverted: undefined, building: undefined, restsUntil: 0, usedAt: 0 };
      this.entries.set(uid, entry);
    }
    return entry;
  }

  private async build(uid: string, { primaryKey = '', fields, searchable }: IndexState, version: string, entry: Entry): Promise<void> {
    const { terms } = this;
    const { forward } = terms;
    const started = performance.now();
    try {
      const documents = await terms.all({ uid, primaryKey, fields });
      // Now, before another index may drive them out.
      const own = documents?.map(({ stamp }) => forward.get(stamp)).filter((one) => one !== undefined);
      const inverted =
        documents && own?.length === documents.length
          ? await InvertedIndex.build(documents, own, forward.table, forward.fieldsNamed(searchable))
          : undefined;
      entry.inverted = inverted;
      entry.version = version;
      this.makeRoom();
      if (inverted === undefined) this.log.info({ uid }, 'the index is not kept in memory: Meilisearch proposes all hits');
    } catch (error) {
      this.log.debug({ error, uid }, 'the index could not be read');
    } finally {
      const took = performance.now() - started;
      entry.restsUntil = performance.now() + (documentsAreFew(entry) ? 0 : REST * took);
    }
  }

  /** The longest unused give way: their documents are proposed by Meilisearch until they change. */
  private makeRoom(): void {
    const kept = [...this.entries.values()].filter(({ inverted }) => inverted !== undefined).sort((a, b) => b.usedAt - a.usedAt);
    let bytes = 0;
    for (const entry of kept) {
      bytes += entry.inverted?.bytes ?? 0;
      if (bytes > this.terms.forward.mostBytes) entry.inverted = undefined;
    }
  }
}

const documentsAreFew = ({ inverted }: Entry): boolean => inverted !== undefined && inverted.documents.length <= SMALL;

/** Which documents and which searched fields the index has; undefined where Justuju does not rank by itself. */
function versionOf({ isUrdu, updatedAt, searchable, primaryKey }: IndexState): string | undefined {
  if (!isUrdu || updatedAt === undefined || primaryKey === undefined) return undefined;
  return JSON.stringify([updatedAt, searchable]);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds).unref();
  });
}

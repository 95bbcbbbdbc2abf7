import type { Logger } from 'pino';
import { leftIn, type Reading } from '../documents/reading.js';
import { ownFields, shadowFields } from '../documents/shadow.js';
import { adminAuthorization, type EngineAddress } from '../engine/client.js';
import type { EngineHttp } from '../engine/http.js';
import { IN_BACKGROUND, patiently } from '../engine/patiently.js';
import { readingOf } from '../settings/languages.js';
import { CountingEncoder } from './counting-encoder.js';
import { Knowledge } from './knowledge.js';
import { VocabularyStore } from './store.js';
import type { Vocabulary } from './vocabulary.js';

/** After this pause in indexing, in milliseconds, a vocabulary is stored and its derived indexes are brought up to date. */
const SETTLED_AFTER_MS = 1_000;
/** How often, in milliseconds, a vocabulary in use is compared with the stored one: another process may have indexed. */
const LOOK_EVERY_MS = 3_000;
/** Documents fetched at a time when a vocabulary is counted from the index itself. */
const SCAN_PAGE = 500;

interface Entry {
  knowledge: Knowledge;
  stamp: string | undefined;
  lookedAt: number;
  loading: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
  unsaved: boolean;
  /** How many stores are under way: until they are done, the stamp that Meilisearch holds may be our own. */
  saving: number;
}

/** The vocabularies of all indexes: counted while documents come in, stored in Meilisearch, loaded by every process. */
export class Vocabularies {
  private readonly entries = new Map<string, Entry>();
  private readonly store: VocabularyStore;
  private closed = false;

  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
    private readonly log: Logger,
    /** Milliseconds. */
    private readonly times = { settledAfter: SETTLED_AFTER_MS, lookEvery: LOOK_EVERY_MS },
  ) {
    this.store = new VocabularyStore(http, address);
  }

  /** What is known of an index now. Waits for nothing but the very first load; later news arrive in the background. */
  async of(uid: string): Promise<Knowledge> {
    const entry = this.entry(uid);
    const now = performance.now();
    if (now - entry.lookedAt > this.times.lookEvery && entry.loading === undefined && !entry.unsaved && entry.saving === 0) {
      const first = entry.lookedAt === Number.NEGATIVE_INFINITY;
      entry.lookedAt = now;
      entry.loading = this.look(uid, entry)
        .catch((error: unknown) => this.log.warn({ error, uid }, 'the vocabulary could not be loaded; queries are understood without it'))
        .finally(() => {
          entry.loading = undefined;
        });
      if (first) await entry.loading;
    }
    return entry.knowledge;
  }

  /** A batch of documents was taken by Meilisearch. Resolves when it is counted: after what was stored before, never instead of it. */
  async counted(uid: string, batch: Vocabulary): Promise<void> {
    if (batch.documents === 0) return;
    await this.of(uid);
    const entry = this.entry(uid);
    // The first load may still be under way for another caller.
    await entry.loading;
    entry.knowledge.vocabulary.merge(batch);
    entry.lookedAt = performance.now();
    this.changed(uid, entry);
  }

  /** The index was built anew: what was known of it is replaced. Resolves when it is stored. */
  async replace(uid: string, vocabulary: Vocabulary): Promise<void> {
    const entry = this.entry(uid);
    entry.knowledge = new Knowledge();
    entry.knowledge.vocabulary.merge(vocabulary);
    await this.save(uid, entry);
  }

  /** The index was deleted, or swapped: forget it, and count again when it is asked for. */
  forget(uid: string): void {
    const entry = this.entries.get(uid);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    this.entries.delete(uid);
    this.store.remove(uid).catch(() => undefined);
  }

  /** Stores what is not stored yet. */
  async close(): Promise<void> {
    this.closed = true;
    for (const [uid, entry] of this.entries) {
      clearTimeout(entry.timer);
      if (entry.unsaved) await this.save(uid, entry).catch(() => undefined);
    }
  }

  private entry(uid: string): Entry {
    let entry = this.entries.get(uid);
    if (entry === undefined) {
      entry = {
        knowledge: new Knowledge(),
        stamp: undefined,
        lookedAt: Number.NEGATIVE_INFINITY,
        loading: undefined,
        timer: undefined,
        unsaved: false,
        saving: 0,
      };
      this.entries.set(uid, entry);
    }
    return entry;
  }

  private changed(uid: string, entry: Entry): void {
    entry.unsaved = true;
    if (entry.knowledge.isStale(false)) void entry.knowledge.refresh();
    clearTimeout(entry.timer);
    if (this.closed) return;
    entry.timer = setTimeout(() => {
      this.save(uid, entry).catch((error: unknown) => this.log.warn({ error, uid }, 'the vocabulary could not be stored'));
    }, this.times.settledAfter);
    entry.timer.unref();
  }

  private async save(uid: string, entry: Entry): Promise<void> {
    entry.unsaved = false;
    entry.saving += 1;
    try {
      if (!this.closed && entry.knowledge.isStale(true)) await entry.knowledge.refresh();
      const saved = await this.store.save(uid, entry.knowledge.vocabulary);
      if ('stamp' in saved) entry.stamp = saved.stamp;
      else this.log.warn({ uid, answer: saved.refused }, 'Meilisearch did not take the vocabulary');
    } finally {
      entry.saving -= 1;
    }
  }

  /** Loads what another process stored, or counts the words of an index that has no stored vocabulary. */
  private async look(uid: string, entry: Entry): Promise<void> {
    const stamp = await this.store.stampOf(uid);
    if (stamp === undefined) {
      if (entry.knowledge.vocabulary.documents === 0) await this.count(uid, entry);
      return;
    }
    // An older one: Meilisearch has not come yet to what was stored last.
    if (stamp === entry.stamp || isOlder(stamp, entry.stamp)) return;
    const before = entry.knowledge;
    const { generation } = before.vocabulary;
    const loaded = await this.store.load(uid);
    if (loaded === undefined) return;
    const knowledge = new Knowledge();
    knowledge.vocabulary.merge(loaded.vocabulary);
    await knowledge.refresh();
    // What was counted here meanwhile is not in what was loaded: it would be lost.
    if (entry.unsaved || entry.saving > 0 || entry.knowledge !== before || before.vocabulary.generation !== generation) return;
    entry.knowledge = knowledge;
    entry.stamp = loaded.stamp;
  }

  private async readingOf(uid: string, authorization: string | undefined): Promise<Reading> {
    const answer = await this.http.request({ method: 'GET', path: `/indexes/${encodeURIComponent(uid)}/settings`, authorization });
    return readingOf(answer.json() as Record<string, unknown>);
  }

  /** Counts the words of all documents of an index, page by page. */
  private async count(uid: string, entry: Entry): Promise<void> {
    const encoder = new CountingEncoder();
    const authorization = adminAuthorization(this.address);
    let reading: Reading | undefined;
    for (let offset = 0; ; offset += SCAN_PAGE) {
      const path = `/indexes/${encodeURIComponent(uid)}/documents?limit=${SCAN_PAGE}&offset=${offset}`;
      const answer = await patiently(() => this.http.request({ method: 'GET', path, authorization }), IN_BACKGROUND);
      if (answer.status !== 200) return;
      // Only now: while it is asked for, documents could come that are counted by those who write them.
      reading ??= await this.readingOf(uid, authorization);
      const { results } = answer.json() as { results: Record<string, unknown>[] };
      for (const document of results) {
        const own = ownFields(document);
        shadowFields(own, encoder.encode, undefined, leftIn(own, reading));
        encoder.endDocument();
      }
      if (results.length < SCAN_PAGE) break;
    }
    if (encoder.counted.documents === 0) return;
    entry.knowledge.vocabulary.merge(encoder.counted);
    this.changed(uid, entry);
  }
}

/** Stamps begin with the time at which they were made. */
const isOlder = (stamp: string, than: string | undefined): boolean =>
  than !== undefined && Number.parseInt(stamp, 10) < Number.parseInt(than, 10);

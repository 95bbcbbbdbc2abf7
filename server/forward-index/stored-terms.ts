import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ownFields, STAMP } from '../documents/shadow.js';
import type { EngineAddress } from '../engine/client.js';
import { fetchDocuments, type Wanted } from '../engine/fetch-documents.js';
import type { EngineHttp } from '../engine/http.js';
import type { Stamped } from '../engine/shown-documents.js';
import type { DocumentTerms } from './document-terms.js';
import type { ForwardIndex } from './forward-index.js';

type Fields = Readonly<Record<string, unknown>>;

/** What must be known of an index to read its documents. */
export interface Stored {
  readonly uid: string;
  readonly primaryKey: string;
  /** The documents' own top-level fields. */
  readonly fields: readonly string[];
}

/** Documents asked for at a time while an index is read whole, and how many times as long as reading them took nothing is done afterwards. */
const READ_PAGE = 200;
const STAMPS_PAGE = 2_000;
const REST = 2;

/** The terms of the documents in Meilisearch: from memory, or read and kept. */
export class StoredTerms {
  private isClosed = false;

  constructor(
    readonly forward: ForwardIndex,
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
    private readonly log: Logger,
  ) {}

  /**
   * The terms of hits, in their order; undefined for a document that is gone meanwhile. Valid until something is awaited.
   *
   * @param hits with the primary key and, if they have one, the stamp
   */
  async of(hits: readonly Fields[], stored: Stored): Promise<(DocumentTerms | undefined)[]> {
    const { forward } = this;
    const missing = hits.filter((hit) => !forward.has(stampIn(hit) ?? ''));
    const ids = missing.map((hit) => hit[stored.primaryKey]);
    // Ranked as Meilisearch ranks: better than no answer.
    const documents = missing.length === 0 ? [] : ((await this.fetch(stored, ids)) ?? []);
    forward.makeRoom();
    const read = new Map<string, DocumentTerms>();
    for (const document of documents) read.set(String(document[stored.primaryKey]), forward.read(ownFields(document), stampIn(document)));
    return hits.map((hit) => forward.get(stampIn(hit) ?? '') ?? read.get(String(hit[stored.primaryKey])));
  }

  close(): void {
    this.isClosed = true;
  }

  /**
   * Reads all documents of an index that are not in memory yet, resting in between so that searches go on. Returns which documents it has, in Meilisearch's order; undefined where they
   * cannot all be kept: there is no room, or one has no stamp. Throws where Meilisearch does not let them be read now: that is no end of the documents.
   */
  async all(stored: Stored): Promise<Stamped[] | undefined> {
    const { forward } = this;
    const documents: Stamped[] = [];
    for (let offset = 0; ; offset += STAMPS_PAGE) {
      if (this.isClosed) return undefined;
      const page = orThrow(await this.ask(stored, { offset, limit: STAMPS_PAGE, fields: [stored.primaryKey, STAMP] }), stored);
      const unknown: Fields[] = [];
      for (const hit of page) {
        const stamp = stampIn(hit);
        if (stamp === undefined) return undefined;
        documents.push({ id: hit[stored.primaryKey], stamp });
        if (!forward.has(stamp)) unknown.push(hit);
      }
      for (let i = 0; i < unknown.length; i += READ_PAGE) {
        if (this.isClosed || forward.isFull) return undefined;
        const started = performance.now();
        const ids = unknown.slice(i, i + READ_PAGE).map((hit) => hit[stored.primaryKey]);
        for (const document of orThrow(await this.fetch(stored, ids), stored)) {
          forward.makeRoom();
          forward.read(ownFields(document), stampIn(document));
          await nextTurn();
        }
        if (unknown.length > READ_PAGE) await pause(REST * (performance.now() - started), undefined, { ref: false });
      }
      if (page.length < STAMPS_PAGE) return documents.every(({ stamp }) => forward.has(stamp)) ? documents : undefined;
    }
  }

  private fetch({ fields, ...stored }: Stored, ids: readonly unknown[]): Promise<readonly Fields[] | undefined> {
    const wanted = [...new Set([...fields, stored.primaryKey, STAMP])];
    return this.ask({ fields, ...stored }, { ids, limit: ids.length, fields: wanted });
  }

  private async ask({ uid }: Stored, wanted: Wanted): Promise<readonly Fields[] | undefined> {
    const answer = await fetchDocuments(this.http, this.address, uid, wanted);
    if (answer.status !== 200) {
      this.log.warn({ uid, status: answer.status, answer: answer.text.slice(0, 500) }, 'documents could not be read for ranking');
      return undefined;
    }
    return (answer.json() as { results: Fields[] }).results;
  }
}

function orThrow<T>(documents: T | undefined, { uid }: Stored): T {
  if (documents === undefined) throw new Error(`The documents of \`${uid}\` could not be read.`);
  return documents;
}

function stampIn(document: Fields): string | undefined {
  const stamp = document[STAMP];
  return typeof stamp === 'string' ? stamp : undefined;
}

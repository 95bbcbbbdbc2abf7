import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ownFields, STAMP } from '../documents/shadow.js';
import { adminAuthorization, type EngineAddress } from '../engine/client.js';
import type { EngineHttp } from '../engine/http.js';
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

/** Documents asked for at a time while an index is read in the background, and how many times as long as that took nothing is done afterwards. */
const WARM_PAGE = 200;
const STAMPS_PAGE = 2_000;
const WARM_REST = 2;

/** The terms of the documents in Meilisearch: from memory, or read and kept. */
export class StoredTerms {
  private readonly warmed = new Set<string>();
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
    this.warm(stored);
    const missing = hits.filter((hit) => !forward.has(stampIn(hit) ?? ''));
    const documents =
      missing.length === 0
        ? []
        : await this.fetch(
            stored,
            missing.map((hit) => hit[stored.primaryKey]),
          );
    forward.makeRoom();
    const read = new Map<string, DocumentTerms>();
    for (const document of documents) read.set(String(document[stored.primaryKey]), forward.read(ownFields(document), stampIn(document)));
    return hits.map((hit) => forward.get(stampIn(hit) ?? '') ?? read.get(String(hit[stored.primaryKey])));
  }

  close(): void {
    this.isClosed = true;
  }

  /** Reads an index in the background when it is searched for the first time, as far as there is room. */
  private warm(stored: Stored): void {
    if (this.warmed.has(stored.uid)) return;
    this.warmed.add(stored.uid);
    this.readAll(stored).catch((error: unknown) => this.log.debug({ error, uid: stored.uid }, 'documents are read when they are found'));
  }

  private async readAll(stored: Stored): Promise<void> {
    const { forward } = this;
    for (let offset = 0; !this.isClosed && !forward.isFull; offset += STAMPS_PAGE) {
      const stamps = await this.ask(stored, { offset, limit: STAMPS_PAGE, fields: [stored.primaryKey, STAMP] });
      const unknown = stamps.filter((hit) => stampIn(hit) !== undefined && !forward.has(stampIn(hit) ?? ''));
      for (let i = 0; i < unknown.length && !this.isClosed && !forward.isFull; i += WARM_PAGE) {
        const page = unknown.slice(i, i + WARM_PAGE).map((hit) => hit[stored.primaryKey]);
        const started = performance.now();
        for (const document of await this.fetch(stored, page)) {
          forward.makeRoom();
          forward.read(ownFields(document), stampIn(document));
          await pause(0);
        }
        await pause(WARM_REST * (performance.now() - started), undefined, { ref: false });
      }
      if (stamps.length < STAMPS_PAGE) return;
    }
  }

  private fetch({ fields, ...stored }: Stored, ids: readonly unknown[]): Promise<readonly Fields[]> {
    const wanted = [...new Set([...fields, stored.primaryKey, STAMP])];
    return this.ask({ fields, ...stored }, { ids, limit: ids.length, fields: wanted });
  }

  private async ask({ uid }: Stored, question: object): Promise<readonly Fields[]> {
    const authorization = adminAuthorization(this.address);
    const answer = await this.http.send('POST', `/indexes/${encodeURIComponent(uid)}/documents/fetch`, authorization, question);
    if (answer.status !== 200) {
      // Ranked as Meilisearch ranks: better than no answer.
      this.log.warn({ uid, status: answer.status, answer: answer.text.slice(0, 500) }, 'documents could not be read for ranking');
      return [];
    }
    return (answer.json() as { results: Fields[] }).results;
  }
}

function stampIn(document: Fields): string | undefined {
  const stamp = document[STAMP];
  return typeof stamp === 'string' ? stamp : undefined;
}

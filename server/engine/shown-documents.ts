import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { EngineAddress } from './client.js';
import { fetchDocuments } from './fetch-documents.js';
import type { EngineHttp } from './http.js';
import { EngineBusy } from './patiently.js';
import { RawDocument, splitDocuments } from './raw-document.js';

/** Bytes that an entry takes beside its document, about. */
const OVERHEAD = 300;

/** A document of an index: its primary key, and what tells one state of it from another. */
export interface Stamped {
  readonly id: unknown;
  readonly stamp: string;
}

/** What of the documents of an index is shown. */
export interface Shown {
  readonly uid: string;
  /** When the index was changed last. */
  readonly updatedAt: string;
  readonly primaryKey: string;
  /** With the primary key among them; undefined: all. */
  readonly fields: readonly string[] | undefined;
}

/**
 * Documents as they are shown, as bytes; those shown last are remembered: while a reader types, most of them stay the same. After any change of the index they are read anew:
 * their stamps would tell of changes too, but not of those that were made in Meilisearch itself, past Justuju.
 */
export class ShownDocuments {
  private readonly known: LRUCache<string, RawDocument>;

  /** @param mostBytes of memory, about */
  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
    private readonly log: Logger,
    mostBytes: number,
  ) {
    this.known = new LRUCache({ maxSize: Math.max(1, mostBytes), sizeCalculation: ({ bytes }) => bytes.length + OVERHEAD });
  }

  /** The documents by their primary keys, as these are written. One that is gone meanwhile is missing. */
  async of(wanted: readonly Stamped[], shown: Shown): Promise<Map<string, RawDocument>> {
    const keyOf = ({ stamp }: Stamped): string => `${shown.uid} ${shown.updatedAt} ${stamp} ${shown.fields?.join() ?? '*'}`;
    const documents = new Map<string, RawDocument>();
    const missing: Stamped[] = [];
    for (const one of wanted) {
      const known = this.known.get(keyOf(one));
      if (known === undefined) missing.push(one);
      else documents.set(String(one.id), known);
    }
    if (missing.length === 0) return documents;
    const fetched = await this.fetch(missing, shown);
    for (const one of missing) {
      const document = fetched.get(String(one.id));
      if (document === undefined) continue;
      documents.set(String(one.id), document);
      // A copy: the bytes are part of a whole answer, which would be kept with them.
      this.known.set(keyOf(one), new RawDocument(Buffer.from(document.bytes)));
    }
    return documents;
  }

  private async fetch(wanted: readonly Stamped[], { uid, primaryKey, fields }: Shown): Promise<Map<string, RawDocument>> {
    const ids = wanted.map(({ id }) => id);
    const answer = await fetchDocuments(this.http, this.address, uid, { ids, limit: ids.length, ...(fields && { fields }) });
    // Busy: without its documents a search would show fewer hits than there are.
    if (answer.status === 503) throw new EngineBusy();
    const documents = answer.status === 200 ? splitDocuments(answer.bytes, primaryKey) : undefined;
    if (documents !== undefined) return documents;
    this.log.warn({ uid, status: answer.status, answer: answer.text.slice(0, 500) }, 'the documents of a search could not be read');
    return new Map();
  }
}

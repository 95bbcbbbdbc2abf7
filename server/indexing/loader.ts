import { DocumentEncoder } from '../documents/document-encoder.js';
import type { Reading } from '../documents/reading.js';
import { shadowsOf } from '../documents/shadows-of.js';
import { stringifyExactly } from '../json/exact-json.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { freshStamp, rootOfVersion, stampOf, stampUnder } from '../shadow/shadow.js';
import { DocumentLines } from './document-lines.js';

/** Documents, or bytes, in one request: small enough to show progress, large enough for Meilisearch to index in one go. */
export const BATCH = { documents: 1_000, bytes: 16 * 1024 * 1024 } as const;

/**
 * Requests that Meilisearch has taken and not finished, and bytes in them: they are kept on the disk in case it refuses them. Enough for Meilisearch to index many in one go,
 * as it does what it is given at once; bounded, since each is an open file and the disk is not ours.
 */
const MOST_OPEN = { requests: 64, bytes: 256 * 1024 * 1024 } as const;

export interface LoaderOptions extends Access {
  readonly uid: string;
  readonly primaryKey: string;
  /** Of the analyzer. */
  readonly version: number;
  readonly reading: Reading;
  readonly onLoaded: (documents: number) => void;
  /** Told of each document, with its stamp, before it is sent. */
  readonly onAdded?: (key: string, stamp: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A document that Meilisearch refused by itself, with its reason. */
export interface Refused {
  readonly id: string;
  readonly reason: string;
  /** As it was sent: JSON. */
  readonly document: string;
}

interface Open {
  readonly method: 'POST' | 'PUT';
  readonly task: number;
  readonly lines: DocumentLines;
}

/** Analyzes documents and sends them to an index, many at a time. A batch that is refused is sent again in halves, until the bad document stands alone. */
export class Loader {
  sent = 0;
  readonly refused: Refused[] = [];
  private readonly encoder = new DocumentEncoder();
  private readonly open: Open[] = [];
  private readonly waiting = { POST: new DocumentLines(), PUT: new DocumentLines() };
  /** Memory of lines that were put aside, for the next ones: as garbage it would be held until the next collection, and no one is in a hurry to make one. */
  private spare: Buffer | undefined;

  constructor(private readonly options: LoaderOptions) {}

  /** Documents that hold Urdu. */
  get urdu(): number {
    return this.encoder.urdu;
  }

  /** @param into a document that is there: fields of others in it stay */
  async add(document: Record<string, unknown>, into?: 'a document with other fields'): Promise<void> {
    const { version, reading, primaryKey } = this.options;
    const root = rootOfVersion(version);
    const shadow = shadowsOf(document, this.encoder.encode, root, reading, into !== undefined);
    const own = stringifyExactly(document);
    const stamp = into === undefined ? stampOf(own) : freshStamp();
    // What stands beside the fields is put in before the last brace: the fields are written once.
    const text = `${own.slice(0, -1)}${own === '{}' ? '' : ','}${stringifyExactly({ ...shadow, [stampUnder(root)]: stamp }).slice(1)}`;
    this.options.onAdded?.(String(document[primaryKey]), stamp);
    this.encoder.endDocument(document, undefined);
    const lines = this.waiting[into === undefined ? 'POST' : 'PUT'];
    lines.push(String(document[primaryKey]), text);
    if (lines.length >= BATCH.documents || lines.size >= BATCH.bytes) await this.flush();
  }

  /** Hands over what is waiting. */
  async flush(): Promise<void> {
    for (const method of ['POST', 'PUT'] as const) {
      const lines = this.waiting[method];
      if (lines.length === 0) continue;
      this.waiting[method] = new DocumentLines(this.spare);
      this.spare = undefined;
      await this.send(method, lines);
      this.sent += lines.length;
      this.options.onLoaded(this.sent);
    }
  }

  /** Waits until Meilisearch has done all that it was given. */
  async settle(): Promise<void> {
    await this.flush();
    while (this.open.length > 0) await this.settleOne();
  }

  private async send(method: 'POST' | 'PUT', lines: DocumentLines): Promise<void> {
    while (this.open.length >= MOST_OPEN.requests || this.openBytes() > MOST_OPEN.bytes) await this.settleOne();
    const { http, authorization, uid, signal } = this.options;
    signal?.throwIfAborted();
    const answer = await http.request({
      method,
      path: `/indexes/${encodeURIComponent(uid)}/documents`,
      authorization,
      headers: { 'content-type': 'application/x-ndjson' },
      lane: 'upload',
      body: lines.body,
    });
    if (answer.status === 202) {
      this.spare = lines.putAside();
      this.open.push({ method, task: (answer.json() as { taskUid: number }).taskUid, lines });
    } else if (answer.status === 400 || answer.status === 413) await this.halve(method, lines, answer.text);
    else throw new Error(`Meilisearch did not take a batch of documents: ${answer.text}`);
  }

  private openBytes(): number {
    return this.open.reduce((sum, { lines }) => sum + lines.size, 0);
  }

  private async settleOne(): Promise<void> {
    const [batch] = this.open.splice(0, 1);
    if (batch === undefined) return;
    const { status, error } = await finishedTask(this.options, batch.task, this.options.signal);
    if (status === 'canceled')
      throw new Error('Somebody canceled a batch of documents. Run the command again: what is in stays, the rest is sent.');
    if (status === 'failed') await this.halve(batch.method, batch.lines, error?.message ?? 'no reason given');
    batch.lines.drop();
  }

  private async halve(method: 'POST' | 'PUT', lines: DocumentLines, reason: string): Promise<void> {
    const { only } = lines;
    if (only !== undefined) this.refused.push({ id: only.id, reason, document: only.text });
    else for (const half of lines.halves()) await this.send(method, half);
  }
}

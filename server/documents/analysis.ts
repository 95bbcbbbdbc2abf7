import { packBatch } from '../store/batch.js';
import type { Written } from '../store/synchronized-index.js';
import { DocumentEncoder } from './document-encoder.js';
import { type Listener, type ReadOptions, withShadows } from './with-shadows.js';

/** How an upload is to be analyzed. */
export interface AnalysisOptions extends ReadOptions {
  /** Of the index, where it is known. */
  readonly primaryKey: string | undefined;
}

/** An upload under way: documents as they came are read, and lines for Meilisearch come out. */
export interface Analysis {
  readonly lines: AsyncGenerator<Buffer>;
  /** For the store; to be called once. Undefined where not all lines were taken: then it is not known what was written. */
  take(): Written | undefined;
  /** Nothing more is wanted. May be called at any time, and again. */
  close(): void;
}

/** For what is short: in this thread. */
export function analyzeHere(body: AsyncIterable<Buffer>, { primaryKey, ...options }: AnalysisOptions, listener: Listener): Analysis {
  const encoder = new DocumentEncoder(primaryKey);
  return {
    lines: withShadows(body, { ...options, ...listener, encoder }),
    take: () => ({ batches: [packBatch(encoder.batch.take())], changed: encoder.changed }),
    close: () => undefined,
  };
}

import type { PackedBatch } from './batch.js';
import type { Settings } from './impact.js';
import type { Compared, Reconciled } from './reconciler.js';
import type { StoreFault } from './store-error.js';

/** What the worker is asked to do with the store in a folder. */
export type Action =
  | { readonly do: 'open' }
  | { readonly do: 'configure'; readonly settings: Settings }
  | { readonly do: 'add'; readonly batch: PackedBatch; readonly task: number | undefined }
  | { readonly do: 'remove'; readonly keys: readonly string[] | 'all'; readonly task: number | undefined }
  | { readonly do: 'settle'; readonly task: number; readonly succeeded: boolean }
  | { readonly do: 'note'; readonly sync: { readonly lastTask?: number; readonly syncedUpdatedAt?: string } }
  | ({ readonly do: 'reconcile' } & Compared)
  | { readonly do: 'close' };

/** What is done at once. */
export type Write = Exclude<Action, { readonly do: 'close' | 'reconcile' }>;

export interface Request {
  readonly id: number;
  readonly folder: string;
  readonly action: Action;
}

/** The last that the worker is told: it ends when all that was asked before is begun. */
export const END = 'end';

/** Of a request, or, without a number, of what the worker did on its own. */
export interface Answer {
  readonly id: number | undefined;
  readonly folder?: string;
  readonly fault?: StoreFault;
  readonly message?: string;
  /** Of a comparison; undefined: another process is at it. */
  readonly result?: Reconciled | undefined;
  /** The request is not done yet: so many of so many documents have been compared. */
  readonly progress?: Progress;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

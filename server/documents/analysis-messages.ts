/** What is said of one upload between the thread that has its connection and the one that analyzes it, each by an end of a port of its own. Who closes the port wants and gives no more. */
import type { MessagePort } from 'node:worker_threads';
import type { PackedBatch } from '../store/batch.js';
import type { AnalysisOptions } from './analysis.js';
import type { Language } from './language.js';
import { Queue } from './queue.js';
import type { CutOff, First } from './with-shadows.js';

/** What the thread is asked: to analyze an upload, or in which language its first documents are. */
export type ToThread =
  | { readonly do: 'analyze'; readonly port: MessagePort; readonly options: AnalysisOptions }
  | ({ readonly do: 'find language'; readonly port: MessagePort } & First);

export type ToAnalysis =
  | { readonly is: 'piece'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'end' }
  /** The body, or what was to be found out. By what stays with who says it. */
  | { readonly is: 'failed' }
  | { readonly is: 'cut off'; readonly isLeftOut: boolean }
  /** Lines were: there is room for more. */
  | { readonly is: 'taken' };

export type FromAnalysis =
  /** A piece of the body was taken: there is room for one more. */
  | { readonly is: 'taken' }
  | { readonly is: 'lines'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'language'; readonly language: Language }
  | { readonly is: 'broken' }
  | { readonly is: 'cut off'; readonly cut: CutOff }
  | { readonly is: 'done'; readonly batch: PackedBatch; readonly changed: readonly (string | number)[] }
  | { readonly is: 'refused'; readonly status: number; readonly code: string; readonly message: string }
  /** Undefined: by what the other side said that it failed. */
  | { readonly is: 'failed'; readonly error?: Error };

/** Pieces, of 64 kB and more, that may be on their way in either direction: so many that nobody waits for the other, and no more are held of a body of any length. */
const ON_THE_WAY = 4;

/** Room for what is sent: taken with each piece, given back when the other side has taken it. */
export const createRoom = (): Queue<undefined> => new Queue(Array.from({ length: ON_THE_WAY }, () => undefined));

/** What came from the other side, until its end, which is undefined. @param onTaken told of each piece, for the other side to know that there is room */
export async function* takenFrom(pieces: Queue<Buffer | undefined>, onTaken: () => void): AsyncGenerator<Buffer> {
  for (let piece = await pieces.take(); piece !== undefined; piece = await pieces.take()) {
    onTaken();
    yield piece;
  }
}

/** Gives the other side a copy of each piece, to be handed over, as soon as there is room for it. */
export async function giveEach(
  pieces: AsyncIterable<Buffer>,
  room: Queue<undefined>,
  give: (bytes: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  for await (const piece of pieces) {
    await room.take();
    give(new Uint8Array(piece));
  }
}

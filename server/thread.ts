import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads';
import { DemandTeller } from './stand-back.js';

export interface ThreadOptions<Told> {
  /** What it runs: see `threadFile`. */
  readonly file: URL;
  readonly data?: object;
  /** It lets this thread go first: it finds the `demand` among its data (stand-back.ts). */
  readonly standsBack?: true;
  /** Undefined: as much as the process. */
  readonly memory?: ResourceLimits;
  /** What it says. */
  readonly onTold?: (message: Told) => void;
  /** It fell: by an error that nobody caught, or for want of memory. */
  readonly onFault: (error: Error) => void;
  /** It is gone, whyever: what it was asked will not be answered. */
  readonly onEnd?: () => void;
}

/**
 * Under tests files are not compiled where they stand: what a thread runs is taken from the build.
 *
 * @param name of the file below the project's folder, without its ending
 */
export const threadFile = (name: string): URL =>
  new URL(import.meta.url.endsWith('.ts') ? `../dist/${name}.js` : `../${name}.js`, import.meta.url);

/** A thread of this process, for what would hold the event loop. Started when it is first asked something, and again when it was asked and had fallen. */
export class Thread<Asked, Told = never> {
  private worker: Worker | undefined;

  constructor(private readonly options: ThreadOptions<Told>) {}

  /** @returns to be called by who finds it fallen before its end is told, as a closed port does: what is asked next is asked of another */
  post(message: Asked, handedOver: readonly Transferable[] = []): () => void {
    this.worker ??= this.start();
    const { worker } = this;
    worker.postMessage(message, handedOver);
    return () => {
      if (this.worker === worker) this.worker = undefined;
    };
  }

  /** Ends it by itself. @param message at which it does so @returns whether it has ended in time */
  async endBy(message: Asked, withinMs: number): Promise<boolean> {
    const { worker } = this;
    if (worker === undefined) return true;
    worker.postMessage(message);
    await Promise.race([once(worker, 'exit'), pause(withinMs, undefined, { ref: false })]);
    return this.worker === undefined;
  }

  /** Ends it wherever it is. Not for one that has a store open. */
  async terminate(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const { file, data, standsBack, memory, onTold, onFault, onEnd } = this.options;
    const teller = standsBack === true ? new DemandTeller() : undefined;
    const worker = new Worker(file, {
      workerData: { ...data, demand: teller?.demand },
      ...(memory !== undefined && { resourceLimits: memory }),
    });
    if (onTold !== undefined) worker.on('message', onTold);
    worker.on('error', onFault);
    worker.on('exit', () => {
      if (this.worker === worker) this.worker = undefined;
      teller?.end();
      onEnd?.();
    });
    return worker;
  }
}

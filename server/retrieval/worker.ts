import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { StoreWriter } from './writer.js';
import { join } from 'node:path';
import { EngineHttp } from '../engine/http.js';
import { Lease } from './lease.js';
import { type Compared, type Reconciled, Reconciler } from './reconciler.js';
import type { Answer, Request } from './requests.js';

/** The thread that writes to the stores of a process, one request after the other. */
class Worker {
  private readonly writers = new Map<string, StoreWriter>();
  /** By folder: ends what is being compared with it. */
  private readonly closing = new Map<string, AbortController>();
  /** By address of Meilisearch. */
  private readonly engines = new Map<string, EngineHttp>();

  constructor(
    private readonly port: MessagePort,
    private readonly version: string,
  ) {}

  listen(): void {
    this.port.on('message', (request: Request) => {
      void this.answer(request);
    });
  }

  private async answer({ id, folder, action }: Request): Promise<void> {
    let answer: Answer = { id };
    try {
      if (action.do === 'close') {
        this.closing.get(folder)?.abort();
        this.closing.delete(folder);
        await this.writers.get(folder)?.close();
        this.writers.delete(folder);
      } else if (action.do === 'reconcile') answer = { id, result: await this.reconcile(id, folder, action) };
      else this.act(folder, action);
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.message : String(error) };
    }
    this.port.postMessage(answer);
  }

  private act(folder: string, action: Exclude<Request['action'], { do: 'close' | 'reconcile' }>): void {
    const writer = this.writerOf(folder);
    switch (action.do) {
      case 'open':
        return writer.configure(action.settings);
      case 'add':
        return writer.add(action.batch, action.task);
      case 'remove':
        return writer.remove(action.keys, action.task);
      case 'settle':
        return writer.settle(action.task, action.succeeded);
      case 'note':
        return writer.note(action.sync);
      case 'configure':
        return writer.configure(action.settings);
    }
  }

  private async reconcile(id: number, folder: string, compared: Compared): Promise<Reconciled | undefined> {
    let closing = this.closing.get(folder);
    if (closing === undefined) {
      closing = new AbortController();
      this.closing.set(folder, closing);
    }
    let http = this.engines.get(compared.engine.url);
    if (http === undefined) {
      http = new EngineHttp(compared.engine.url);
      this.engines.set(compared.engine.url, http);
    }
    const reconciler = new Reconciler(this.writerOf(folder), http, compared, closing.signal, (done, total) => {
      this.port.postMessage({ id, progress: { done, total } } satisfies Answer);
    });
    return compared.keys === undefined ? reconciler.all(new Lease(join(folder, 'reconciling'))) : reconciler.some(compared.keys);
  }

  private writerOf(folder: string): StoreWriter {
    let writer = this.writers.get(folder);
    if (writer === undefined) {
      writer = new StoreWriter(folder, this.version);
      this.writers.set(folder, writer);
    }
    return writer;
  }
}

if (parentPort !== null) new Worker(parentPort, (workerData as { readonly version: string }).version).listen();

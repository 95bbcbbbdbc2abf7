import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { StoreWriter } from './writer.js';
import type { Answer, Request } from './requests.js';

/** The thread that writes to the stores of a process, one request after the other. */
class Worker {
  private readonly writers = new Map<string, StoreWriter>();

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
        await this.writers.get(folder)?.close();
        this.writers.delete(folder);
      } else this.act(folder, action);
    } catch (error) {
      answer = { id, error: error instanceof Error ? error.message : String(error) };
    }
    this.port.postMessage(answer);
  }

  private act(folder: string, action: Exclude<Request['action'], { do: 'close' }>): void {
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

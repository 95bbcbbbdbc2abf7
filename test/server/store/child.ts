import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../../server/store/impact.js';
import type { TestDocument } from './model.js';

export type ChildAction =
  | { readonly do: 'add'; readonly documents: readonly TestDocument[]; readonly task?: number }
  | { readonly do: 'remove'; readonly keys: readonly number[] | 'all'; readonly task?: number }
  | { readonly do: 'settle'; readonly task: number; readonly succeeded: boolean }
  | { readonly do: 'configure'; readonly settings: Settings }
  | { readonly do: 'close' };

/** A store in a process of its own. */
export class Child {
  private readonly waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  private nextId = 1;

  private constructor(private readonly process: ChildProcess) {
    process.on('message', ({ id, error, fault }: { id: number; error?: string; fault?: string }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) asked?.resolve();
      else asked?.reject(Object.assign(new Error(error), { fault }));
    });
    process.on('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the process ended'));
      this.waiting.clear();
    });
  }

  static async start(folder: string, index: Settings & { readonly createdAt: string }): Promise<Child> {
    const child = fork(fileURLToPath(new URL('./child-main.mjs', import.meta.url)), [folder, JSON.stringify(index)]);
    await once(child, 'message');
    return new Child(child);
  }

  ask(action: ChildAction): Promise<void> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.send({ id, action });
    });
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  async close(): Promise<void> {
    await this.ask({ do: 'close' });
    if (this.process.exitCode === null) await once(this.process, 'exit');
  }
}

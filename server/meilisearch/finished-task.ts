import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from './stored-documents.js';

export interface FinishedTask {
  readonly status: 'succeeded' | 'failed' | 'canceled';
  readonly error: { readonly message: string } | null;
}

const PAUSE_MS = 50;

/** Waits for a task, however long it takes. */
export async function finishedTask({ http, authorization }: Access, taskUid: number, signal?: AbortSignal): Promise<FinishedTask> {
  for (;;) {
    signal?.throwIfAborted();
    const answer = await http.request({ method: 'GET', path: `/tasks/${taskUid}`, authorization });
    const task = answer.json() as { readonly status: string };
    if (task.status !== 'enqueued' && task.status !== 'processing') return task as FinishedTask;
    await sleep(PAUSE_MS);
  }
}

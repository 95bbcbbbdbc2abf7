import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Threads of Meilisearch that index, by the names that it gives them. One that such a thread begins has its priority: so have those of each batch. */
const INDEXING = /^(?:scheduler|indexing|indexer|batch)/;
/** How much they stand back behind its threads that answer: a tenth of their share where all want the processor. */
const NICE = 10;

/** Indexing waits for searches, not searches for indexing. Linux has a priority for each thread; elsewhere, or where a sandbox forbids it, all stays as it is. */
export function letIndexingStandBack(pid: number): void {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`))
      if (INDEXING.test(readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8'))) setPriority(Number(thread), NICE);
  } catch {
    // A thread that ended meanwhile, or no permission.
  }
}

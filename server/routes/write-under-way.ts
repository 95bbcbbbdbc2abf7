import type { EngineAnswer } from '../meilisearch/http.js';
import type { Written } from '../store/synchronized-index.js';
import type { Context } from './context.js';

/**
 * To be called before a write is sent to Meilisearch, and what is returned with its answer: then the store takes the same write, and the task is shown as done when it is so there too.
 *
 * @returns to be called with the answer, undefined where there was none, and with what was written; undefined where that is not known, and the store is to find out by itself
 */
export function beginWrite(
  uid: string,
  { synchronizer, unfinished }: Context,
): (answer: EngineAnswer | undefined, written: Written | undefined) => void {
  const write = synchronizer.begin(uid);
  return (answer, written) => {
    if (answer?.status !== 202 || written === undefined) {
      write.end();
      return;
    }
    const { taskUid } = answer.json() as { taskUid: number };
    const done = write
      .sent(taskUid, written)
      .then(() => synchronizer.settled(uid, taskUid))
      .finally(() => unfinished.delete(taskUid));
    unfinished.set(taskUid, done);
  };
}

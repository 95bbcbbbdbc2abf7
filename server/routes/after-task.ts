import type { Context } from './context.js';

/**
 * A task of a client's that Justuju has work to do for when Meilisearch has done it: it is shown as done after that. What is known of the index is read anew then.
 *
 * @param work never waited for by the client; where it fails, that is written down
 * @param failure what is so then
 */
export function afterTask(
  uid: string,
  taskUid: number,
  { log, unfinished, states }: Context,
  work: Promise<unknown>,
  failure: string,
): void {
  const done = work
    .catch((error: unknown) => log.error({ error, uid }, failure))
    .finally(() => {
      unfinished.delete(taskUid);
      states.forget(uid);
    });
  unfinished.set(taskUid, done);
}

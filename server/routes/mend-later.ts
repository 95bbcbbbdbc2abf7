import { mendShadows } from '../indexing/mend.js';
import { adminAuthorization } from '../meilisearch/client.js';
import { afterTask } from './after-task.js';
import type { Context } from './context.js';

/**
 * Something inside Meilisearch changes documents in this task, and it knows nothing of shadows: they are mended when it is done, and the task
 * is shown as done after that.
 */
export function mendLater(uid: string, taskUid: number, context: Context): void {
  const { http, engine } = context;
  const mended = mendShadows({ http, authorization: adminAuthorization(engine) }, uid, { afterTask: taskUid });
  afterTask(uid, taskUid, context, mended, 'the search terms of changed documents could not be brought up to date');
}

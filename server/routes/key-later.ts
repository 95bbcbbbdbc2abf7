import { mendShadows } from '../indexing/mend.js';
import { adminAuthorization } from '../meilisearch/client.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import { type Settings, toApplied, toClient } from '../settings/terms.js';
import { rootOfVersion } from '../shadow/shadow.js';
import { afterTask } from './after-task.js';
import type { Context } from './context.js';

/** Documents that come in while others get their keys get them in the next round; so many rounds before the index is sorted by them. */
const ROUNDS = 3;

/**
 * In this task fields became sortable while documents were there, which have no sort keys for them: they get these when it is done, then the index is sorted by them, and then the task is shown as done. Until all
 * documents have keys they are sorted as Meilisearch does.
 */
export function keyLater(uid: string, taskUid: number, context: Context): void {
  const failure = 'documents could not get their sort keys; they are sorted by code points';
  afterTask(uid, taskUid, context, giveKeys(uid, taskUid, context), failure);
}

async function giveKeys(uid: string, taskUid: number, { http, engine, states }: Context): Promise<void> {
  const access = { http, authorization: adminAuthorization(engine) };
  if ((await finishedTask(access, taskUid)).status !== 'succeeded') return;
  for (let round = 0; round < ROUNDS; round += 1) if ((await mendShadows(access, uid, { withAllKeys: true })) === 0) break;
  const { settings, analyzerVersion, defaultRules } = await states.ahead(uid);
  if (analyzerVersion === undefined) return;
  const { sortableAttributes } = toClient(settings, defaultRules);
  const applied: Settings = toApplied({ sortableAttributes }, settings, [], rootOfVersion(analyzerVersion), undefined, defaultRules, true);
  const answer = await http.send('PATCH', `/indexes/${encodeURIComponent(uid)}/settings`, access.authorization, applied);
  if (answer.status !== 202) throw new Error(`Meilisearch refuses the settings with ${answer.status}`);
  await finishedTask(access, (answer.json() as { taskUid: number }).taskUid);
  states.forget(uid);
  // What came in between.
  await mendShadows(access, uid);
}

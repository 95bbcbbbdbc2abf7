/** Requests about the server as a whole. */

import type { Draw } from '../../support/draw.js';
import type { Collection } from './collections.js';
import type { Request } from './request.js';
import { writtenIndex } from './writes.js';

const KEYS = ['6f0a3f9e-52a1-4e61-9d3c-0c5f2b8a7d01', '6f0a3f9e-52a1-4e61-9d3c-0c5f2b8a7d02'];

const STATUSES = ['enqueued', 'processing', 'succeeded', 'failed', 'canceled'];
const TYPES = ['documentAdditionOrUpdate', 'documentDeletion', 'settingsUpdate', 'indexCreation', 'indexDeletion', 'indexSwap'];

const request = { caller: 'master', about: [] } as const;
const get = (path: string): Request => ({ ...request, method: 'GET', path });

export function drawWork(draw: Draw, collections: readonly Collection[]): Request {
  const kind = draw.of(['tasks', 'batches']);
  const query = new URLSearchParams();
  if (draw.chance(0.5)) query.set('limit', String(draw.whole(1, 8)));
  if (draw.chance(0.4)) query.set('indexUids', draw.some(collections, 2).map(writtenIndex).join(','));
  if (draw.chance(0.3)) query.set('statuses', draw.some(STATUSES, 3).join(','));
  if (draw.chance(0.3)) query.set('types', draw.some(TYPES, 3).join(','));
  if (draw.chance(0.2)) query.set('reverse', 'true');
  if (draw.chance(0.2)) query.set('afterEnqueuedAt', '2020-01-01');
  return draw.weighted<() => Request>([
    [6, () => get(`/${kind}${query.size === 0 ? '' : `?${query.toString()}`}`)],
    [2, () => get('/tasks/{task}')],
    [1, () => get('/batches/{batch}')],
    [1, () => get('/tasks/99999')],
    [1, () => ({ ...request, method: 'POST', path: '/tasks/cancel?statuses=enqueued,processing', writesTo: '' })],
    [1, () => ({ ...request, method: 'DELETE', path: '/tasks?statuses=canceled', writesTo: '' })],
  ])();
}

export function drawKeys(draw: Draw): Request {
  const uid = draw.of(KEYS);
  return draw.weighted<() => Request>([
    [2, () => get(`/keys${draw.chance(0.5) ? '?limit=3&offset=1' : ''}`)],
    [2, () => get(`/keys/${uid}`)],
    [
      3,
      () => ({
        ...request,
        method: 'POST',
        path: '/keys',
        body: {
          uid,
          name: draw.of(['reader', 'شاعر']),
          description: null,
          actions: draw.some(['search', 'documents.add', 'indexes.get', 'stats.get', 'tasks.*'], 3),
          indexes: draw.of([['*'], ['english', 'urdu*']]),
          expiresAt: draw.of([null, '2093-04-01T00:00:00Z']),
        },
      }),
    ],
    [
      1,
      () => ({ ...request, method: 'PATCH', path: `/keys/${uid}`, body: { name: 'renamed', description: draw.of([null, 'of a test']) } }),
    ],
    [1, () => ({ ...request, method: 'DELETE', path: `/keys/${uid}` })],
  ])();
}

export function drawServer(draw: Draw, collections: readonly Collection[]): Request {
  const { language } = draw.of(collections);
  return draw.weighted<() => Request>([
    [1, () => get('/health')],
    [1, () => get('/version')],
    [2, () => get('/stats')],
    [2, () => get(`/indexes/${draw.of([language, `${language}_set`, `${language}_written`])}/stats`)],
    [2, () => get(`/indexes/${draw.of([language, `${language}_written`, 'scratch_a', 'missing'])}`)],
    [2, () => get(`/indexes${draw.chance(0.6) ? `?limit=${draw.whole(1, 5)}&offset=${draw.whole(0, 5)}` : ''}`)],
    [1, () => get('/experimental-features')],
    [1, () => ({ ...request, method: 'PATCH', path: '/experimental-features', body: { logsRoute: draw.chance(0.5) } })],
    [1, () => get('/network')],
    [1, () => get('/webhooks')],
    [1, () => get('/chats')],
    [1, () => ({ ...request, method: 'POST', path: '/dumps', writesTo: '' })],
  ])();
}

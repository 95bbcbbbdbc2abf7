import type { EngineHttp, EngineRequest } from '../meilisearch/http.js';

type Question = Pick<EngineRequest, 'method' | 'path'> & { readonly action: string };

const GENERAL: readonly Question[] = [
  { action: 'keys.get', method: 'GET', path: '/keys?limit=1' },
  { action: 'keys.create', method: 'POST', path: '/keys' },
  { action: 'indexes.get', method: 'GET', path: '/indexes?limit=1' },
  { action: 'indexes.create', method: 'POST', path: '/indexes' },
  { action: 'tasks.get', method: 'GET', path: '/tasks?limit=1' },
  { action: 'stats.get', method: 'GET', path: '/stats' },
];

const ofIndex = (uid: string): readonly Question[] => {
  const path = `/indexes/${encodeURIComponent(uid)}`;
  return [
    { action: 'documents.get', method: 'GET', path: `${path}/documents?limit=1` },
    { action: 'documents.add', method: 'POST', path: `${path}/documents` },
    { action: 'settings.get', method: 'GET', path: `${path}/settings` },
    { action: 'settings.update', method: 'PATCH', path: `${path}/settings` },
  ];
};

/** A content type that Meilisearch takes nowhere. It looks at the key first, so that what is asked for never happens. */
const NOTHING = { headers: { 'content-type': 'text/x-nothing' }, body: '-' };

/** The actions that a key has beside searching, by trying it: for who may not look it up, and for tenant tokens. Nothing is changed by it. */
export async function mayDoMore(key: string, uids: readonly string[], http: EngineHttp): Promise<readonly string[]> {
  const questions = [...GENERAL, ...uids.flatMap(ofIndex)];
  const allowed = await Promise.all(
    questions.map(async ({ action, method, path }) => {
      const { status } = await http.request({ method, path, authorization: `Bearer ${key}`, ...(method !== 'GET' && NOTHING) });
      return status === 401 || status === 403 ? [] : [action];
    }),
  );
  return [...new Set(allowed.flat())];
}

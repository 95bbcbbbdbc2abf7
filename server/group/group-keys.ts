import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { JustujuError } from '../errors.js';
import { isObject } from '../json/is-object.js';
import type { EngineAnswer, EngineRequest } from '../meilisearch/http.js';
import { type Asked, answering, type GroupContext, jsonIn, passedOn, withJson } from './group-context.js';
import { pageIn, parametersOf } from './page-in.js';
import { type Answered, answeredBy } from './writes.js';

const ALL = 1_000_000;

interface Key {
  readonly uid: string;
}

interface Made {
  readonly key: string;
}

/** A key would open some of the servers only. */
class KeysDiffer extends JustujuError {
  constructor() {
    super(
      502,
      'keys_differ',
      'system',
      'The Meilisearch servers have not made the same key of the same uid: all of them need the same master key.',
    );
  }
}

/**
 * API keys: the same on all servers. A key follows from its uid and the master key, so that servers with one master key make the same key of the same uid. Keys that Meilisearch makes by itself have another uid on each
 * server; they open one of them only, and are not shown.
 */
export function groupKeys({ servers, log }: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(
    '/keys',
    answering(log, (asked) => list(asked, servers)),
  );
  router.post(
    '/keys',
    answering(log, (asked) => make(asked, servers)),
  );
  router.get(
    '/keys/:key',
    answering(log, async (asked) => answeredBy(await servers.any(servers.all, passedOn(asked)))),
  );
  const onAll = answering(log, async (asked) => alike(await servers.askAll(servers.all, passedOn(asked), 'The key cannot be changed')));
  router.patch('/keys/:key', onAll);
  router.delete('/keys/:key', onAll);
  return router;
}

/** The answer that all of them give; a refusal where one refuses. */
const alike = (answers: readonly EngineAnswer[]): Answered => {
  const [first] = answers as [EngineAnswer];
  return answeredBy(answers.find(({ status }) => status >= 300) ?? first);
};

async function make(asked: Asked, servers: GroupContext['servers']): Promise<Answered> {
  const body = jsonIn(asked);
  if (!isObject(body)) return answeredBy(await servers.any(servers.all, passedOn(asked)));
  const uid = typeof body['uid'] === 'string' ? body['uid'] : randomUUID();
  const request: EngineRequest = withJson(asked, body['uid'] == null ? { ...body, uid } : body);
  servers.need(servers.all, 'The key cannot be made');
  // First one of them, which refuses for all.
  const first = await servers.one(0, request);
  if (first.status !== 201) return answeredBy(first);
  const others = servers.all.slice(1);
  const answers = await servers.askAll(
    others,
    request,
    'The key was made on server 1 only: make it again with the same `uid` after deleting it',
  );
  const value = (first.json() as Made).key;
  if (answers.some((answer) => answer.status === 201 && (answer.json() as Made).key !== value)) throw new KeysDiffer();
  return alike([first, ...answers]);
}

async function list(asked: Asked, servers: GroupContext['servers']): Promise<Answered> {
  const page = pageIn(parametersOf(asked.path));
  if (page === undefined) return answeredBy(await servers.any(servers.all, passedOn(asked)));
  const { offset, limit } = page;
  const answers = await servers.askAll(servers.all, passedOn(asked, { path: `/keys?offset=0&limit=${ALL}` }), 'Keys cannot be listed');
  const refusal = answers.find(({ status }) => status !== 200);
  if (refusal !== undefined) return answeredBy(refusal);
  const [first = [], ...others] = answers.map((answer) => (answer.json() as { results: Key[] }).results);
  const known = others.map((keys) => new Set(keys.map(({ uid }) => uid)));
  const common = first.filter(({ uid }) => known.every((uids) => uids.has(uid)));
  return { status: 200, body: { results: common.slice(offset, offset + limit), offset, limit, total: common.length } };
}

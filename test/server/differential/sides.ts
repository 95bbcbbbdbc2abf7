/** The engine alone and a Justuju with an engine of its own: both are asked the same. */
import { gzipSync } from 'node:zlib';
import { generateTenantToken } from 'meilisearch/token';
import { startTestEngine } from '../../support/engine.js';
import { startJustuju } from '../../support/justuju.js';
import type { Compared } from './compare.js';
import type { Caller, Request } from './request.js';

const MASTER_KEY = 'a-master-key-of-sixteen';

interface Task {
  readonly uid: number;
  readonly batchUid: number | null;
  readonly status: string;
}

export interface Side {
  ask(request: Request): Promise<Compared>;
  /** The numbers of all tasks that a request was answered with. */
  readonly told: ReadonlySet<number>;
  /** The task of an answer, when it is done. */
  finished(answer: Compared): Promise<Compared>;
  stop(): Promise<void>;
}

export async function startDirect(): Promise<Side> {
  const { url, stop } = await startTestEngine({ meiliMasterKey: MASTER_KEY });
  return sideAt(url, stop);
}

export async function startThrough(): Promise<Side> {
  const { url, stop } = await startJustuju({ masterKey: MASTER_KEY });
  return sideAt(url, stop);
}

async function sideAt(url: string, stop: () => Promise<void>): Promise<Side> {
  const keys = await keysOf(url);
  const told = new Set<number>();
  const last = { task: 0, batch: 0 };
  const ask = async (request: Request): Promise<Compared> => {
    const { method, path, body, raw, isCompressed = false, caller } = request;
    const text = raw?.text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path.replace('{task}', String(last.task)).replace('{batch}', String(last.batch)), {
      method,
      headers: {
        authorization: `Bearer ${keys[caller]}`,
        ...(text === undefined ? {} : { 'content-type': raw?.type ?? 'application/json' }),
        ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
      },
      ...(text === undefined ? {} : { body: isCompressed ? gzipSync(text) : text }),
    });
    const answer = {
      status: response.status,
      type: mediaType(response.headers.get('content-type')),
      body: readBody(await response.text()),
    };
    const { taskUid } = (answer.body ?? {}) as { taskUid?: number };
    if (taskUid !== undefined) told.add(taskUid);
    return answer;
  };
  const finished = async (answer: Compared): Promise<Compared> => {
    const { taskUid } = answer.body as { taskUid: number };
    for (let tries = 0; tries < 3_000; tries += 1) {
      const found = await ask({ method: 'GET', path: `/tasks/${taskUid}`, caller: 'master', about: [] });
      const { uid, batchUid, status } = found.body as Task;
      if (status !== 'enqueued' && status !== 'processing') {
        last.task = uid;
        last.batch = batchUid ?? last.batch;
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`task ${taskUid} at ${url} did not end`);
  };
  return { ask, told, finished, stop };
}

/** The default keys of this engine, and a tenant's token that finds what is not too old. */
async function keysOf(url: string): Promise<Readonly<Record<Caller, string>>> {
  const response = await fetch(`${url}/keys`, { headers: { authorization: `Bearer ${MASTER_KEY}` } });
  const { results } = (await response.json()) as { results: { name: string; key: string; uid: string }[] };
  const named = (name: string): { key: string; uid: string } => {
    const found = results.find((key) => key.name === name);
    if (found === undefined) throw new Error(`Meilisearch has no ${name}`);
    return found;
  };
  const search = named('Default Search API Key');
  return {
    master: MASTER_KEY,
    admin: named('Default Admin API Key').key,
    search: search.key,
    tenant: await generateTenantToken({
      apiKey: search.key,
      apiKeyUid: search.uid,
      searchRules: { '*': { filter: 'year > 1980' } },
      force: true,
    }),
  };
}

/** Without the character set: JSON has but one. */
const mediaType = (header: string | null): string | null => header?.split(';')[0]?.trim() ?? null;

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

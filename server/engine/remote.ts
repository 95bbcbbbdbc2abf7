/** A Meilisearch that the operator runs (MEILI_URL): not started, not stopped, only asked whether it is there and takes the key. */
import type { Logger } from 'pino';
import { OperatorError } from '../errors.js';
import { versionIn } from '../meilisearch/version.js';
import { messageOf } from './process.js';

const TIMEOUT_MS = 5_000;

/**
 * Several of them. Some may be gone: then searches are answered in part. One that is there must take the key, which the same master key makes good on all, and be of the same version as the others.
 *
 * @returns those that are there
 * @throws OperatorError
 */
export async function checkRemotes(urls: readonly string[], apiKey: string | undefined, log: Logger): Promise<readonly string[]> {
  const results = await Promise.allSettled(urls.map((url) => checkRemote(url, apiKey, log)));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  // A reason stands behind what could not be reached; what answers wrongly is to be mended before anything is served.
  const wrong = failures.find((error) => !(error instanceof OperatorError) || error.cause === undefined);
  if (wrong !== undefined || failures.length === urls.length) throw wrong ?? failures[0];
  results.forEach((result, i) => {
    if (result.status === 'rejected')
      log.error({ server: i + 1, url: urls[i] }, 'a Meilisearch server is not there: searches are answered in part');
  });
  const there = urls.filter((_url, i) => results[i]?.status === 'fulfilled');
  const versions = await Promise.all(there.map((url) => versionOf(url, apiKey)));
  const odd = versions.findIndex((version) => version !== versions[0]);
  if (odd === -1) return there;
  throw new OperatorError(
    `MEILI_URLS: ${there[0]} is Meilisearch ${versions[0]} and ${there[odd]} is ${versions[odd]}. All servers must have the same version: upgrade those that are behind.`,
  );
}

async function versionOf(url: string, apiKey: string | undefined): Promise<string> {
  const { body } = await ask(`${url}/version`, url, apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` });
  return versionIn(body);
}

export async function checkRemote(url: string, apiKey: string | undefined, log: Logger): Promise<void> {
  const health = await ask(`${url}/health`, url);
  if (!health.ok || !isAvailable(health.body)) {
    throw new OperatorError(
      `MEILI_URL=${url}: ${url}/health answered with status ${health.status} and not as Meilisearch does. Correct MEILI_URL; it takes the address of the server, for example http://127.0.0.1:7700.`,
    );
  }
  // Any right would do for /health; reading the indexes is the first of those that Justuju cannot do without.
  const indexes = await ask(`${url}/indexes?limit=1`, url, apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` });
  if (indexes.status === 401 || indexes.status === 403) {
    const problem = apiKey === undefined ? 'wants a key and MEILI_API_KEY is not set' : 'refuses the key in MEILI_API_KEY';
    throw new OperatorError(
      `MEILI_URL=${url}: the server ${problem} (status ${indexes.status}). Set MEILI_API_KEY to its master key or to its "Default Admin API Key", which GET ${url}/keys shows to the master key.`,
    );
  }
  if (!indexes.ok) log.warn({ url, status: indexes.status }, 'the engine at MEILI_URL is healthy but does not list its indexes');
}

/** In production: whether this Meilisearch asks for keys at all. */
export async function checkClosed(url: string): Promise<void> {
  const { ok } = await ask(`${url}/indexes?limit=1`, url);
  if (!ok) return;
  throw new OperatorError(
    `MEILI_URL=${url}: this Meilisearch asks nobody for a key, and this is production (JUSTUJU_ENV or NODE_ENV): everybody would have full rights. Start it with a master key (MEILI_MASTER_KEY there), or set JUSTUJU_ENV=development.`,
  );
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

async function ask(address: string, url: string, headers: Record<string, string> = {}): Promise<Answer> {
  try {
    const response = await fetch(address, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: parse(text) };
  } catch (error) {
    throw new OperatorError(
      `MEILI_URL=${url} cannot be reached: ${reasonOf(error)}. Start that Meilisearch, correct MEILI_URL, or unset it to have one started here.`,
      {
        cause: error,
      },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAvailable(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'status' in body && body.status === 'available';
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('name' in error && error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  if (!('cause' in error) || error.cause === undefined) return messageOf(error);
  // Several addresses tried, each with an error of its own and none for the whole.
  const { cause } = error;
  return messageOf(
    typeof cause === 'object' && cause !== null && 'errors' in cause && Array.isArray(cause.errors) ? cause.errors[0] : cause,
  );
}

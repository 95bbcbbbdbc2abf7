/** Requests, with the key that was typed or else the one of the search page. It is kept nowhere. */

export interface Told {
  readonly status: number;
  readonly milliseconds: number;
  readonly raw: string;
  /** Undefined where the answer is no JSON. */
  readonly body: unknown;
}

/** Milliseconds until the page stops waiting. */
const PATIENCE = 30_000;

/** Throws where there is no answer at all. */
export async function ask(path: string, key: string | undefined, body?: unknown): Promise<Told> {
  const started = performance.now();
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const raw = await response.text();
  return { status: response.status, milliseconds: Math.round(performance.now() - started), raw, body: parsed(raw) };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

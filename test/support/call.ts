export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A request with a JSON body; strings go as they are. */
export async function call(
  base: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not JSON: the text itself.
  }
  return { status: response.status, headers: response.headers, body: parsed };
}

/** Waits for a task of a write. Answers with the task, succeeded or not. */
export async function finished(base: string, taskUid: number, headers: Record<string, string> = {}): Promise<Answer['body']> {
  for (;;) {
    const { status, body } = await call(base, 'GET', `/tasks/${taskUid}`, undefined, headers);
    // Who may not ask would not wait.
    if (status === 401 || status === 403) throw new Error(`task ${taskUid}: ${status} ${JSON.stringify(body)}`);
    if (body.status !== 'enqueued' && body.status !== 'processing') return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What the page asks of Justuju: its public API, with the editor's key. */
export interface Counts {
  readonly searches: number;
  readonly withoutResults: number;
  readonly clickThrough: number | null;
  readonly clicks: number;
  readonly conversions: number;
  readonly averagePosition: number | null;
  readonly clicksByPosition: readonly number[];
}

export interface Query extends Counts {
  readonly query: string;
  readonly readAs?: string;
  readonly spellings: readonly { readonly text: string; readonly searches: number; readonly readAs?: string }[];
  readonly documents: readonly { readonly id: string; readonly clicks: number }[];
}

export interface Report {
  readonly from: string;
  readonly to: string;
  readonly totals: Counts;
  readonly results: readonly Query[];
  readonly total: number;
}

export interface Pin {
  readonly query: string;
  readonly readAs?: string;
  readonly documents: readonly string[];
  readonly until?: string;
}

export type Synonyms = Readonly<Record<string, readonly string[]>>;

/** An article as it is shown to choose it. */
export interface Article {
  readonly id: string;
  readonly label: string;
}

export const LISTS = ['all', 'empty', 'corrected', 'unclicked'] as const;
export type List = (typeof LISTS)[number];

/** Justuju, or Meilisearch behind it, refuses. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Milliseconds until the page stops waiting. */
const PATIENCE = 20_000;
/** Milliseconds between two questions whether a task is done. */
const PAUSE = 60;
/** Articles to choose from. */
const SHOWN = 10;

/** @param key tells the editor's key at the moment it is needed; undefined: none */
export class Api {
  constructor(private readonly key: () => string | undefined) {}

  async indexes(): Promise<readonly string[]> {
    const { results } = (await this.ask('GET', 'indexes?limit=1000')) as { results: readonly { readonly uid: string }[] };
    return results.map(({ uid }) => uid);
  }

  async report(index: string, days: number, list: List, offset: number, limit: number): Promise<Report> {
    return (await this.ask('GET', `analytics/queries?${parametersOf(index, days, list, offset, limit)}`)) as Report;
  }

  async csv(index: string, days: number, list: List): Promise<Blob> {
    const response = await this.send('GET', `analytics/queries?${parametersOf(index, days, list, 0, 1_000)}&format=csv`);
    return response.blob();
  }

  async pins(index: string): Promise<readonly Pin[]> {
    const { results } = (await this.ask('GET', `${pathOf(index)}/pins`)) as { results: readonly Pin[] };
    return results;
  }

  setPin(index: string, pin: Pin): Promise<void> {
    const { query, documents, until } = pin;
    return this.change('PUT', `${pathOf(index)}/pins`, { query, documents, ...(until !== undefined && { until }) });
  }

  removePin(index: string, query: string): Promise<void> {
    return this.change('DELETE', `${pathOf(index)}/pins?query=${encodeURIComponent(query)}`);
  }

  async synonyms(index: string): Promise<Synonyms> {
    return (await this.ask('GET', `${pathOf(index)}/settings/synonyms`)) as Synonyms;
  }

  setSynonyms(index: string, synonyms: Synonyms): Promise<void> {
    return this.change('PUT', `${pathOf(index)}/settings/synonyms`, synonyms);
  }

  /** What a query finds. */
  async articles(index: string, q: string): Promise<readonly Article[]> {
    const headers = { 'justuju-record': 'no', 'meili-include-metadata': 'true' };
    const response = await this.send('POST', `${pathOf(index)}/search`, { q, limit: SHOWN }, headers);
    const { hits, metadata } = (await response.json()) as { hits: readonly Document[]; metadata?: { readonly primaryKey?: string } };
    const key = metadata?.primaryKey ?? 'id';
    return hits.map((hit) => ({ id: String(hit[key]), label: labelOf(hit, key) }));
  }

  /** Articles by their ids, in this order. One that may not be read, or is gone, is shown by its id. */
  named(index: string, ids: readonly string[]): Promise<readonly Article[]> {
    return Promise.all(
      ids.map(async (id): Promise<Article> => {
        try {
          return { id, label: labelOf((await this.ask('GET', `${pathOf(index)}/documents/${encodeURIComponent(id)}`)) as Document, '') };
        } catch (error) {
          if (error instanceof Refused) return { id, label: id };
          throw error;
        }
      }),
    );
  }

  /** Resolves when Meilisearch has done it. */
  private async change(method: string, path: string, body?: unknown): Promise<void> {
    const { taskUid } = (await this.ask(method, path, body)) as { taskUid: number };
    for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
      const task = (await this.ask('GET', `tasks/${taskUid}`)) as { status: string; error: { message: string } | null };
      if (task.status === 'succeeded') return;
      if (task.status === 'failed' || task.status === 'canceled') throw new Refused(400, task.error?.message ?? task.status);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return (await this.send(method, path, body)).json() as Promise<unknown>;
  }

  private async send(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const key = this.key();
    const response = await fetch(path, {
      method,
      headers: {
        ...headers,
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return response;
    const { message } = (await response.json().catch(() => ({}))) as { message?: unknown };
    throw new Refused(response.status, typeof message === 'string' ? message : response.statusText);
  }
}

type Document = Readonly<Record<string, unknown>>;

const pathOf = (index: string): string => `indexes/${encodeURIComponent(index)}`;

function parametersOf(index: string, days: number, list: List, offset: number, limit: number): string {
  const from = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  return new URLSearchParams({ index, from, list, offset: String(offset), limit: String(limit) }).toString();
}

/** Letters of a label. */
const LONGEST_LABEL = 120;

/** The title of an article, or else its first text. */
function labelOf(document: Document, key: string): string {
  const texts = Object.entries(document).flatMap(([name, value]) =>
    typeof value === 'string' && name !== key && name !== 'id' ? [value] : [],
  );
  const title = typeof document['title'] === 'string' ? document['title'] : texts[0];
  const id = document[key] ?? document['id'];
  return (title ?? (typeof id === 'number' || typeof id === 'string' ? String(id) : '')).slice(0, LONGEST_LABEL);
}

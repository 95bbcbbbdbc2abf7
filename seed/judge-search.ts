import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../server/errors.js';
import { type Judgement, readJudgements } from './judgements.js';

export interface JudgeOptions {
  readonly index: string;
  /** Address of a running Justuju. */
  readonly url: string;
  readonly json: boolean;
  /** A file for what was found. */
  readonly save?: string;
  /** Such a file, from before a change. */
  readonly compare?: string;
  /** Below this mean reciprocal rank the status is 1. */
  readonly minMrr?: number;
  /** A fall of the mean reciprocal rank by more than this, against `compare`, gives the status 1. */
  readonly maxDrop?: number;
}

/** Hits that are looked at. */
const DEPTH = 10;
/** Searches at once. */
const AT_ONCE = 4;
/** Milliseconds. */
const PATIENCE = 30_000;
/** Queries listed of each kind. */
const LISTED = 50;

export const JUDGED = { good: 0, below: 1, unusable: 2 } as const;

interface Rank {
  readonly query: string;
  /** Of the first right article among the first ten hits, from 1; null: none is among them. */
  readonly rank: number | null;
}

/** What one run has found; the content of a saved file. */
export interface Verdict {
  readonly justuju: 'verdict';
  readonly index: string;
  readonly at: string;
  /** Mean of 1/rank of the first right article, 0 where none is among the first ten. */
  readonly mrr: number;
  /** Share of the queries with a right article among the first ten. */
  readonly hit: number;
  readonly queries: readonly Rank[];
}

/** `justuju judge FILE`: how well an index answers queries whose right answers are known; with `--compare`, what a change has done. */
export async function judge(file: string, options: JudgeOptions): Promise<number> {
  checkKey();
  if (options.save !== undefined) await checkPlace(options.save);
  const before = options.compare === undefined ? undefined : await readVerdict(options.compare);
  const judgements = await readJudgements(file);
  const verdict = verdictOf(options.index, await ranksOf(judgements, options));
  if (options.save !== undefined) await writeFile(options.save, `${JSON.stringify(verdict, null, 2)}\n`);
  const change = before === undefined ? undefined : changeOf(before, verdict);
  process.stdout.write(options.json ? `${JSON.stringify({ ...verdict, ...(change && { change }) }, null, 2)}\n` : inWords(verdict, change));
  const isBelow = options.minMrr !== undefined && verdict.mrr < options.minMrr;
  const hasFallen = change !== undefined && options.maxDrop !== undefined && change.mrrBefore - change.mrrAfter > options.maxDrop;
  return isBelow || hasFallen ? JUDGED.below : JUDGED.good;
}

/** Before it is sent: the error of a header that cannot be sent would show it. */
function checkKey(): void {
  if (/[^\x21-\x7E]/.test(keyOf() ?? ''))
    throw new OperatorError('JUSTUJU_KEY holds a blank or a character outside ASCII. Give it as Justuju shows it, in `key` of GET /keys.');
}

const keyOf = (): string | undefined => process.env['JUSTUJU_KEY']?.trim();

/** Before the searches, which may take minutes: whether a run can be kept there. */
async function checkPlace(save: string): Promise<void> {
  const [isFolder, hasFolder] = await Promise.all(
    [save, dirname(save)].map((path) =>
      stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    ),
  );
  if (isFolder) throw new OperatorError(`--save ${save} is a folder. Give the name of a file, for example --save before.json.`);
  if (!hasFolder) throw new OperatorError(`--save ${save}: there is no folder ${dirname(save)}. Make it, or name another file.`);
}

/** Which place the first right article has for each query. */
async function ranksOf(judgements: readonly Judgement[], { index, url }: JudgeOptions): Promise<Rank[]> {
  const ranks = new Array<Rank>(judgements.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < judgements.length; at = next++) {
      const { query, documents } = judgements[at] as Judgement;
      const found = (await keysFound(query, index, url)).findIndex((key) => documents.includes(key));
      ranks[at] = { query, rank: found === -1 ? null : found + 1 };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return ranks;
}

interface Found {
  readonly hits: readonly Readonly<Record<string, unknown>>[];
  readonly metadata?: { readonly primaryKey?: string };
}

/** The primary keys of the first hits. */
async function keysFound(q: string, index: string, url: string): Promise<string[]> {
  const key = keyOf();
  const address = `${url.replace(/\/+$/, '')}/indexes/${encodeURIComponent(index)}/search`;
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      // Not counted among what readers look for; and told what the primary key is.
      headers: {
        'content-type': 'application/json',
        'justuju-record': 'no',
        'meili-include-metadata': 'true',
        ...(key && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ q, limit: DEPTH }),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new OperatorError(
      `Justuju at ${url} does not answer (${(error as Error).message}). Start it, or give its address: --url http://...`,
      { cause: error },
    );
  }
  const body = (await response.json().catch(() => ({}))) as Partial<Found> & { readonly message?: string };
  if (!response.ok || body.hits === undefined)
    throw new OperatorError(
      `Justuju at ${url} answers ${response.status} to the query \`${q}\`: ${(body.message ?? 'no reason given').replace(/\.$/, '')}.${isOfKey(response) ? ' A key goes into JUSTUJU_KEY.' : ''}`,
    );
  const field = body.metadata?.primaryKey ?? 'id';
  return body.hits.map((hit) => String(hit[field]));
}

const isOfKey = ({ status }: Response): boolean => status === 401 || status === 403;

function verdictOf(index: string, queries: readonly Rank[]): Verdict {
  const sum = queries.reduce((total, { rank }) => total + (rank === null ? 0 : 1 / rank), 0);
  const found = queries.filter(({ rank }) => rank !== null).length;
  return { justuju: 'verdict', index, at: new Date().toISOString(), mrr: sum / queries.length, hit: found / queries.length, queries };
}

async function readVerdict(file: string): Promise<Verdict> {
  try {
    const verdict = JSON.parse(await readFile(file, 'utf8')) as Partial<Verdict>;
    if (verdict.justuju === 'verdict' && Array.isArray(verdict.queries)) return verdict as Verdict;
  } catch (error) {
    throw new OperatorError(
      `${file} cannot be read (${(error as Error).message}). Make one before the change: justuju judge FILE --save ${file}`,
      { cause: error },
    );
  }
  throw new OperatorError(`${file} was not written by \`justuju judge --save\`.`);
}

interface Moved {
  readonly query: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** What has changed between two runs, of the queries that both have. */
interface Change {
  readonly queries: number;
  readonly mrrBefore: number;
  readonly mrrAfter: number;
  readonly hitBefore: number;
  readonly hitAfter: number;
  readonly better: readonly Moved[];
  readonly worse: readonly Moved[];
}

function changeOf(before: Verdict, after: Verdict): Change {
  const known = new Map(before.queries.map(({ query, rank }) => [query, rank]));
  const both = after.queries.flatMap(({ query, rank }): Moved[] => {
    const earlier = known.get(query);
    return earlier === undefined ? [] : [{ query, before: earlier, after: rank }];
  });
  if (both.length === 0) throw new OperatorError('No query of the saved run is among these: nothing can be compared.');
  const worth = (rank: number | null): number => (rank === null ? 0 : 1 / rank);
  const mean = (value: (moved: Moved) => number): number => both.reduce((sum, moved) => sum + value(moved), 0) / both.length;
  return {
    queries: both.length,
    mrrBefore: mean((moved) => worth(moved.before)),
    mrrAfter: mean((moved) => worth(moved.after)),
    hitBefore: mean((moved) => (moved.before === null ? 0 : 1)),
    hitAfter: mean((moved) => (moved.after === null ? 0 : 1)),
    better: both.filter((moved) => worth(moved.after) > worth(moved.before)),
    worse: both.filter((moved) => worth(moved.after) < worth(moved.before)),
  };
}

function inWords({ index, mrr, hit, queries }: Verdict, change: Change | undefined): string {
  const lost = queries.filter(({ rank }) => rank === null);
  const lines = [`"${index}", ${queries.length} queries: MRR@10 ${digits(mrr)}, hit@10 ${digits(hit)}`];
  if (change === undefined)
    lines.push(
      ...listed(
        `${lost.length} without a right article among the first ten`,
        lost.map(({ query }) => query),
      ),
    );
  else {
    lines.push(
      `before: MRR@10 ${digits(change.mrrBefore)}, hit@10 ${digits(change.hitBefore)} (${change.queries} queries that both have)`,
      `after:  MRR@10 ${digits(change.mrrAfter)} (${signed(change.mrrAfter - change.mrrBefore)}), hit@10 ${digits(change.hitAfter)} (${signed(change.hitAfter - change.hitBefore)})`,
      ...listed(`${change.better.length} better`, change.better.map(moved)),
      ...listed(`${change.worse.length} worse`, change.worse.map(moved)),
    );
  }
  return `${lines.join('\n')}\n`;
}

const digits = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? '' : '+'}${digits(value)}`;
const place = (rank: number | null): string => (rank === null ? 'none' : String(rank));
const moved = ({ query, before, after }: Moved): string => `${query}: ${place(before)} -> ${place(after)}`;

function listed(what: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [what];
  return [
    `${what}:`,
    ...lines.slice(0, LISTED).map((line) => `  ${line}`),
    ...(lines.length > LISTED ? [`  and ${lines.length - LISTED} more`] : []),
  ];
}

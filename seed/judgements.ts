import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { OperatorError } from '../server/errors.js';
import { markOf } from './encoding.js';

/** A query, and the articles of which one at least should be found. */
export interface Judgement {
  readonly query: string;
  /** Primary keys. */
  readonly documents: readonly string[];
}

/** A file of judgements may have so many bytes: some hundred thousand queries. */
const LARGEST = 50_000_000;

/**
 * Reads a file of judgements: NDJSON, `{"query": "...", "documents": ["1", "2"]}` in each line, a JSON list of these, or CSV with the columns `query` and `documents` (primary keys, a blank between them), in UTF-8 or, as
 * spreadsheets write it too, UTF-16 and with tabs or semicolons.
 *
 * @throws OperatorError that names the line, what is wrong with it, and how it should be
 */
export async function readJudgements(file: string): Promise<Judgement[]> {
  const text = await textOf(file);
  const reader = { '{': readLines, '[': readList }[text.trimStart()[0] ?? ''] ?? readTable;
  const judgements = reader(text, file);
  if (judgements.length === 0) throw new OperatorError(`${file} holds no judgement. ${FORM}`);
  const seen = new Map<string, number>();
  judgements.forEach(({ query }, i) => {
    const before = seen.get(query);
    if (before !== undefined)
      throw new OperatorError(`${file}: the query \`${query}\` stands there twice (judgements ${before + 1} and ${i + 1}).`);
    seen.set(query, i);
  });
  return judgements;
}

const FORM = 'Write {"query": "...", "documents": ["1", "2"]} in each line, or CSV with the columns query,documents.';

async function textOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new OperatorError(`${file} cannot be read (${(error as Error).message}).`, { cause: error });
  }
  if (bytes.length > LARGEST) throw new OperatorError(`${file} has ${bytes.length} bytes; at most ${LARGEST} are read.`);
  const mark = markOf(bytes);
  // The decoder leaves the mark out.
  return new TextDecoder(mark === 'utf-16le' || mark === 'utf-16be' ? mark : 'utf-8').decode(bytes);
}

function readLines(text: string, file: string): Judgement[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new OperatorError(`${file}:${i + 1}: no JSON. ${FORM}`);
    }
    return [judgementIn(value, `${file}:${i + 1}`)];
  });
}

function readList(text: string, file: string): Judgement[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new OperatorError(`${file}: no JSON. ${FORM}`);
  }
  return (list as unknown[]).map((value, i) => judgementIn(value, `${file}: judgement ${i + 1}`));
}

function judgementIn(value: unknown, place: string): Judgement {
  const { query, documents } = (value ?? {}) as { query?: unknown; documents?: unknown };
  const keys = Array.isArray(documents) ? (documents as unknown[]) : [documents];
  if (typeof query !== 'string' || query.trim() === '' || keys.length === 0 || !keys.every(isKey))
    throw new OperatorError(
      `${place}: expected a query and the primary keys of right articles, got ${JSON.stringify(value).slice(0, 100)}. ${FORM}`,
    );
  return { query, documents: keys.map(String) };
}

/** What stands between the columns of the first line stands between all. */
const delimiterOf = (text: string): string => /^[^\n]*?([,;\t])/.exec(text)?.[1] ?? ',';

function readTable(text: string, file: string): Judgement[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, trim: true, delimiter: delimiterOf(text) });
  } catch (error) {
    throw new OperatorError(`${file}: ${(error as Error).message}. ${FORM}`, { cause: error });
  }
  return rows.map(({ query = '', documents = '' }, i) => {
    const keys = documents.split(/[\s|]+/).filter((key) => key !== '');
    if (query === '' || keys.length === 0) throw new OperatorError(`${file}: row ${i + 1} holds no query or no documents. ${FORM}`);
    return { query, documents: keys };
  });
}

const isKey = (key: unknown): boolean => (typeof key === 'string' && key !== '') || Number.isSafeInteger(key);

import { type Row, readTable } from './data-file.js';
import { fold } from './fold.js';

/** The parts of an article that a record can name. */
export const FIELD_NAMES = [
  'id',
  'title',
  'subtitle',
  'body',
  'summary',
  'author',
  'date',
  'updated',
  'topic',
  'tags',
  'source',
  'place',
  'url',
  'status',
  'number',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

export const isFieldName = (name: string): name is FieldName => (FIELD_NAMES as readonly string[]).includes(name);

/** How names are compared: published_at, publishedAt and "Published At" are one. */
export const keyOf = (name: string): string => fold(name.replace(/^[@#_]+/, '')).replace(/[^\p{L}\p{N}]/gu, '');

/** Field and how early it is believed, by name. */
export type FieldTable = ReadonlyMap<string, { readonly field: FieldName; readonly rank: number }>;

export function fieldTable(rows: readonly Row[]): FieldTable {
  const table = new Map<string, { field: FieldName; rank: number }>();
  for (const [rank, { cells, where }] of rows.entries()) {
    const [field = '', name = ''] = cells;
    if (!isFieldName(field)) throw new Error(`${where}: "${field}" is no field; there are ${FIELD_NAMES.join(', ')}`);
    const key = keyOf(name);
    if (table.has(key)) throw new Error(`${where}: "${name}" stands twice`);
    table.set(key, { field, rank });
  }
  return table;
}

export const readFieldTable = (): FieldTable => fieldTable(readTable('field-names.tsv', 2));

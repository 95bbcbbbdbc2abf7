import { FIELDS, type Field, namesOf } from '../server/fields/field-names.js';
import { fold } from './fold.js';

/** The parts of an article that a record can name. */
export type FieldName = Exclude<Field, 'image'>;

const FIELD_NAMES = FIELDS.filter((field): field is FieldName => field !== 'image');

export const isFieldName = (name: string): name is FieldName => (FIELD_NAMES as readonly string[]).includes(name);

/** How names are compared: published_at, publishedAt and "Published At" are one, and so are تاريخ and تاریخ. */
export const keyOf = (name: string): string => fold(name.replace(/^[@#_]+/, '')).replace(/[^\p{L}\p{N}]/gu, '');

/** Field and how early it is believed, by name. */
export type FieldTable = ReadonlyMap<string, { readonly field: FieldName; readonly rank: number }>;

export const readFieldTable = (): FieldTable =>
  new Map(FIELD_NAMES.flatMap((field) => namesOf(field).map((name, rank) => [keyOf(name), { field, rank }] as const)));

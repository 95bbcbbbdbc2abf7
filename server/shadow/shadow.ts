import { hash, randomUUID } from 'node:crypto';
import { ANALYZER_VERSION } from '@justuju/urdu';
import { isNumber } from '../json/exact-json.js';

/**
 * Shadow fields: beside each field of a document stands a field with the terms our analyzer made of it, and only that is searched.
 * `title` gets `_urdu7.title`. The name is flat (a dot in the key, no object), so that Meilisearch's partial updates, which
 * replace top-level fields whole, change the shadow of one field without losing the others; Meilisearch still reads the
 * dot as nesting, so `searchableAttributes: ["_urdu7"]` covers every field, also those that come later.
 * The number is the analyzer's version: what an index was built with can be read from its settings, and travels with it
 * through swaps, dumps and snapshots.
 */
export const SHADOW_ROOT = `_urdu${ANALYZER_VERSION}`;

/**
 * Beside the shadows stands a stamp: documents with the same stamp hold the same texts, so that what was read of a document once need not be read again.
 * Outside the searched root, since it is no text.
 */
export const stampUnder = (root: string): string => `${root}_stamp`;
export const STAMP = stampUnder(SHADOW_ROOT);

/** A shadow of any analyzer version: group 1 the version, group 2 the client's field or nothing for all. A field may be named by nothing, or hold a line break: their shadows were shown as fields. */
const SHADOW_NAME = /^_urdu(\d+)(?:\.(.*))?$/s;
const STAMP_NAME = /^_urdu\d+_stamp$/;
/** A sort key (`sort-keys.ts`). */
const SORT_NAME = /^_urdu\d+_sort(?:\.|$)/;

export const isSortShadow = (field: string): boolean => SORT_NAME.test(field);

/** Whether a field is Justuju's: a shadow, a sort key or a stamp. */
export const isShadow = (field: string): boolean =>
  field.startsWith('_urdu') && (SHADOW_NAME.test(field) || STAMP_NAME.test(field) || SORT_NAME.test(field));

/** A document's own fields, as a new object. */
export const ownFields = (document: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !isShadow(field)));

/**
 * Meilisearch takes a top-level field whose name ends in "id" for a candidate primary key, and refuses documents with two of them.
 * So `id` gets `_urdu7.id_`, and, to keep the way back, `id_` gets `_urdu7.id__`.
 */
const LOOKS_LIKE_ID = /^[^.]*id_*(?=\.|$)/i;
const ESCAPED_ID = /^([^.]*id_*)_(?=\.|$)/i;

/** `title` → `_urdu7.title`, `author.name` → `_urdu7.author.name`; `*` → `_urdu7`. Under the root of the current analyzer unless told. */
export function toShadow(field: string, root: string = SHADOW_ROOT): string {
  if (field === '*') return root;
  return `${root}.${field.replace(LOOKS_LIKE_ID, '$&_')}`;
}

export const rootOfVersion = (version: number): string => `_urdu${version}`;

/** `_urdu7.title` and `_urdu7_sort.title` → `title`; `_urdu7` → `*`; any other name unchanged. */
export function fromShadow(field: string): string {
  const match = SHADOW_NAME.exec(field.replace(/^(_urdu\d+)_sort(?=\.)/, '$1'));
  return match === null ? field : (match[2]?.replace(ESCAPED_ID, '$1') ?? '*');
}

/** The analyzer version that a list of searchable attributes was made by, or undefined when it names no shadow fields. */
export function versionOf(searchableAttributes: readonly string[]): number | undefined {
  for (const field of searchableAttributes) {
    const match = SHADOW_NAME.exec(field);
    if (match !== null) return Number(match[1]);
  }
  return undefined;
}

/** The stamp of a document that is written whole: the same for the same text. */
export const stampOf = (document: string): string => hash('sha1', document, 'base64url').slice(0, 20);

/** The stamp of a document of which only a part is known: it is like no other. */
export const freshStamp = (): string => randomUUID();

/**
 * Makes the terms of a text, or of a number as it is written.
 *
 * @param field the top-level field that it stands in
 * @param isLeft whether the text is to stay as it is, for Meilisearch to analyze (`reading.ts`)
 */
export type Encode = (text: string, field: string, isLeft?: boolean) => string;

/** The blocks Arabic, Arabic Supplement, Extended-A/B, and the presentation forms. */
const ARABIC_SCRIPT = /[\u0600-\u06FF\u0750-\u077F\u0870-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC]/;

export const hasArabicScript = (text: string): boolean => ARABIC_SCRIPT.test(text);

/**
 * The shadow of one value, in the same shape: strings are encoded, arrays and objects keep their structure.
 * Numbers stay numbers, and `encode` leaves text without Arabic letters as it is, so that an English index behaves just as in Meilisearch.
 * `encode` is given numbers too, since they are searched: 1947 is among the terms of a document whether it is a text or a number.
 */
export function shadowOf(value: unknown, field: string, encode: Encode, isLeft = false): unknown {
  if (typeof value === 'string') return encode(value, field, isLeft);
  if (isNumber(value)) {
    encode(String(value), field);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => shadowOf(item, field, encode, isLeft));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shadowOf(item, field, encode, isLeft)]));
  }
  return value;
}

/** Meilisearch's own fields: they carry no searchable text. */
const RESERVED = new Set(['_geo', '_geojson', '_vectors']);

export const isReserved = (field: string): boolean => RESERVED.has(field);

/**
 * The shadow fields of a document, without the document.
 *
 * @param isLeft tells which fields hold no Urdu, though their text may be in Arabic script
 */
export function shadowFields(
  document: Readonly<Record<string, unknown>>,
  encode: Encode,
  root: string = SHADOW_ROOT,
  isLeft: (field: string) => boolean = () => false,
): Record<string, unknown> {
  const shadow: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(document)) {
    if (!isReserved(field)) shadow[toShadow(field, root)] = shadowOf(value, field, encode, isLeft(field));
  }
  return shadow;
}

/**
 * Takes shadow fields out of a document or hit, in place, and returns it. Out of what stands inside too: `_formatted`, and since 1.39 whole documents of other indexes, in the
 * place of the ids that named them. Numbers of vectors are not looked at.
 */
export function stripShadow<T extends object>(value: T): T {
  if (Array.isArray(value)) {
    for (const item of value) if (isNested(item)) stripShadow(item);
    return value;
  }
  for (const field of Object.keys(value)) {
    const inner: unknown = (value as Record<string, unknown>)[field];
    if (isShadow(field)) delete (value as Record<string, unknown>)[field];
    else if (isNested(inner) && field !== '_vectors') stripShadow(inner);
  }
  return value;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** An answer of Meilisearch without shadow fields, whatever it holds; in place. */
export const withoutShadows = (answer: unknown): unknown => (answer !== null && typeof answer === 'object' ? stripShadow(answer) : answer);

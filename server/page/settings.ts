/** What the operator says of the search page: one JSON file, read whole at the start. All that is wrong in it is told at once. */
import { z } from 'zod';
import { OperatorError } from '../errors.js';
import { isObject } from '../json/is-object.js';

/** A strict object; its error names the keys that there are. */
const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: () => `an object of ${Object.keys(shape).join(', ')}` });

const fieldName = z
  .string({ error: () => 'the name of a field' })
  .min(1, { error: () => 'the name of a field' })
  .describe('A field of the documents; one inside an object by its path, author.name.');

const words = z.string({ error: () => 'a text' }).min(1, { error: () => 'a text' });
const WORDS = 'a text, or one for each language as {"ur": "...", "en": "..."}';
const bothWords = z
  .union([words, record({ ur: words, en: words })], { error: () => WORDS })
  .transform((text) => (typeof text === 'string' ? { ur: text, en: text } : text))
  .describe('One text for both languages, or one for each.');

const INDEX_UID = /^(?!_justuju)[A-Za-z0-9_-]{1,400}$/;
const SORT = /^.+:(asc|desc)$/;
/** Scheme and host, as the policies of browsers write them: no path, and no word of a policy's own. */
const ORIGIN = /^https?:\/\/(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?$/;
const PREFIX = /^(\/[A-Za-z0-9._~-]+)+$/;
const UNITS = ['iso', 'seconds', 'milliseconds'] as const;

const list = <Item extends z.ZodType>(item: Item, what: string) => z.array(item, { error: () => `a list of ${what}` });
const pattern = (shape: RegExp, what: string) => z.string({ error: () => what }).regex(shape, { error: () => what });
const one = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: () => `one of ${values.map((value) => JSON.stringify(value)).join(', ')}` });

const origins = list(pattern(ORIGIN, 'an origin such as https://example.pk or https://*.example.pk'), 'origins');

const fields = record({
  headline: fieldName.nullable().optional(),
  text: list(fieldName, 'names of fields').optional(),
  date: fieldName.nullable().optional(),
  source: fieldName.nullable().optional(),
  author: fieldName.nullable().optional(),
  link: fieldName.nullable().describe('Shown as a link where it holds an http or https address.').optional(),
  image: fieldName.nullable().optional(),
}).describe('Which field of the documents is what. Null: none; left out: guessed.');

const facet = z
  .union([fieldName, record({ field: fieldName, label: bothWords })], { error: () => 'the name of a field, or an object of field, label' })
  .transform((given) => (typeof given === 'string' ? { field: given, label: undefined } : given));
const by = pattern(SORT, 'a field and a direction, such as date:desc');
const sort = z
  .union([by, record({ by, label: bothWords })], { error: () => 'a sort such as date:desc, or an object of by, label' })
  .transform((given) => (typeof given === 'string' ? { by: given, label: undefined } : given));

const index = record({
  uid: pattern(INDEX_UID, 'the name of an index: letters, digits, - and _, not beginning with _justuju'),
  name: bothWords.optional(),
  fields: fields.optional(),
  verse: z
    .boolean({ error: () => 'true or false' })
    .describe('Whether the lines of texts are kept.')
    .optional(),
  facets: list(facet, 'facets').describe('Only those that are filterable and displayed are shown.').optional(),
  dateFilter: record({ field: fieldName, unit: one(UNITS) })
    .nullable()
    .describe('The field by which a range of dates is chosen, where it is filterable.')
    .optional(),
  sorts: list(sort, 'sorts').describe('Only those by sortable fields are shown.').optional(),
  examples: list(words, 'texts').describe('Searches to begin with.').optional(),
});

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const schema = record({
  $schema: z.string({ error: () => 'the address of the schema' }).optional(),
  title: bothWords.optional(),
  languages: list(one(['ur', 'en']), 'languages')
    .min(1, { error: () => 'at least one language' })
    .refine(isUnique, { error: () => 'a list that names each language once' })
    .describe('Of the interface; the first is the default.')
    .optional(),
  numerals: one(['urdu', 'latin']).optional(),
  indexes: list(index, 'indexes')
    .refine((all) => isUnique(all.map(({ uid }) => uid)), { error: () => 'a list that names each index once' })
    .describe('The indexes that everybody may search on the page. Needed where Meilisearch has keys; otherwise left out: all.')
    .optional(),
  keyName: words.describe('Of the key that is made for the page: several Justujus with pages of their own need several.').optional(),
  frameAncestors: origins.describe('Sites that may show the page in a frame. Left out: none.').optional(),
  imageOrigins: origins.describe('Sites from which the page may load images. Left out: none but its own.').optional(),
  pathPrefix: pattern(PREFIX, 'a path such as /search, without a slash at its end')
    .describe('Where a proxy passes paths on as they come: what stands before all of them.')
    .optional(),
});

export type PageSettings = z.output<typeof schema>;
export type PageIndexSettings = NonNullable<PageSettings['indexes']>[number];
export type Words = z.output<typeof bothWords>;

/** The JSON schema of the file, for editors: `justuju.page.schema.json`. */
export const pageSettingsSchema = (): object => ({
  title: 'Settings of the search page of Justuju',
  ...z.toJSONSchema(schema, { io: 'input' }),
});

/**
 * Reads the text of the file.
 *
 * @throws OperatorError that names all wrong keys, their values, and what is allowed
 */
export function readPageSettings(text: string, name: string): PageSettings {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new OperatorError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}. Correct it, or remove it.`);
  }
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const wrong = read.error.issues.flatMap((issue) => complaints(issue, given));
  throw new OperatorError(`${name}: ${wrong.length === 1 ? '' : `${wrong.length} settings are wrong.\n`}${wrong.join('\n')}`);
}

function complaints(issue: z.core.$ZodIssue, given: unknown): string[] {
  const value = valueAt(given, issue.path);
  // What is wrong inside one of the forms that a value may have says more than that it has none of them.
  if (issue.code === 'invalid_union' && isObject(value)) {
    const inner = issue.errors.flat().filter(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
    if (inner.length > 0) return inner.flatMap((one) => complaints({ ...one, path: [...issue.path, ...one.path] }, given));
  }
  if (issue.code !== 'unrecognized_keys') return [`${pathOf(issue.path)}: ${shown(value)} is not ${issue.message}.`];
  return issue.keys.map(
    (key) => `${pathOf([...issue.path, key])}: there is no such setting. Allowed there: ${issue.message.replace(/^an object of /, '')}.`,
  );
}

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], given);

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('') || 'the file';

const LONGEST_SHOWN = 100;
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, LONGEST_SHOWN));

/** What an index is, where its operator does not say: by its settings, and by what some of its documents hold. */
import { analyze, isStopWord } from '@justuju/urdu';
import { filtersOf, isNamed } from '../settings/filterable.js';
import type { IndexState } from '../settings/index-state.js';
import { fieldNamesOf } from '../settings/told-fields.js';
import { fieldsCalled, labelOf, type Part } from './parts.js';
import type { PageIndexSettings, Words } from './settings.js';
import { areVerses, type DateUnit, type Documents, dateUnitOf, isAddress, isText, valuesOf } from './values.js';

/** An index as the page is told of it. */
export interface PageIndex {
  readonly uid: string;
  readonly name: Words;
  readonly primaryKey: string | null;
  readonly fields: PageFields;
  readonly verse: boolean;
  readonly facets: readonly { readonly field: string; readonly label: Words }[];
  readonly dateFilter: { readonly field: string; readonly unit: DateUnit } | null;
  readonly sorts: readonly { readonly by: string; readonly label: Words }[];
  readonly examples: readonly string[];
  readonly maxTotalHits: number;
}

export interface PageFields {
  readonly headline: string | null;
  readonly text: readonly string[];
  readonly date: string | null;
  readonly source: string | null;
  readonly author: string | null;
  readonly link: string | null;
  readonly image: string | null;
}

/** An index that the caller may search: its settings, and documents as Meilisearch shows them to that caller. */
export interface Sampled {
  readonly uid: string;
  readonly state: Pick<IndexState, 'primaryKey' | 'displayed' | 'filterable' | 'sortable' | 'maxTotalHits'>;
  readonly documents: Documents;
}

/** Offered by guess; an operator may name more. */
const MOST_FACETS = 6;
const MOST_EXAMPLES = 4;
/** Letters. Longer ones are texts, and no values to choose among. */
const LONGEST_VALUE = 80;

/** The index by what the operator says of it, where the settings of the index allow that; the rest is guessed. */
export function describeIndex(sampled: Sampled, given: Partial<PageIndexSettings>): PageIndex {
  const { uid, state, documents } = sampled;
  const isShown = (field: string): boolean => isNamed(field, state.displayed);
  const fields = fieldsOf(documents, given.fields ?? {}, isShown);
  return {
    uid,
    name: given.name ?? { ur: uid, en: uid },
    primaryKey: state.primaryKey !== undefined && isShown(state.primaryKey) ? state.primaryKey : null,
    fields,
    verse: given.verse ?? areVerses(textsOf(fields, documents)),
    facets: facetsOf(sampled, fields, given.facets).filter(({ field }) => isShown(field) && filtersOf(field, state.filterable).equality),
    dateFilter: dateFilterOf(sampled, given.dateFilter),
    sorts: sortsOf(sampled, fields, given.sorts).filter(({ by }) => isNamed(by.replace(/:\w+$/, ''), state.sortable)),
    examples: given.examples ?? examplesIn(fields, documents),
    maxTotalHits: state.maxTotalHits,
  };
}

function fieldsOf(documents: Documents, given: NonNullable<PageIndexSettings['fields']>, isShown: (field: string) => boolean): PageFields {
  const names = [...new Set(documents.flatMap((document) => Object.keys(document)))];
  const called = (part: Part, fits: (value: unknown) => boolean): string | undefined =>
    fieldsCalled(part, names).find((field) => {
      const values = valuesOf(field, documents);
      return values.length > 0 && values.every(fits);
    });
  const pick = (part: Exclude<Part, 'text'> & keyof PageFields, fits: (value: unknown) => boolean): string | null => {
    const said = given[part];
    if (said !== undefined) return said !== null && isShown(said) ? said : null;
    return called(part, fits) ?? null;
  };
  const isOne = (value: unknown): boolean => isText(value);
  const headline = pick('headline', isOne);
  const date = given.date !== undefined ? pick('date', isOne) : (datesAmong(names, documents)[0]?.field ?? null);
  const others = {
    source: pick('source', isOne),
    author: pick('author', isOne),
    link: pick('link', isAddress),
    image: pick('image', isAddress),
  };
  const taken = [headline, date, ...Object.values(others)];
  const text = given.text?.filter(isShown) ?? [
    called('text', isOne) ??
      longest(
        names.filter((name) => !taken.includes(name)),
        documents,
      ),
  ];
  return { headline, text: text.filter((field) => field !== undefined), date, ...others };
}

/** Words of the longest field: fewer are a label of something. */
const FEWEST_WORDS = 3;

/** Of fields without a name that says it, the text is the longest. */
function longest(names: readonly string[], documents: Documents): string | undefined {
  const lengthOf = (field: string): number => {
    const texts = valuesOf(field, documents)
      .filter(isText)
      .filter((text) => !isAddress(text) && text.trim().split(/\s+/).length >= FEWEST_WORDS);
    return texts.reduce((sum, text) => sum + text.length, 0);
  };
  const [best] = names.map((name) => ({ name, length: lengthOf(name) })).sort((a, b) => b.length - a.length);
  return best !== undefined && best.length > 0 ? best.name : undefined;
}

/** Texts of documents; a list of lines is one text. */
const textsOf = ({ text }: PageFields, documents: Documents): string[] =>
  documents.flatMap((document) => {
    const lines = text.flatMap((field) => valuesOf(field, [document])).filter(isText);
    return lines.length === 0 ? [] : [lines.join('\n')];
  });

/** Fields that are called as dates are, and hold them; those that people read first. */
function datesAmong(names: readonly string[], documents: Documents): { readonly field: string; readonly unit: DateUnit }[] {
  return fieldsCalled('date', names).flatMap((field) => {
    const unit = dateUnitOf(valuesOf(field, documents));
    return unit === undefined ? [] : [{ field, unit }];
  });
}

const namesIn = (documents: Documents): string[] => [...new Set(documents.flatMap((document) => fieldNamesOf(document)))];

function facetsOf(
  { state, documents }: Sampled,
  fields: PageFields,
  given: PageIndexSettings['facets'],
): { field: string; label: Words }[] {
  if (given !== undefined) return given.map(({ field, label }) => ({ field, label: label ?? labelOf(field) }));
  const { headline, text, date, link, image } = fields;
  const taken = [headline, ...text, date, link, image, state.primaryKey];
  const isChoice = (field: string): boolean => {
    const values = valuesOf(field, documents);
    return (
      values.length > 0 &&
      values.every((value) => isText(value) && value.length <= LONGEST_VALUE && !isAddress(value)) &&
      dateUnitOf(values) === undefined
    );
  };
  const choices = namesIn(documents).filter(
    (field) => !taken.includes(field) && filtersOf(field, state.filterable).equality && isChoice(field),
  );
  const known = (['source', 'topic', 'author', 'place', 'tags'] as const).flatMap((part) => fieldsCalled(part, choices));
  return [...new Set([...known, ...choices])].slice(0, MOST_FACETS).map((field) => ({ field, label: labelOf(field) }));
}

function dateFilterOf({ state, documents }: Sampled, given: PageIndexSettings['dateFilter']): PageIndex['dateFilter'] {
  const isComparable = ({ field }: { field: string }): boolean => filtersOf(field, state.filterable).comparison;
  if (given !== undefined) return given !== null && isComparable(given) ? given : null;
  const dates = datesAmong(namesIn(documents), documents).filter(isComparable);
  // Numbers have a smallest and a greatest in the statistics of facets; texts have none.
  return dates.find(({ unit }) => unit !== 'iso') ?? dates[0] ?? null;
}

function sortsOf(
  { state, documents }: Sampled,
  { headline }: PageFields,
  given: PageIndexSettings['sorts'],
): { by: string; label: Words }[] {
  if (given !== undefined) return given.map(({ by, label }) => ({ by, label: label ?? labelOfSort(by) }));
  const date = datesAmong(namesIn(documents), documents).find(({ field }) => isNamed(field, state.sortable));
  return [
    ...(date === undefined
      ? []
      : [
          { by: `${date.field}:desc`, label: { ur: 'نئے پہلے', en: 'Newest first' } },
          { by: `${date.field}:asc`, label: { ur: 'پرانے پہلے', en: 'Oldest first' } },
        ]),
    ...(headline === null ? [] : [{ by: `${headline}:asc`, label: { ur: 'حروفِ تہجی', en: 'Alphabetical' } }]),
  ];
}

function labelOfSort(by: string): Words {
  const [, field = by, direction] = /^(.+):(asc|desc)$/.exec(by) ?? [];
  const { ur, en } = labelOf(field);
  return direction === 'asc' ? { ur: `${ur} (صعودی)`, en: `${en}, ascending` } : { ur: `${ur} (نزولی)`, en: `${en}, descending` };
}

/** Of each headline, or beginning of a text, its longest word that says something. */
function examplesIn({ headline, text }: PageFields, documents: Documents): string[] {
  const [first] = text;
  const words = documents.flatMap((document) => {
    const [line] = [headline, first].flatMap((field) => (field == null ? [] : valuesOf(field, [document]).filter(isText)));
    const found = analyze((line ?? '').slice(0, LONGEST_VALUE)).filter((token) => token.type === 'word' && !isStopWord(token.term));
    const [longestWord] = found.sort((a, b) => b.term.length - a.term.length);
    return longestWord === undefined ? [] : [longestWord.text];
  });
  return [...new Set(words)].slice(0, MOST_EXAMPLES);
}

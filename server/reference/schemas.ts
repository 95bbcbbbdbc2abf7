/**
 * What goes in and out of the routes that Justuju adds or changes. Objects of Justuju's own are described whole; those of Meilisearch's are loose, and only
 * what matters here is named.
 */
import { z } from 'zod';
import { REASONS } from '../query/wanted.js';

/** The component schemas, by the names under which the description refers to them. */
export const schemas = z.registry<{ id: string }>();

function named<S extends z.ZodType>(id: string, schema: S): S {
  schemas.add(schema, { id });
  return schema;
}

const count = z.int().min(0);
const text = z.string();
const fields = z.array(text);

const Reason = named(
  'Reason',
  z
    .enum(REASONS)
    .describe(
      'How a word answers a word of the query, the best first. `spelling`: the same word in other letters or marks; `joined` and `split`: written together or apart.',
    ),
);

const UrduOptions = named(
  'UrduOptions',
  z.object({
    exact: z
      .boolean()
      .default(false)
      .describe('Every word as it was typed: no correction, spacing, transliteration, no further questions.')
      .optional(),
    why: z.boolean().default(false).describe('Each hit says, under `_urdu.why`, which word of the query was found as what.').optional(),
    fragments: z
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe('Each hit holds, under `_urdu.fragments`, up to so many snippets of each field of `attributesToCrop`, as escaped HTML.')
      .optional(),
  }),
);

/** Parameters of a search that Justuju reads; all others are Meilisearch's. */
const searchParameters = {
  q: text
    .nullable()
    .describe('What the reader typed: in Urdu, in Roman letters, in Devanagari, or on a keyboard left in the wrong layout.')
    .optional(),
  urdu: UrduOptions.optional(),
  filter: z
    .union([text, z.array(z.union([text, fields]))])
    .nullable()
    .describe('As Meilisearch’s. Values in Urdu match in every stored spelling.')
    .optional(),
  attributesToRetrieve: fields.nullable().optional(),
  attributesToSearchOn: fields.nullable().optional(),
  attributesToHighlight: fields.nullable().describe('Marked in the untouched original, under `_formatted`.').optional(),
  attributesToCrop: fields.nullable().describe('Cut to snippets that begin at a sentence where they can.').optional(),
  limit: count.optional(),
  offset: count.optional(),
};

named('SearchRequest', z.looseObject(searchParameters).describe('A search of Meilisearch’s, with all its parameters, and `urdu`.'));

named(
  'MultiSearchRequest',
  z.looseObject({
    queries: z.array(z.looseObject({ indexUid: text, ...searchParameters })),
    federation: z.looseObject({}).nullable().describe('Given: the hits of all queries come as one list.').optional(),
  }),
);

named(
  'FacetSearchRequest',
  z.looseObject({
    facetName: text,
    facetQuery: text.nullable().describe('The beginning of a value, in any spelling.').optional(),
    q: text.nullable().optional(),
    filter: searchParameters.filter,
  }),
);

const Reading = named(
  'Reading',
  z.object({
    terms: fields.describe('The words searched for, in canonical spelling.'),
    roots: fields.describe('Their dictionary forms: what the index is asked.'),
    reason: Reason,
    weight: z.number().min(0).max(1).describe('How sure it is that this was meant.'),
  }),
);

const Understood = named(
  'Understood',
  z.object({
    retyped: text.describe('The query on the right keyboard, where it was typed on the wrong one.').optional(),
    words: z.array(z.object({ text: text.describe('As typed.'), readings: z.array(Reading).min(1).describe('The likeliest first.') })),
    phrases: fields.describe('What stood in quotes.'),
    unwanted: fields.describe('What stood behind a minus.'),
  }),
);

const UrduAnswer = named(
  'UrduAnswer',
  z
    .object({
      analyzerVersion: z.int().min(1).optional(),
      understood: Understood.optional(),
      wordsNotFound: z
        .array(text)
        .min(1)
        .describe('Words of the query that no document holds, in any reading: the answer had to leave them out.')
        .optional(),
      phrasesNotFound: z
        .array(text)
        .min(1)
        .describe('Phrases in quotes that stand in no document: their words were searched like all others.')
        .optional(),
      didYouMean: text
        .describe('The query in the spelling of the collection, when a word was read as something else than what was typed.')
        .optional(),
      reindex: text.describe('The command that mends the index: its documents were not analyzed, or by another version.').optional(),
    })
    .describe(
      'What was done with the query. Of the words of the collection only those are named that Meilisearch finds with the caller’s key in fields that are shown.',
    ),
);

const WordReason = named(
  'WordReason',
  z.object({
    word: text.describe('The word or phrase, as typed.'),
    reason: Reason,
    field: text.describe('Where it was found; inner fields by their path.'),
    form: text.describe('As it stands in the document.'),
  }),
);

const Hit = named(
  'Hit',
  z
    .looseObject({
      _formatted: z.looseObject({}).describe('Unescaped, as Meilisearch’s: escape it before it becomes HTML.').optional(),
      _matchesPosition: z.looseObject({}).describe('In UTF-8 bytes, as Meilisearch’s.').optional(),
      _urdu: z
        .object({
          why: z.array(WordReason).optional(),
          fragments: z.record(text, fields).describe('Snippets of each field, as escaped HTML.').optional(),
        })
        .optional(),
    })
    .describe('A document as it was stored, with what was asked for beside it.'),
);

const answer = {
  hits: z.array(Hit),
  processingTimeMs: count,
  limit: count.optional(),
  offset: count.optional(),
  estimatedTotalHits: count.optional(),
};
const searchAnswer = {
  ...answer,
  query: text,
  urdu: UrduAnswer.describe('Left out where the query has nothing to do with Urdu.').optional(),
};

named('SearchAnswer', z.looseObject(searchAnswer));

named(
  'MultiSearchAnswer',
  z.union([
    z
      .looseObject({ results: z.array(z.looseObject({ indexUid: text, ...searchAnswer })) })
      .describe('The answers in the order of the queries.'),
    z.looseObject(answer).describe('Federated: one list, in Meilisearch’s order.'),
  ]),
);

named(
  'FacetSearchAnswer',
  z.object({
    facetHits: z.array(z.object({ value: text, count })).describe('The spellings of one value are counted as one.'),
    facetQuery: text.nullable(),
    processingTimeMs: count,
  }),
);

named(
  'Suggestions',
  z.object({
    query: text,
    suggestions: z.array(
      z.object({
        text,
        kind: z.enum(['words', 'title']),
        documents: z.int().min(1).describe('How many documents hold the completed word; of titles not known.').optional(),
      }),
    ),
    processingTimeMs: count,
  }),
);

named('AnalyzeRequest', z.object({ text }));
named(
  'Analysis',
  z.object({
    tokens: z.array(
      z.object({
        text: text.describe('What stands in the text.'),
        term: text.describe('The canonical spelling.'),
        root: text.describe('The dictionary form.'),
        start: count.describe('First UTF-16 code unit.'),
        end: count.describe('One past the last UTF-16 code unit.'),
        position: count.describe('Nth word of the text.'),
        sentence: count.describe('Nth sentence of the text.'),
        type: z.enum(['word', 'number', 'latin', 'url', 'email', 'hashtag', 'mention', 'emoji', 'other']),
      }),
    ),
  }),
);

const Document = named('Document', z.looseObject({}).describe('Fields of any names but those that begin with `_urdu` and a number.'));
named('Documents', z.array(Document));
named('DocumentPage', z.object({ results: z.array(Document), offset: count, limit: count, total: count }));

named(
  'Settings',
  z
    .looseObject({
      searchableAttributes: fields.nullable().optional(),
      filterableAttributes: z.array(z.unknown()).nullable().optional(),
      localizedAttributes: z.array(z.looseObject({})).nullable().optional(),
      stopWords: fields.nullable().optional(),
      dictionary: fields.nullable().optional(),
      synonyms: z.record(text, fields).nullable().optional(),
      typoTolerance: z.looseObject({}).nullable().optional(),
      embedders: z.record(text, z.looseObject({}).nullable()).nullable().optional(),
      chat: z.looseObject({}).nullable().optional(),
    })
    .describe('All settings of Meilisearch’s. Those named here are translated on their way in and back, and read as they were set.'),
);

named(
  'Enqueued',
  z
    .looseObject({ taskUid: count, indexUid: text.nullable(), status: z.literal('enqueued'), type: text, enqueuedAt: text })
    .describe('The task that carries the change out; `GET /tasks/{taskUid}` says when it is done.'),
);

named('Health', z.object({ status: z.literal('available') }));
named(
  'Ready',
  z.object({
    status: z.literal('ready'),
    analyzerVersion: z.int().min(1).describe('To keys that may list indexes.').optional(),
    reindex: z
      .array(z.object({ uid: text, analyzerVersion: z.int().nullable().describe('Null: never analyzed.'), command: text }))
      .describe('Indexes that were not built by this analyzer, to keys that may list indexes. They answer all the same.')
      .optional(),
    stores: z
      .array(
        z.object({
          uid: text,
          documents: count.describe('In the store.'),
          inStep: z.boolean().describe('Whether the store holds what the index holds.'),
          building: z.number().min(0).max(1).optional().describe('While it is built or compared with the index: the part that is done.'),
          failed: text.optional().describe('Why it cannot be kept in step: the disk is full, for one. Searches go on.'),
        }),
      )
      .describe('The stores of the indexes that were searched or written in the last minutes, to keys that may list indexes.')
      .optional(),
  }),
);
named('NotReady', z.object({ status: z.literal('unavailable'), meilisearch: z.unknown() }));

named(
  'Error',
  z
    .object({ message: text, code: text, type: z.enum(['invalid_request', 'internal', 'auth', 'system']), link: text })
    .describe('As Meilisearch writes errors; most are its own.'),
);

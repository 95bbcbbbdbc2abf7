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
    document: z
      .union([text, z.int()])
      .nullable()
      .describe(
        'The one document that is wanted, by its primary key: the only hit, where the caller may see it, with the words of the query marked. Needs no more than the right to search.',
      )
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
      pinned: z
        .array(count)
        .min(1)
        .describe('Which of `hits`, counted from 0, stand first because an editor has pinned them to this query.')
        .optional(),
      partial: z
        .object({ servers: z.int().min(2), missing: z.array(z.object({ server: z.int().min(1), message: text })).min(1) })
        .describe('Of several Meilisearch servers these are missing: hits, totals and facets are of the documents of the others.')
        .optional(),
      stale: z
        .object({ ageSeconds: count })
        .describe('Meilisearch is gone, and this is the last answer to the same request: only where the operator allows it.')
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

named(
  'AnalyzeRequest',
  z.object({
    text,
    explain: z
      .boolean()
      .default(false)
      .describe('Say by which rules the words came about; for texts of up to 10,000 characters.')
      .optional(),
  }),
);
const TokenType = z.enum(['word', 'number', 'latin', 'url', 'email', 'hashtag', 'mention', 'emoji', 'other']);
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
        type: TokenType,
      }),
    ),
    words: z
      .array(
        z.object({
          text: text.describe('What stands in the text, between blanks.'),
          start: count,
          end: count,
          terms: z.array(z.object({ term: text, root: text, type: TokenType })),
          steps: z
            .array(z.object({ rule: text.describe('Its name, which does not change.'), from: text, to: text, why: text }))
            .describe('The rules that changed something, in their order.'),
        }),
      )
      .describe('Where `explain` was asked for.')
      .optional(),
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

const words = z.object({ ur: text, en: text });
const fieldOrNone = text.nullable();

const PageIndex = named(
  'PageIndex',
  z.object({
    uid: text,
    name: words,
    primaryKey: fieldOrNone.describe('Null where it is not displayed, or there are no documents yet.'),
    fields: z.object({
      headline: fieldOrNone.describe('Null: the first line of the text stands for it.'),
      text: fields,
      date: fieldOrNone,
      source: fieldOrNone,
      author: fieldOrNone,
      link: fieldOrNone.describe('To be linked where it begins with http: or https:.'),
      image: fieldOrNone,
    }),
    verse: z.boolean().describe('Lines are to be kept.'),
    facets: z.array(z.object({ field: text, label: words })),
    dateFilter: z
      .object({ field: text, unit: z.enum(['iso', 'seconds', 'milliseconds']) })
      .nullable()
      .describe('The field by which a range of dates is chosen.'),
    sorts: z.array(z.object({ by: text.describe('As `sort` of a search takes it.'), label: words })),
    examples: fields.describe('Searches to begin with.'),
    maxTotalHits: count.describe('No search shows more.'),
  }),
);

named(
  'PageConfig',
  z.object({
    title: words,
    languages: z
      .array(z.enum(['ur', 'en']))
      .min(1)
      .describe('Of the interface; the first is the default.'),
    key: text
      .nullable()
      .describe(
        'Made for the page: it searches these indexes and does nothing else. Null where none is needed or none could be made, and to who has a key.',
      ),
    numerals: z.enum(['urdu', 'latin']),
    indexes: z.array(PageIndex),
  }),
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
    insight: z
      .object({ failed: text.describe('Why: the disk is full, for one. Searches go on, events are refused.') })
      .describe('Only while what readers look for cannot be written down.')
      .optional(),
    writes: z
      .object({ failed: text })
      .describe('Only while writes are refused, since the disk of a local Meilisearch is nearly full.')
      .optional(),
  }),
);
named('NotReady', z.object({ status: z.literal('unavailable'), meilisearch: z.unknown() }));

const counts = {
  searches: count,
  withoutResults: count,
  clickThrough: z.number().min(0).max(1).nullable().describe('The share of the searches that were followed by a click; null: no searches.'),
  clickedSearches: count,
  clicks: count,
  conversions: count,
  averagePosition: z.number().min(0).nullable().describe('Of the clicked hits, from 0; null: no click said where.'),
  clicksByPosition: z
    .array(count)
    .max(21)
    .describe('Clicks on the first hit, the second and so on; the 21st number stands for all further ones.'),
};
const readAs = text.describe('What it was read as: corrected, joined, from Roman letters.').optional();

named(
  'QueryReport',
  z.object({
    index: text,
    from: text,
    to: text,
    list: z.enum(['all', 'empty', 'corrected', 'unclicked']),
    totals: z.object(counts),
    results: z
      .array(
        z.object({
          query: text.describe('In the spelling that was typed most often.'),
          hash: text.describe('As it stands in the log.'),
          readAs,
          ...counts,
          spellings: z.array(z.object({ text, searches: count, readAs })).describe('What was typed, the most frequent first.'),
          documents: z.array(z.object({ id: text, clicks: count })).describe('The most clicked first, by their primary keys.'),
        }),
      )
      .describe('One row for each need, whatever its spelling.'),
    offset: count,
    limit: count,
    total: count.describe('Rows in this list.'),
  }),
);

named(
  'SearchEvent',
  z.object({
    eventType: z.enum(['click', 'conversion']),
    eventName: text.min(1).max(512).describe('Checked and forgotten.'),
    indexUid: text,
    queryUid: text
      .max(512)
      .nullable()
      .describe('`metadata.queryUid` of the search, up to a day old: without it the event counts for the index only.')
      .optional(),
    objectId: z.union([text, z.int()]).nullable().describe('The primary key of the document.').optional(),
    objectName: text.max(512).nullable().describe('Checked and forgotten.').optional(),
    position: count.nullable().describe('Of the hit in the list, from 0.').optional(),
    userId: text.max(512).nullable().describe('Checked and forgotten: nothing is kept of who it was.').optional(),
  }),
);

named(
  'Pin',
  z.object({
    query: text.max(200).describe('It acts in every spelling that is read as the same words, function words aside.'),
    documents: z
      .array(z.union([text, z.int()]))
      .min(1)
      .max(10)
      .describe('Primary keys, in the order in which they are shown.'),
    until: text.nullable().describe('A day, to its end in UTC, or a moment; none: for good.').optional(),
  }),
);
named(
  'Pins',
  z.object({
    results: z.array(
      z.object({
        query: text,
        readAs: text.describe('What the query was read as when it was set, where that is something else.').optional(),
        documents: fields,
        until: text.optional(),
      }),
    ),
    total: count,
  }),
);

named(
  'Error',
  z
    .object({ message: text, code: text, type: z.enum(['invalid_request', 'internal', 'auth', 'system']), link: text })
    .describe('As Meilisearch writes errors; most are its own.'),
);

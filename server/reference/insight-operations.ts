/** The routes for what readers look for, and for what editors do about it. */
import type { Method, Operation, Parameter } from './openapi.js';
import { enqueued, error, json, only, query, ref, refused, uid } from './parts.js';

const INSIGHT = 'Insight';

const index: Parameter = {
  name: 'index',
  in: 'query',
  required: true,
  description: 'The name of the index.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,400}$' },
  example: 'books',
};
const DAY = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };

const COUNTS = { clickedSearches: 3, clicks: 4, conversions: 1, averagePosition: 0.5, clicksByPosition: [3, 0, 1] };
const WEEK = {
  index: 'books',
  from: '2026-11-23',
  to: '2026-11-29',
  list: 'all',
  totals: { searches: 9, withoutResults: 1, clickThrough: 0.333, ...COUNTS },
  results: [
    {
      query: 'غالب',
      hash: '5a1f0c7d93be',
      searches: 8,
      withoutResults: 0,
      clickThrough: 0.375,
      ...COUNTS,
      spellings: [
        { text: 'غالب', searches: 6 },
        { text: 'ghalib', searches: 2, readAs: 'غالب' },
      ],
      documents: [{ id: '2', clicks: 4 }],
    },
  ],
  offset: 0,
  limit: 20,
  total: 2,
};

export const INSIGHT_OPERATIONS: readonly (Operation & { readonly method: Method; readonly path: string })[] = [
  {
    method: 'post',
    path: '/events',
    operationId: 'addEvent',
    tags: [INSIGHT],
    summary: 'A reader clicked, or did what the site hopes for',
    description:
      'As Meilisearch Cloud’s. The id of a search comes as `metadata.queryUid` in answers to requests with the header `Meili-Include-Metadata: true`. Needs a key that may search the index. Nothing is kept of who it was.',
    requestBody: {
      required: true,
      content: json(
        'SearchEvent',
        only({
          eventType: 'click',
          eventName: 'Search Result Clicked',
          indexUid: 'books',
          queryUid: '019a01b7-a1c2-7782-a410-bb1274c81393',
          objectId: '2',
          position: 0,
          userId: 'reader-7',
        }),
      ),
    },
    responses: {
      '201': { description: 'Taken.', content: {} },
      '400': error(
        'A field is not as it must be.',
        'Invalid value at `.eventType`: expected "click" or "conversion", but found `"view"`.',
        'invalid_event_type',
      ),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/analytics/queries',
    operationId: 'queries',
    tags: [INSIGHT],
    summary: 'What readers look for',
    description:
      'One row for each need: its spellings, Roman letters and corrections count as one query. What is typed letter by letter counts once, some seconds after the last letter; searches with the header `Justuju-Record: no`, further pages, and federated searches do not count. Needs a key that may read the statistics of the index (`stats.get`).',
    parameters: [
      index,
      query('from', 'The first day, in UTC; without it, six days before the last.', DAY),
      query('to', 'The last day; without it, today.', DAY),
      query('list', 'All; those that found nothing; those that were read as something else; those after which nobody clicked.', {
        type: 'string',
        enum: ['all', 'empty', 'corrected', 'unclicked'],
        default: 'all',
      }),
      query('offset', 'Rows left out.', { type: 'integer', minimum: 0, default: 0 }),
      query('limit', 'At most so many rows.', { type: 'integer', minimum: 0, maximum: 1000, default: 20 }),
      query('format', 'As JSON, or as a table for spreadsheets.', { type: 'string', enum: ['json', 'csv'], default: 'json' }),
    ],
    responses: {
      '200': {
        description: 'The queries, the most frequent first.',
        content: {
          'application/json': { schema: ref('QueryReport'), examples: { week: { value: WEEK } } },
          'text/csv': { schema: { type: 'string' } },
        },
      },
      '400': error(
        'A parameter is not as it must be.',
        '`list` must be one of `all`, `empty`, `corrected`, `unclicked`, got `"some"`.',
        'invalid_analytics_list',
      ),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/indexes/{uid}/pins',
    operationId: 'getPins',
    tags: [INSIGHT],
    summary: 'Which articles are pinned',
    description: 'Pins are kept in the settings of the index and go with it. Needs a key with `settings.get`.',
    parameters: [uid],
    responses: {
      '200': {
        description: 'All pins, the latest last.',
        content: json('Pins', only({ results: [{ query: 'نئی کتابیں', documents: ['3'] }], total: 1 })),
      },
      default: refused,
    },
  },
  {
    method: 'put',
    path: '/indexes/{uid}/pins',
    operationId: 'setPin',
    tags: [INSIGHT],
    summary: 'Show articles first for a query',
    description:
      'In every spelling of the query, until a day. It takes the place of a pin for the same need. A pinned article is shown to who may see it, where the filter lets it through; searches that are sorted, by meaning or federated show none, and those that want all words (`matchingStrategy: all`), phrases or distinct values only one that holds them. Needs a key with `settings.update`.',
    parameters: [uid],
    requestBody: { required: true, content: json('Pin', only({ query: 'نئی کتابیں', documents: ['3'] })) },
    responses: {
      '202': enqueued('settingsUpdate'),
      '400': error('It is not as it must be.', '`documents` must be 1 to 10 primary keys, got `[]`.', 'invalid_pin_documents'),
      default: refused,
    },
  },
  {
    method: 'delete',
    path: '/indexes/{uid}/pins',
    operationId: 'deletePins',
    tags: [INSIGHT],
    summary: 'Forget the pin of a query, or all pins',
    parameters: [uid, query('query', 'In any spelling; without it all pins go.', { type: 'string' }, 'نئی کتابیں')],
    responses: { '202': enqueued('settingsUpdate'), default: refused },
  },
];

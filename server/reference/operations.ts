/** The routes, with examples that tell one story: three books come in and are searched. The tests send them, in this order of writes and reads. */
import { ANALYZER_VERSION } from '@justuju/urdu';
import { INSIGHT_OPERATIONS } from './insight-operations.js';
import type { Method, Operation } from './openapi.js';
import { answer, enqueued, error, json, only, query, ref, refused, uid } from './parts.js';

const ARABIC_YEH = '\u064A';

export const TAGS = [
  { name: 'Search', description: 'Meilisearch’s own routes. Queries are understood as Urdu, and marks stand in the untouched original.' },
  { name: 'Language', description: 'What Justuju knows of the language and of the collection’s words.' },
  {
    name: 'Documents and settings',
    description: 'Meilisearch’s own routes. Documents are analyzed on their way in and come back as they were sent.',
  },
  { name: 'Insight', description: 'What readers look for, find and choose; and what editors do about it.' },
  { name: 'Search page', description: 'What a page for readers is built on, the one at `/` or your own.' },
  { name: 'Operation', description: 'Is it alive, is it ready, what does it do.' },
] as const;
type Tag = (typeof TAGS)[number]['name'];

export interface Described extends Operation {
  readonly method: Method;
  readonly path: string;
}

const cutOff = error(
  'The body is not what its content type says. Of NDJSON that is cut off, what came before was taken.',
  'The `ndjson` payload provided is malformed: it is cut off in line 3. The 2 documents before it were taken as task 7; send the rest again, from line 3 on.',
  'malformed_payload',
);

const WITHOUT_KEY = [{}] as const;

const DIWAN = { id: 1, title: 'دیوانِ غالب', author: 'مرزا غالب', genre: 'شاعری', year: 1841 };
const LETTERS = { id: 2, title: 'غالب کے خطوط', author: 'مرزا غالب', genre: 'خطوط', year: 1868 };
const BELL = { id: 3, title: 'بانگِ درا', author: 'محمد اقبال', genre: `شاعر${ARABIC_YEH}`, year: 1924 };
const SETTINGS = { searchableAttributes: ['title', 'author'], filterableAttributes: ['genre', 'year'], synonyms: { کتاب: ['نسخہ'] } };

const page = { limit: 20, offset: 0 };
const plain = (word: string): object => ({
  analyzerVersion: ANALYZER_VERSION,
  understood: {
    words: [{ text: word, readings: [{ terms: [word], roots: [word], reason: 'exact', weight: 1 }] }],
    phrases: [],
    unwanted: [],
  },
});
const transliterated = (typed: string, term: string, root: string): object => ({
  analyzerVersion: ANALYZER_VERSION,
  understood: {
    words: [{ text: typed, readings: [{ terms: [term], roots: [root], reason: 'transliterated', weight: 0.8 }] }],
    phrases: [],
    unwanted: [],
  },
  didYouMean: term,
});

const SEARCH = 'Search' satisfies Tag;
const LANGUAGE = 'Language' satisfies Tag;
const CONTENT = 'Documents and settings' satisfies Tag;
const PAGE = 'Search page' satisfies Tag;
const OPERATION = 'Operation' satisfies Tag;

export const OPERATIONS: readonly Described[] = [
  {
    method: 'post',
    path: '/indexes/{uid}/search',
    operationId: 'search',
    tags: [SEARCH],
    summary: 'Search an index',
    description:
      'All parameters of Meilisearch’s search hold. `urdu` switches what Justuju does with the query; in the answer `urdu` says what was done. A query that has nothing to do with Urdu is left to Meilisearch.',
    parameters: [uid],
    requestBody: {
      required: true,
      content: json('SearchRequest', {
        marks: {
          summary: 'Arabic yeh in the query, marks and reasons in the answer',
          value: {
            q: `د${ARABIC_YEH}وان غالب`,
            attributesToHighlight: ['title'],
            attributesToCrop: ['title'],
            urdu: { why: true, fragments: 1 },
          },
        },
        roman: { summary: 'Urdu in Roman letters', value: { q: 'ghalib', attributesToRetrieve: ['title'] } },
        document: {
          summary: 'One document, opened from a list of hits',
          value: { q: 'khutut', attributesToHighlight: ['title'], attributesToRetrieve: ['title'], urdu: { document: 2 } },
        },
      }),
    },
    responses: {
      '200': {
        description: 'The best hits.',
        content: json('SearchAnswer', {
          marks: {
            value: {
              hits: [
                {
                  ...DIWAN,
                  _formatted: { ...DIWAN, id: '1', year: '1841', title: '<em>دیوانِ</em> <em>غالب</em>' },
                  _urdu: {
                    why: [
                      { word: `د${ARABIC_YEH}وان`, reason: 'spelling', field: 'title', form: 'دیوانِ' },
                      { word: 'غالب', reason: 'exact', field: 'title', form: 'غالب' },
                    ],
                    fragments: { title: ['<em>دیوانِ</em> <em>غالب</em>'] },
                  },
                },
                {
                  ...LETTERS,
                  _formatted: { ...LETTERS, id: '2', year: '1868', title: '<em>غالب</em> کے خطوط' },
                  _urdu: {
                    why: [{ word: 'غالب', reason: 'exact', field: 'title', form: 'غالب' }],
                    fragments: { title: ['<em>غالب</em> کے خطوط'] },
                  },
                },
              ],
              query: `د${ARABIC_YEH}وان غالب`,
              processingTimeMs: 2,
              ...page,
              estimatedTotalHits: 2,
              urdu: {
                analyzerVersion: ANALYZER_VERSION,
                understood: {
                  words: [
                    { text: `د${ARABIC_YEH}وان`, readings: [{ terms: ['دیوان'], roots: ['دیوان'], reason: 'exact', weight: 1 }] },
                    { text: 'غالب', readings: [{ terms: ['غالب'], roots: ['غالب'], reason: 'exact', weight: 1 }] },
                  ],
                  phrases: [],
                  unwanted: [],
                },
              },
            },
          },
          roman: {
            value: {
              hits: [{ title: LETTERS.title }, { title: DIWAN.title }],
              query: 'ghalib',
              processingTimeMs: 2,
              ...page,
              estimatedTotalHits: 2,
              urdu: transliterated('ghalib', 'غالب', 'غالب'),
            },
          },
          document: {
            value: {
              hits: [{ title: LETTERS.title, _formatted: { title: 'غالب کے <em>خطوط</em>' } }],
              query: 'khutut',
              processingTimeMs: 2,
              ...page,
              estimatedTotalHits: 1,
            },
          },
        }),
      },
      '400': error(
        'A parameter is not as it must be.',
        'Unknown field `exakt` inside `urdu`: expected one of `exact`, `why`, `fragments`, `document`.',
        'invalid_search_urdu',
      ),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/indexes/{uid}/search',
    operationId: 'searchByQueryString',
    tags: [SEARCH],
    summary: 'Search an index, with a query string',
    description: 'The parameters of `POST` but `urdu`: lists with commas, flags as `true` and `false`.',
    parameters: [
      uid,
      query('q', 'What the reader typed.', { type: 'string' }, 'khutut'),
      query('filter', 'An expression, or a JSON array of expressions.', { type: 'string' }, 'genre = خطوط'),
    ],
    responses: {
      '200': answer('The best hits.', 'SearchAnswer', {
        hits: [LETTERS],
        query: 'khutut',
        processingTimeMs: 2,
        ...page,
        estimatedTotalHits: 1,
        urdu: transliterated('khutut', 'خطوط', 'خط'),
      }),
      default: refused,
    },
  },
  {
    method: 'post',
    path: '/multi-search',
    operationId: 'multiSearch',
    tags: [SEARCH],
    summary: 'Several searches in one request',
    description: 'Every query is understood by itself. With `federation` the hits come as one list, in Meilisearch’s order.',
    requestBody: {
      required: true,
      content: json('MultiSearchRequest', {
        plain: {
          summary: 'Several answers',
          value: {
            queries: [
              { indexUid: 'books', q: 'غالب', limit: 1 },
              { indexUid: 'books', q: 'iqbal' },
            ],
          },
        },
        federated: {
          summary: 'One list',
          value: {
            federation: { limit: 1 },
            queries: [
              { indexUid: 'books', q: 'غالب' },
              { indexUid: 'books', q: 'iqbal' },
            ],
          },
        },
      }),
    },
    responses: {
      '200': {
        description: 'The best hits of each query, or of all.',
        content: json('MultiSearchAnswer', {
          plain: {
            value: {
              results: [
                {
                  indexUid: 'books',
                  hits: [LETTERS],
                  query: 'غالب',
                  processingTimeMs: 2,
                  limit: 1,
                  offset: 0,
                  estimatedTotalHits: 2,
                  urdu: plain('غالب'),
                },
                {
                  indexUid: 'books',
                  hits: [BELL],
                  query: 'iqbal',
                  processingTimeMs: 2,
                  ...page,
                  estimatedTotalHits: 1,
                  urdu: transliterated('iqbal', 'اقبال', 'اقبال'),
                },
              ],
            },
          },
          federated: {
            value: {
              hits: [{ ...LETTERS, _federation: { indexUid: 'books', queriesPosition: 0, weightedRankingScore: 0.99 } }],
              processingTimeMs: 2,
              limit: 1,
              offset: 0,
              estimatedTotalHits: 3,
            },
          },
        }),
      },
      default: refused,
    },
  },
  {
    method: 'post',
    path: '/indexes/{uid}/facet-search',
    operationId: 'facetSearch',
    tags: [SEARCH],
    summary: 'Search in the values of a facet',
    description: 'In any spelling: the spellings of one value are found together and counted as one.',
    parameters: [uid],
    requestBody: { required: true, content: json('FacetSearchRequest', only({ facetName: 'genre', facetQuery: `شاعر${ARABIC_YEH}` })) },
    responses: {
      '200': answer('The values.', 'FacetSearchAnswer', {
        facetHits: [{ value: 'شاعری', count: 2 }],
        facetQuery: `شاعر${ARABIC_YEH}`,
        processingTimeMs: 2,
      }),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/suggest',
    operationId: 'suggest',
    tags: [LANGUAGE],
    summary: 'Completions of what is being typed',
    description:
      'Words and titles, in the spelling of the collection, also from Roman letters. Needs a key that may search the index; a tenant token gets titles only.',
    parameters: [
      query('q', 'What has been typed so far; its first 200 characters are read.', { type: 'string', default: '' }, 'ghal'),
      query('index', 'The name of the index.', { type: 'string', default: 'articles' }, 'books'),
      query('limit', 'At most so many.', { type: 'integer', minimum: 0, maximum: 50, default: 8 }),
    ],
    responses: {
      '200': answer('The completions, the likeliest first.', 'Suggestions', {
        query: 'ghal',
        suggestions: [
          { text: 'غالب', kind: 'words', documents: 2 },
          { text: LETTERS.title, kind: 'title' },
          { text: DIWAN.title, kind: 'title' },
        ],
        processingTimeMs: 2,
      }),
      '400': error('A parameter is not as it must be.', '`limit` must be a number from 0 to 50, got `"500"`.', 'invalid_search_limit'),
      default: refused,
    },
  },
  {
    method: 'post',
    path: '/analyze',
    operationId: 'analyze',
    tags: [LANGUAGE],
    summary: 'The searchable words of a text',
    description: 'For debugging and for tests: what documents and queries are turned into. Needs a key that may search.',
    requestBody: {
      required: true,
      content: json('AnalyzeRequest', {
        words: { value: { text: `کتاب${ARABIC_YEH}ں، 2024` } },
        reasons: { summary: 'With the rules', value: { text: 'کیساتھ', explain: true } },
      }),
    },
    responses: {
      '200': {
        description: 'The words in their order.',
        content: json('Analysis', {
          words: {
            value: {
              tokens: [
                { text: `کتاب${ARABIC_YEH}ں`, term: 'کتابیں', root: 'کتاب', start: 0, end: 6, position: 0, sentence: 0, type: 'word' },
                { text: '2024', term: '2024', root: '2024', start: 8, end: 12, position: 1, sentence: 0, type: 'number' },
              ],
            },
          },
          reasons: {
            value: {
              tokens: [
                { text: 'کی', term: 'کے', root: 'کا', start: 0, end: 2, position: 0, sentence: 0, type: 'word' },
                { text: 'ساتھ', term: 'ساتھ', root: 'ساتھ', start: 2, end: 6, position: 1, sentence: 0, type: 'word' },
              ],
              words: [
                {
                  text: 'کیساتھ',
                  start: 0,
                  end: 6,
                  terms: [
                    { term: 'کے', root: 'کا', type: 'word' },
                    { term: 'ساتھ', root: 'ساتھ', type: 'word' },
                  ],
                  steps: [
                    {
                      rule: 'fused-word',
                      from: 'کیساتھ',
                      to: 'کے ساتھ',
                      why: 'A word of grammar that is often written together with the one before it.',
                    },
                    { rule: 'function-form', from: 'کے', to: 'کا', why: 'An inflected word of grammar.' },
                  ],
                },
              ],
            },
          },
        }),
      },
      '400': error('There is no text.', '`text` must be a string, got nothing. Send {"text": "..."}.', 'bad_request'),
      default: refused,
    },
  },
  {
    method: 'post',
    path: '/indexes/{uid}/documents',
    operationId: 'addDocuments',
    tags: [CONTENT],
    summary: 'Add documents, or replace them',
    description:
      'As JSON, NDJSON or CSV, of any length. An index that is not there is made, ready for Urdu. Of NDJSON that is cut off in its last document, all others are taken.',
    parameters: [uid, query('primaryKey', 'The field that tells documents apart.', { type: 'string' }, 'id')],
    requestBody: { required: true, content: json('Documents', only([DIWAN, LETTERS, BELL])) },
    responses: { '202': enqueued('documentAdditionOrUpdate'), '400': cutOff, default: refused },
  },
  {
    method: 'put',
    path: '/indexes/{uid}/documents',
    operationId: 'updateDocuments',
    tags: [CONTENT],
    summary: 'Add documents, or update some of their fields',
    parameters: [uid],
    requestBody: { required: true, content: json('Documents', only([{ id: 3, year: 1924 }])) },
    responses: { '202': enqueued('documentAdditionOrUpdate'), '400': cutOff, default: refused },
  },
  {
    method: 'get',
    path: '/indexes/{uid}/documents',
    operationId: 'listDocuments',
    tags: [CONTENT],
    summary: 'Read documents',
    description: 'As they were sent, to the code point and the digit.',
    parameters: [
      uid,
      query('limit', 'At most so many.', { type: 'integer', minimum: 0, default: 20 }, 1),
      query('filter', 'An expression, or a JSON array of expressions.', { type: 'string' }, 'genre = شاعری'),
    ],
    responses: {
      '200': answer('A page of documents.', 'DocumentPage', { results: [DIWAN], offset: 0, limit: 1, total: 2 }),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/indexes/{uid}/documents/{id}',
    operationId: 'getDocument',
    tags: [CONTENT],
    summary: 'Read one document',
    parameters: [
      uid,
      { name: 'id', in: 'path', required: true, description: 'Its primary key.', schema: { type: ['string', 'integer'] }, example: 1 },
    ],
    responses: { '200': answer('The document.', 'Document', DIWAN), default: refused },
  },
  {
    method: 'patch',
    path: '/indexes/{uid}/settings',
    operationId: 'updateSettings',
    tags: [CONTENT],
    summary: 'Change settings',
    description: 'In terms of your own fields and spellings. The sub-routes of Meilisearch’s settings work alike.',
    parameters: [uid],
    requestBody: { required: true, content: json('Settings', only(SETTINGS)) },
    responses: { '202': enqueued('settingsUpdate'), default: refused },
  },
  {
    method: 'get',
    path: '/indexes/{uid}/settings',
    operationId: 'getSettings',
    tags: [CONTENT],
    summary: 'Read settings',
    parameters: [uid],
    responses: { '200': answer('All settings, as they were set.', 'Settings', SETTINGS), default: refused },
  },
  ...INSIGHT_OPERATIONS,
  {
    method: 'get',
    path: '/page-config',
    operationId: 'pageConfig',
    tags: [PAGE],
    summary: 'What a search page must know of its collection',
    description:
      'Which indexes there are, which of their fields are what, and a key for readers. By the settings of the page (`justuju.page.json`); what they leave out is guessed from the settings of the indexes and some documents. Only what the settings of an index allow is named: displayed fields, filterable facets, sortable sorts. With a key or a tenant token it tells of the indexes that this one may search. Answers have an `ETag`.',
    security: [{}, { key: [] }],
    responses: {
      '200': answer('The collection.', 'PageConfig', {
        title: { ur: 'جستجو', en: 'Justuju' },
        languages: ['ur', 'en'],
        key: null,
        numerals: 'urdu',
        indexes: [
          {
            uid: 'books',
            name: { ur: 'books', en: 'books' },
            primaryKey: 'id',
            fields: { headline: 'title', text: [], date: null, source: null, author: 'author', link: null, image: null },
            verse: false,
            facets: [{ field: 'genre', label: { ur: 'موضوع', en: 'Topic' } }],
            dateFilter: null,
            sorts: [],
            examples: ['دیوانِ', 'غالب', 'بانگِ'],
            maxTotalHits: 1000,
          },
        ],
      }),
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/health',
    operationId: 'health',
    tags: [OPERATION],
    summary: 'Is it alive?',
    security: WITHOUT_KEY,
    responses: { '200': answer('It is, and so is Meilisearch.', 'Health', { status: 'available' }), default: refused },
  },
  {
    method: 'get',
    path: '/ready',
    operationId: 'ready',
    tags: [OPERATION],
    summary: 'Is Meilisearch there, and is every index of this analyzer?',
    security: [{}, { key: [] }],
    responses: {
      '200': answer('Meilisearch answers.', 'Ready', {
        status: 'ready',
        analyzerVersion: ANALYZER_VERSION,
        reindex: [],
        stores: [{ uid: 'books', documents: 3, inStep: true }],
      }),
      '503': {
        description: 'It does not, or this process is about to stop.',
        content: { 'application/json': { schema: { anyOf: [ref('NotReady'), ref('Error')] } } },
      },
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/metrics',
    operationId: 'metrics',
    tags: [OPERATION],
    summary: 'Metrics for Prometheus',
    description:
      'Requests by route and status, searches by what was understood, Meilisearch’s time, the process; Meilisearch’s own follow where its experimental feature `metrics` is on. Where keys are configured it needs one with the action `metrics.get` on all indexes, whether that feature is on or not.',
    responses: {
      '200': { description: 'Prometheus’s text format.', content: { 'text/plain': { schema: { type: 'string' } } } },
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/openapi.json',
    operationId: 'openapi',
    tags: [OPERATION],
    summary: 'This description',
    security: WITHOUT_KEY,
    responses: {
      '200': {
        description: 'OpenAPI 3.1.',
        content: { 'application/json': { schema: { type: 'object' } } },
      },
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/docs',
    operationId: 'docs',
    tags: [OPERATION],
    summary: 'This description as a page',
    security: WITHOUT_KEY,
    responses: {
      '200': { description: 'A page without scripts.', content: { 'text/html': { schema: { type: 'string' } } } },
      default: refused,
    },
  },
  {
    method: 'get',
    path: '/playground',
    operationId: 'playground',
    tags: [OPERATION],
    summary: 'A page to try requests on',
    description:
      'A request and its answer side by side, how its words were read, the same without rewriting, and the analysis of a text step by step. A key that is typed there stays in the memory of the page.',
    security: WITHOUT_KEY,
    responses: {
      '200': { description: 'A page.', content: { 'text/html': { schema: { type: 'string' } } } },
      default: refused,
    },
  },
];

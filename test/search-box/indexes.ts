/** Indexes as `/page-config` describes them, for the tests of this folder. */
import { type IndexConfig, NO_FIELDS } from '../../search-box/src/model/config.js';

const named = (name: string) => ({ ur: name, en: name });

export const ARTICLES: IndexConfig = {
  uid: 'articles',
  name: named('articles'),
  primaryKey: 'id',
  fields: { ...NO_FIELDS, headline: 'title', text: ['body'], date: 'date', source: 'source' },
  verse: false,
  facets: [
    { field: 'source', label: named('source') },
    { field: 'topic', label: named('topic') },
  ],
  dateFilter: { field: 'timestamp', unit: 'seconds' },
  sorts: [
    { by: 'timestamp:desc', label: named('new') },
    { by: 'timestamp:asc', label: named('old') },
  ],
  examples: [],
  maxTotalHits: 1000,
};

import { guessIndex, NO_CONFIG, readConfig } from '../../search-box/src/model/config.js';
import { ARTICLES } from './indexes.js';

describe('the page configuration', () => {
  it('is read as the server writes it', () => {
    const { name, ...index } = ARTICLES;
    const nulls = { ...index, fields: { ...index.fields, author: null, link: null, image: null } };
    const config = readConfig({
      title: { ur: 'کتب', en: 'Books' },
      languages: ['en', 'ur'],
      key: 'k',
      numerals: 'latin',
      indexes: [{ ...nulls, name }],
    });
    expect(config).toEqual({
      title: { ur: 'کتب', en: 'Books' },
      languages: ['en', 'ur'],
      key: 'k',
      numerals: 'latin',
      indexes: [ARTICLES],
    });
  });

  it.each([null, 'x', [], { indexes: 'all' }, { indexes: [{}], languages: ['fr'], key: 5 < 4 }])('%j says nothing', (value) =>
    expect(readConfig(value)).toEqual(NO_CONFIG),
  );

  it('names what has a name in one language only by that', () => {
    expect(readConfig({ title: { en: 'Books' } }).title).toEqual({ ur: 'Books', en: 'Books' });
  });
});

describe('an index that nothing is known of', () => {
  it('is guessed from its documents', () => {
    const documents = [
      { slug: 'a-1', headline: 'ایک', content: 'متن', url: 'https://a.example' },
      { slug: 'a-2', headline: 'دو', content: 'متن' },
    ];
    expect(guessIndex('x', documents, ['source'])).toMatchObject({
      primaryKey: 'slug',
      fields: { headline: 'headline', text: ['content'], link: 'url', date: undefined },
      facets: [{ field: 'source' }],
      verse: false,
    });
  });

  it('takes the field whose name ends in "id" for the key, as Meilisearch does', () => {
    expect(guessIndex('x', [{ n: 1, bookId: 'q', title: 'a' }], []).primaryKey).toBe('bookId');
  });

  it('is verse where all texts are short lines', () => {
    const line = 'دل ہی تو ہے نہ سنگ و خشت';
    expect(guessIndex('x', [{ id: 1, text: `${line}\n${line}` }], []).verse).toBe(true);
  });
});

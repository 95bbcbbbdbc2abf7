import {
  fromShadow,
  hasArabicScript,
  isShadow,
  SHADOW_ROOT,
  shadowFields,
  stripShadow,
  toShadow,
  versionOf,
} from '../../../server/shadow/shadow.js';

const reverse = (text: string): string => [...text].reverse().join('');

describe('names of shadow fields', () => {
  it.each([
    ['title', `${SHADOW_ROOT}.title`],
    ['author.name', `${SHADOW_ROOT}.author.name`],
    ['*', SHADOW_ROOT],
    // A second field that ends in "id" would make Meilisearch refuse to choose a primary key.
    ['id', `${SHADOW_ROOT}.id_`],
    ['bookId', `${SHADOW_ROOT}.bookId_`],
    ['id_', `${SHADOW_ROOT}.id__`],
    ['id.part', `${SHADOW_ROOT}.id_.part`],
    ['idea', `${SHADOW_ROOT}.idea`],
    ['', `${SHADOW_ROOT}.`],
    ['two\nlines', `${SHADOW_ROOT}.two\nlines`],
  ])('%s ↔ %s', (field, shadow) => {
    expect(toShadow(field)).toBe(shadow);
    expect(fromShadow(shadow)).toBe(field);
    expect(isShadow(shadow)).toBe(true);
  });

  it.each(['title', '_urdu', '_urdu_title', 'urdu1.title', '_geo'])('%s is a name of the client', (field) => {
    expect(isShadow(field)).toBe(false);
    expect(fromShadow(field)).toBe(field);
  });

  it('tells the analyzer version from the searchable attributes', () => {
    expect(versionOf(['_urdu7.title', '_urdu7.body'])).toBe(7);
    expect(versionOf(['_urdu12'])).toBe(12);
    expect(versionOf(['*'])).toBeUndefined();
    expect(versionOf(['title'])).toBeUndefined();
  });
});

describe('shadow fields of a document', () => {
  it('keep the shape of the value: texts are encoded, numbers stay', () => {
    const document = { id: 7, title: 'اب', tags: ['پت', 'sport'], author: { name: 'جد', born: 1797 }, note: null, live: true };
    expect(shadowFields(document, reverse)).toEqual({
      [toShadow('id')]: 7,
      [toShadow('title')]: 'با',
      [toShadow('tags')]: ['تپ', 'trops'],
      [toShadow('author')]: { name: 'دج', born: 1797 },
      [toShadow('note')]: null,
      [toShadow('live')]: true,
    });
  });

  it('leave out what is Meilisearch’s own', () => {
    expect(shadowFields({ _geo: { lat: 1, lng: 2 }, _vectors: {} }, reverse)).toEqual({});
  });

  it('can be taken out again', () => {
    const document = { title: 'اب' };
    expect(stripShadow({ ...document, ...shadowFields(document, reverse) })).toEqual(document);
  });
});

it.each([
  ['پاکستان', true],
  ['ﭘﺎک', true],
  ['Pakistan 2024', false],
  ['पाकिस्तान', false],
  ['', false],
])('Arabic letters in %p: %p', (text, expected) => expect(hasArabicScript(text)).toBe(expected));

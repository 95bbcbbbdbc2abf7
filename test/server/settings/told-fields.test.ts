import { fieldNamesOf, toldFields } from '../../../server/settings/told-fields.js';

describe('fieldNamesOf', () => {
  it.each<[unknown, string[]]>([
    [{ id: 1, title: 'a' }, ['id', 'title']],
    [{ author: { name: 'a', born: { year: 1 } } }, ['author', 'author.name', 'author.born', 'author.born.year']],
    [{ authors: [{ name: 'a' }, { alias: 'b' }] }, ['authors', 'authors.name', 'authors.alias']],
    [{ tags: ['a', 'b'], none: null }, ['tags', 'none']],
    ['a', []],
  ])('%j has %j', (document, expected) => expect(fieldNamesOf(document)).toEqual(expected));
});

describe('toldFields', () => {
  const names = ['id', 'title', 'title2', 'author', 'author.name', 'author.alias', '_geo', '_vectors'];
  it.each<[string[], string[], string[]]>([
    [['title'], ['*'], ['title']],
    [['title', 'author'], ['*'], ['title', 'author', 'author.name', 'author.alias']],
    [['author'], ['author.name'], ['author.name']],
    [['author.name'], ['author'], ['author.name']],
    [['*'], ['title2'], ['title2']],
    [['title'], ['title2'], []],
    [[], ['*'], []],
    [['*'], ['*'], ['id', 'title', 'title2', 'author', 'author.name', 'author.alias']],
  ])('shown %j and searched %j: %j', (displayed, searched, expected) => expect(toldFields(names, displayed, searched)).toEqual(expected));
});

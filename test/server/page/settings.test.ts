import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageSettingsSchema, readPageSettings } from '../../../server/page/settings.js';
import { loadPageSettings } from '../../../server/page/settings-file.js';

const read = (given: unknown) => readPageSettings(JSON.stringify(given), 'justuju.page.json');

describe('the settings of the page', () => {
  it('may say everything', () => {
    expect(
      read({
        $schema: './justuju.page.schema.json',
        title: 'اخبار',
        languages: ['en', 'ur'],
        numerals: 'latin',
        indexes: [
          {
            uid: 'articles',
            name: { ur: 'مضامین', en: 'Articles' },
            fields: { headline: null, text: ['body', 'summary'] },
            verse: false,
            facets: ['source', { field: 'topic', label: 'Topic' }],
            dateFilter: { field: 'date', unit: 'iso' },
            sorts: ['date:desc', { by: 'title:asc', label: { ur: 'ا ب', en: 'A to Z' } }],
            examples: ['کتاب'],
          },
        ],
        keyName: 'front',
        frameAncestors: ['https://example.pk', 'https://*.example.pk', 'http://127.0.0.1:8080'],
        imageOrigins: ['https://images.example.pk'],
        pathPrefix: '/search',
      }),
    ).toMatchObject({
      title: { ur: 'اخبار', en: 'اخبار' },
      indexes: [
        {
          facets: [
            { field: 'source', label: undefined },
            { field: 'topic', label: { ur: 'Topic', en: 'Topic' } },
          ],
          sorts: [
            { by: 'date:desc', label: undefined },
            { by: 'title:asc', label: { ur: 'ا ب', en: 'A to Z' } },
          ],
        },
      ],
    });
  });

  it.each<[string, unknown, string]>([
    [
      'a list',
      [],
      'justuju.page.json: the file: [] is not an object of $schema, title, languages, numerals, indexes, keyName, frameAncestors, imageOrigins, pathPrefix.',
    ],
    ['a name in one language', { title: { ur: 'الف' } }, 'justuju.page.json: title.en: nothing is not a text.'],
    [
      'a number as title',
      { title: 5 },
      'justuju.page.json: title: 5 is not a text, or one for each language as {"ur": "...", "en": "..."}.',
    ],
    ['another language', { languages: ['fa'] }, 'justuju.page.json: languages[0]: "fa" is not one of "ur", "en".'],
    ['no language', { languages: [] }, 'justuju.page.json: languages: [] is not at least one language.'],
    [
      'a language twice',
      { languages: ['ur', 'ur'] },
      'justuju.page.json: languages: ["ur","ur"] is not a list that names each language once.',
    ],
    [
      'an index twice',
      { indexes: [{ uid: 'a' }, { uid: 'a' }] },
      'justuju.page.json: indexes: [{"uid":"a"},{"uid":"a"}] is not a list that names each index once.',
    ],
    [
      "an index of Justuju's own",
      { indexes: [{ uid: '_justuju_x' }] },
      'justuju.page.json: indexes[0].uid: "_justuju_x" is not the name of an index: letters, digits, - and _, not beginning with _justuju.',
    ],
    [
      'a misspelt setting',
      { indexes: [{ uid: 'a', facet: [] }] },
      'justuju.page.json: indexes[0].facet: there is no such setting. Allowed there: uid, name, fields, verse, facets, dateFilter, sorts, examples.',
    ],
    [
      'a sort without direction',
      { indexes: [{ uid: 'a', sorts: ['date'] }] },
      'justuju.page.json: indexes[0].sorts[0]: "date" is not a field and a direction, such as date:desc.',
    ],
    [
      'a facet without a label',
      { indexes: [{ uid: 'a', facets: [{ field: 'x' }] }] },
      'justuju.page.json: indexes[0].facets[0].label: nothing is not a text, or one for each language as {"ur": "...", "en": "..."}.',
    ],
    [
      'a word of a policy',
      { frameAncestors: ["'self'; script-src *"] },
      'justuju.page.json: frameAncestors[0]: "\'self\'; script-src *" is not an origin such as https://example.pk or https://*.example.pk.',
    ],
    [
      'a path in an origin',
      { imageOrigins: ['https://a.pk/x'] },
      'justuju.page.json: imageOrigins[0]: "https://a.pk/x" is not an origin such as https://example.pk or https://*.example.pk.',
    ],
    [
      'a slash behind',
      { pathPrefix: '/search/' },
      'justuju.page.json: pathPrefix: "/search/" is not a path such as /search, without a slash at its end.',
    ],
  ])('refuse %s', (_name, given, message) => {
    expect(() => read(given)).toThrow(message);
  });

  it('tell all that is wrong at once', () => {
    expect(() => read({ numerals: 'roman', colour: 'red', indexes: [{ fields: { headline: 3 } }] })).toThrow(
      [
        'justuju.page.json: 4 settings are wrong.',
        'numerals: "roman" is not one of "urdu", "latin".',
        'indexes[0].uid: nothing is not the name of an index: letters, digits, - and _, not beginning with _justuju.',
        'indexes[0].fields.headline: 3 is not the name of a field.',
        'colour: there is no such setting. Allowed there: $schema, title, languages, numerals, indexes, keyName, frameAncestors, imageOrigins, pathPrefix.',
      ].join('\n'),
    );
  });

  it('refuse what is no JSON', () => {
    expect(() => readPageSettings('{"title": }', 'page.json')).toThrow(/^page\.json is not JSON: .*\. Correct it, or remove it\.$/);
  });

  it('have a schema for editors, which is the one in the repository', () => {
    expect(JSON.parse(readFileSync('justuju.page.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(pageSettingsSchema())));
  });
});

describe('the file', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'justuju-page-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is looked for in the data folder, where there may be none', async () => {
    expect(await loadPageSettings({ dataDir })).toEqual({});
    await writeFile(join(dataDir, 'justuju.page.json'), '{"numerals": "latin"}');
    expect(await loadPageSettings({ dataDir })).toEqual({ numerals: 'latin' });
  });

  it('must be there where it is named', async () => {
    const pageConfig = join(dataDir, 'other.json');
    await expect(loadPageSettings({ dataDir, pageConfig })).rejects.toThrow(
      `The settings of the search page cannot be read from ${pageConfig} (ENOENT). Correct PAGE_CONFIG, or unset it.`,
    );
  });
});

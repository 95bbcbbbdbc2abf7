import { readFileSync } from 'node:fs';
import { type Article, readArticles } from '../../seed/articles.js';

interface Expected {
  readonly file: string;
  readonly why: string;
  /** Fields that are named; a title or body of null is not looked at. */
  readonly documents: readonly Readonly<Record<string, unknown>>[];
}

const expected = readFileSync('test/seed/ingest/expected.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Expected);

/** Small files as publishers have them, of every kind that was once read wrongly, and the articles that are in them. */
describe('files of all kinds', () => {
  it.each(expected)('$file: $why', async ({ file, documents }) => {
    const found: Article[] = [];
    for await (const article of readArticles([`test/seed/ingest/${file}`])) found.push(article);
    const looked = found.map((article, i) =>
      Object.fromEntries(
        Object.entries(documents[i] ?? {}).map(([field, value]) => {
          const is = field === 'body' ? article.body.split('\n') : article[field as keyof Article];
          return [field, value === null && (field === 'title' || field === 'body') ? null : (is ?? null)];
        }),
      ),
    );
    expect(looked).toEqual(documents);
  });
});

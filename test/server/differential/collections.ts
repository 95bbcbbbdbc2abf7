/** The same small collection of books in three languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'english' | 'japanese' | 'urdu';

export const LANGUAGES: readonly Language[] = ['english', 'japanese', 'urdu'];

export interface Book {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly genre: string;
  readonly year: number;
  readonly place: { readonly city: string; readonly floor: number };
  readonly tags: readonly string[];
  readonly rating: number;
  readonly inPrint: boolean;
  readonly _geo: { readonly lat: number; readonly lng: number };
  readonly _vectors: { readonly own: readonly number[] };
}

export interface Collection {
  readonly language: Language;
  readonly books: readonly Book[];
  /** What people may search for: words of the titles and texts. */
  readonly words: readonly string[];
  readonly genres: readonly string[];
  readonly authors: readonly string[];
  readonly cities: readonly string[];
  readonly tags: readonly string[];
}

const CODES: Readonly<Record<Language, string>> = { english: 'en', japanese: 'ja', urdu: 'ur' };

/** As Meilisearch names it in `locales`. */
export const LOCALES: Readonly<Record<Language, string>> = { english: 'eng', japanese: 'jpn', urdu: 'urd' };

export function readCollection(language: Language): Collection {
  const lines = readFileSync(join('test/server/differential/collections', `${language}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [header = '', ...rows] = lines;
  const names = header.split('\t');
  const books = rows.map((row, nth) => readBook(Object.fromEntries(row.split('\t').map((cell, i) => [names[i] ?? '', cell])), nth + 1));
  const all = (values: readonly string[]): string[] => [...new Set(values)];
  const segmenter = new Intl.Segmenter(CODES[language], { granularity: 'word' });
  const words = books.flatMap(({ title, body }) => [...segmenter.segment(`${title} ${body}`)].filter((piece) => piece.isWordLike));
  return {
    language,
    books,
    words: all(words.map(({ segment }) => segment)),
    genres: all(books.map(({ genre }) => genre)),
    authors: all(books.map(({ author }) => author)),
    cities: all(books.map(({ place }) => place.city)),
    tags: all(books.flatMap(({ tags }) => tags)),
  };
}

/** What is no text is made of the number, so that all three collections have the same. */
function readBook(row: Readonly<Record<string, string>>, id: number): Book {
  const cell = (name: string): string => {
    const value = row[name];
    if (value === undefined || value === '') throw new Error(`book ${id} has no ${name}`);
    return value;
  };
  return {
    id,
    title: cell('title'),
    body: cell('body'),
    author: cell('author'),
    genre: cell('genre'),
    year: Number(cell('year')),
    place: { city: cell('city'), floor: id % 3 },
    tags: cell('tags').split(', '),
    rating: ((id * 7) % 10) / 2,
    inPrint: id % 4 !== 0,
    _geo: { lat: Number(cell('lat')), lng: Number(cell('lng')) },
    _vectors: { own: vectorOf(id) },
  };
}

/** More than there are documents: Meilisearch then compares all of them, and the nearest are not a matter of luck. */
export const DIMENSIONS = 40;

/** Some vector, the same for the same number. */
export const vectorOf = (number: number): number[] =>
  Array.from({ length: DIMENSIONS }, (_none, i) => ((number * (i + 3) * 7 + i * i) % 11) - 5);

/** One report as it is indexed. A type, not an interface, so that it passes for a document (`Record<string, unknown>`). */
export type Article = {
  /** The same in every run for the same file name and place in the file. [A-Za-z0-9_-]. */
  readonly id: string;
  /** The headline as the author wrote it; where there was none, the beginning of the text. */
  readonly title: string;
  /** True: the report had no headline of its own. */
  readonly titleDerived: boolean;
  /** The author's paragraphs, untouched to the code point, one line each. */
  readonly body: string;
  /** `YYYY-MM-DD`; null: none was given, or no calendar has it. */
  readonly date: string | null;
  /** The beginning of that day, seconds since 1970 UTC: for sorting and for filters by range. */
  readonly timestamp: number | null;
  readonly source: string | null;
  readonly topic: string | null;
  /** Where the report was filed from, by its dateline. */
  readonly place: string | null;
  /** Name of the file below the PATH that was given. */
  readonly file: string;
};

/** Index settings for articles. A headline says more than a body; source and topic come last, so that a paper's name in a text weighs more. */
export const articleSettings = {
  searchableAttributes: ['title', 'body', 'source', 'topic'],
  filterableAttributes: ['source', 'topic', 'date', 'timestamp', 'place'],
  // Sorting first: a reader who asks for the newest wants the newest, not the newest among equally good ones. Without a `sort` the rule does nothing.
  rankingRules: ['sort', 'words', 'typo', 'proximity', 'attribute', 'exactness'],
  sortableAttributes: ['timestamp', 'title'],
};

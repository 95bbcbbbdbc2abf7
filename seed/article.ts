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
  /** The day of the last change, where one is named. */
  readonly updated: string | null;
  /** The words of the original that the date was read from. */
  readonly dateText: string | null;
  /** The line below the headline, where the source keeps it apart. */
  readonly subtitle: string | null;
  readonly author: string | null;
  /** The paper, agency or site. */
  readonly source: string | null;
  readonly topic: string | null;
  /** Where the report was filed from, by its dateline. */
  readonly place: string | null;
  /** Where readers find it. */
  readonly url: string | null;
  readonly tags: readonly string[];
  /** The headline over the whole page, of a report that stands below another one without a headline of its own. */
  readonly partOf: string | null;
  /** Of subtitles: when each paragraph of `body` is said, in seconds from the beginning. */
  readonly times?: readonly number[];
  /** Name of the file below the PATH that was given. */
  readonly file: string;
};

/** Index settings for articles. A headline says more than a body; all else comes behind, so that a paper's name in a text weighs more. */
export const articleSettings = {
  searchableAttributes: ['title', 'body', 'source', 'topic', 'subtitle', 'author', 'tags'],
  filterableAttributes: ['source', 'topic', 'date', 'timestamp', 'place', 'author', 'tags'],
  // Sorting first: a reader who asks for the newest wants the newest, not the newest among equally good ones. Without a `sort` the rule does nothing.
  rankingRules: ['sort', 'words', 'typo', 'proximity', 'attribute', 'exactness'],
  sortableAttributes: ['timestamp', 'title'],
};

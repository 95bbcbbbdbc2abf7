/** What the list shows at this moment, one of these and nothing in between. `app.ts` moves from one to the next. */
import type { ApiError } from './client/api-error.js';
import type { Answer, Counts } from './model/answer.js';
import type { Asked } from './model/asked.js';
import type { IndexConfig } from './model/config.js';
import type { Locale } from './text/locale.js';

export type Outcome =
  | { readonly kind: 'home'; readonly asked: Asked; readonly latest: Answer }
  | { readonly kind: 'found'; readonly asked: Asked; readonly answer: Answer; readonly counts: FacetCounts }
  | { readonly kind: 'nothing'; readonly asked: Asked; readonly answer: Answer; readonly counts: FacetCounts; readonly ways: Ways }
  | { readonly kind: 'no-page'; readonly asked: Asked; readonly answer: Answer; readonly counts: FacetCounts }
  | { readonly kind: 'failed'; readonly asked: Asked; readonly error: ApiError };

/** By facet field. */
export type FacetCounts = Readonly<Record<string, Counts>>;

/** Ways out of an empty list, each of which leads to something. */
export interface Ways {
  readonly without: readonly { readonly word: string; readonly q: string; readonly total: number }[];
  readonly near: readonly string[];
}

/** What the views may make happen. */
export interface Actions {
  /** Shows another state and makes it an entry of the history; `focus` says where the reader is then. */
  go(asked: Asked, focus?: Focus): void;
  /** Where a link to this state leads: an address where the page has one for it. */
  href(asked: Asked): string;
  /** Back to the list, as it was left. */
  closeArticle(): void;
  retry(): void;
}

/** Where the focus goes after an action: nowhere else, to the number of results, to the first new hit. */
export type Focus = 'stay' | 'status' | 'new-hit' | 'field';

/** What every view is drawn with. */
export interface Scene {
  readonly locale: Locale;
  readonly index: IndexConfig;
  readonly actions: Actions;
}

/** What the list shows at this moment, one of these and nothing in between. `main.ts` moves from one to the next. */
import type { Answer, ApiError, Counts } from './api.js';
import type { FacetName } from './request.js';
import type { Asked } from './url.js';

export type Outcome =
  | { readonly kind: 'home'; readonly asked: Asked; readonly latest: Answer | undefined }
  | { readonly kind: 'found'; readonly asked: Asked; readonly answer: Answer; readonly counts: FacetCounts }
  | { readonly kind: 'nothing'; readonly asked: Asked; readonly answer: Answer; readonly counts: FacetCounts }
  | { readonly kind: 'key'; readonly asked: Asked; readonly wasWrong: boolean }
  | { readonly kind: 'failed'; readonly asked: Asked; readonly error: ApiError };

export type FacetCounts = Readonly<Record<FacetName, Counts>>;

/** What the drawing modules may make happen. */
export interface Actions {
  /** Shows another state and makes it an entry of the history. */
  go(asked: Asked): void;
  /** Back to the list, as it was left. */
  closeArticle(): void;
  useKey(key: string): void;
  retry(): void;
}

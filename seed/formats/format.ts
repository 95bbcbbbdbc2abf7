import type { Fields } from '../fields.js';
import type { Input } from '../input.js';

/** What a format finds in a source, one by one, in the order in which it stands there. */
export type Found =
  /** Text as people put it on a page: it is cleaned, split into reports, and its parts are recognized. */
  | {
      readonly kind: 'page';
      readonly text: string /** What the source says beside the text; it goes before what is recognized. */;
      readonly fields?: Partial<Fields>;
    }
  /** A record whose parts are known. Its text is cleaned, nothing else. */
  | {
      readonly kind: 'record';
      readonly fields: Fields /** One of many in its source: where it has no key it is known by what it says, not by where it stands. */;
      readonly isAmongMany?: boolean;
    }
  /** A page that holds the article: it is fetched. */
  | { readonly kind: 'link'; readonly url: string }
  /** Something that must not become an article: counted by its reason ("a draft"). */
  | { readonly kind: 'left'; readonly reason: string };

/**
 * A format: bytes in, articles out. A new one is a file of its own and a line in `index.ts`.
 *
 * `read` holds one article at a time, whatever the size of the source (or refuses a source that is too large for it), yields what it can and throws `Unreadable`
 * for what it cannot; what was yielded before stays.
 */
export interface Format {
  /** For people: "CSV". */
  readonly name: string;
  /** By the beginning of the source first, by its name only where the beginning tells nothing. */
  recognizes(input: Input): boolean;
  read(input: Input): AsyncIterable<Found>;
}

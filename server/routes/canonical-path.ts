import type { RequestHandler, RouterOptions } from 'express';
import { BadRequest } from '../errors.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';

/** Meilisearch tells upper case from lower; a slash at the end is gone before routing. Express by itself takes `/Indexes` for `/indexes`. */
export const EXACT: RouterOptions = { caseSensitive: true, strict: true };

/** What Meilisearch's reader of requests stops at. Control characters and letters outside ASCII are refused by Node itself. */
const UNREADABLE_PATH = /[<>`]/;
const UNREADABLE_QUERY = /["<>]/;

/** The scheme and host that a request to a proxy names. Meilisearch looks at neither. */
const ABSOLUTE_FORM = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*[^/?#@](?=[/?]|$)/i;

/** A path that is its own normal form: nearly all of them. */
const PLAIN = /^(?:\/[\w~!*'()-]+)+$/;

const ESCAPE = /%([\da-f]{2})/gi;
/** Escapes that Meilisearch leaves in a path until it has found the route: `%`, `/` and `+`. */
const KEPT = /%(?:25|2f|2b)/gi;
const OTHER = /%(?!25|2f|2b)([\da-f]{2})/gi;

/**
 * The path and query string in the one spelling that Express and Meilisearch read alike, so that what is checked, what is routed by and what is sent on
 * are the same. Meilisearch (actix-web) merges slashes, drops them at the end, reads escapes but `%2F`, takes `.` and `..` for names, and cuts off
 * what follows `#`. Undefined: Meilisearch cannot read it, or not in one way only.
 */
export function canonicalTarget(target: string): string | undefined {
  const [written = ''] = target.split('#', 1);
  const relative = written.startsWith('/') ? written : relativeOf(written);
  if (relative === undefined) return undefined;
  const end = relative.indexOf('?');
  const path = end === -1 ? relative : relative.slice(0, end);
  const query = end === -1 ? '' : relative.slice(end);
  if (UNREADABLE_QUERY.test(query)) return undefined;
  if (path === '/' || PLAIN.test(path)) return path + query;
  if (UNREADABLE_PATH.test(path)) return undefined;
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(canonicalSegment);
  return segments.includes(undefined) ? undefined : `/${segments.join('/')}${query}`;
}

function relativeOf(target: string): string | undefined {
  const [origin] = ABSOLUTE_FORM.exec(target) ?? [];
  if (origin === undefined) return undefined;
  const relative = target.slice(origin.length);
  return relative.startsWith('/') ? relative : `/${relative}`;
}

function canonicalSegment(segment: string): string | undefined {
  const routed = segment.replace(OTHER, byteOf);
  // An escape whose digits are escaped (`%5%66`): Meilisearch reads it twice, once after it has found the route.
  if ((routed.match(ESCAPE) ?? []).length !== (segment.match(KEPT) ?? []).length) return undefined;
  const bytes = routed.replace(ESCAPE, byteOf);
  // What is no UTF-8 becomes U+FFFD here as there.
  return encodeURIComponent(Buffer.from(bytes, 'latin1').toString('utf8'));
}

const byteOf = (_escape: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

/** Names to Meilisearch, steps to whoever reads an address as the web does. */
const DOTS = /\/\.{1,2}(?:[/?]|$)/;

/** Puts every request into its normal form, before anything looks at it. */
export function canonicalPath(passOn: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (request.url === '*') {
      response.status(404).end();
      return;
    }
    const target = canonicalTarget(request.url);
    if (target === undefined) {
      next(new BadRequest(`The address \`${request.url.slice(0, 200)}\` cannot be read. ${WAY_OUT}`));
      return;
    }
    request.url = target;
    request.originalUrl = target;
    const [path = ''] = target.split('?', 1);
    // No route of ours takes such names: Meilisearch says what it has against them, and nothing here shall read them as steps.
    if (DOTS.test(path) && !namesOwnIndex(path)) passOn(request, response, next);
    else next();
  };
}

const WAY_OUT = 'Write all but letters, digits, `-`, `_`, `.` and `~` in the parts of a path percent-encoded, once.';

/** Of a path in its normal form. */
function namesOwnIndex(path: string): boolean {
  const [, first, uid] = path.split('/');
  return first === 'indexes' && uid !== undefined && isOwnIndex(decodeURIComponent(uid));
}

import { fromShadow, isSortShadow } from '../shadow/shadow.js';

const SHADOW_NAME = /_urdu\d+(?:_sort)?(?:\.[^\s`'",\]]+)?/;
/** Meilisearch shows a whole document in a message; the shadows stand at its end. */
const SHADOW_MEMBERS = /,"_urdu\d+[._].*\}(?=`)/gs;

/** What may be filtered, as a refusal lists it: `a`, `b` or, of facets, `a, b`. */
const FILTERABLE = / Available filterable attributes? patterns are: (`[^`]*`(?:, `[^`]*`)*)\./g;
const STAMP_IN_LIST = /`_urdu\d+_stamp`, |, `_urdu\d+_stamp`|`_urdu\d+_stamp`|_urdu\d+_stamp, |, _urdu\d+_stamp/;

/** A message of Meilisearch in the client's terms: no shadow field in it. */
export function cleanMessage(message: string): string {
  if (!message.includes('_urdu')) return message;
  return message
    .replace(FILTERABLE, filterableByClient)
    .replace(SHADOW_MEMBERS, '}')
    .replace(/`[^`]*_urdu\d[^`]*`/g, (quoted) => `\`${cleanList(quoted.slice(1, -1))}\``)
    .replace(new RegExp(SHADOW_NAME, 'g'), (name) => fromShadow(name));
}

/** Stamps can be filtered in every index of ours. */
function filterableByClient(sentence: string, all: string): string {
  const own = all.replace(STAMP_IN_LIST, '');
  return own === '' ? ' This index does not have configured filterable attributes.' : sentence.replace(all, () => own);
}

/** `_urdu5.id_, _urdu5.title` → `id, title`. */
function cleanList(names: string): string {
  const shown = names.split(', ').filter((name, _i, all) => all.length === 1 || !isSortShadow(name));
  const own = shown.map((name) => name.replace(SHADOW_NAME, (shadow) => fromShadow(shadow)));
  return [...new Set(own)].join(', ');
}

/** An error body of Meilisearch in the client's terms; anything else as it is. */
export function cleanError(body: unknown): unknown {
  if (body === null || typeof body !== 'object') return body;
  const { message } = body as { message?: unknown };
  return typeof message === 'string' ? { ...body, message: cleanMessage(message) } : body;
}

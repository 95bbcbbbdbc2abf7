/** Texts in the order of the Urdu alphabet: what a search is sorted by, in terms of the sort keys, and their answers without them. */
import { keyedIn } from '../documents/shadows-of.js';
import type { IndexState } from '../settings/index-state.js';
import { isSortShadow, rootOfVersion } from '../shadow/shadow.js';
import { sortShadow } from '../shadow/sort-keys.js';
import type { Prepared } from './prepare.js';
import type { Hit, SearchBody } from './request.js';

/** The direction stands behind the last colon. */
const BY_FIELD = /^(.+):(asc|desc)$/s;

/** The search, sorted by a field's key before the field itself: that orders what has no key (numbers), and texts that differ in marks only. The very search where nothing has keys. */
export function sortedByKeys(body: SearchBody, state: IndexState, keyed = keyedIn(state.reading)): SearchBody {
  const { sort } = body;
  const { analyzerVersion } = state;
  if (!Array.isArray(sort) || keyed.length === 0 || analyzerVersion === undefined) return body;
  const byKeys = (sort as unknown[]).flatMap((wish) => {
    const [, field, direction] = (typeof wish === 'string' && BY_FIELD.exec(wish)) || [];
    return field !== undefined && keyed.includes(field)
      ? [`${sortShadow(field, rootOfVersion(analyzerVersion))}:${direction}`, wish]
      : [wish];
  });
  return byKeys.length === sort.length ? body : { ...body, sort: byKeys };
}

/** The same for a list of documents: there Meilisearch forgets what comes before a key that no document has. */
export function listedByKeys(body: SearchBody, state: IndexState): SearchBody {
  const root = rootOfVersion(state.analyzerVersion ?? 0);
  const isHeld = (field: string): boolean => state.sortKeys.includes(sortShadow(field.split('.')[0] ?? '', root));
  return sortedByKeys(body, state, keyedIn(state.reading).filter(isHeld));
}

/** Answers of such a search, sorted by `sort`: in the details of a score keys are left out, and what comes after them moves up. */
export const withoutKeyDetails = (prepared: Prepared, sort: unknown): Prepared => ({
  ...prepared,
  finish: (result, confirmed) => prepared.finish({ ...result, hits: result.hits.map((hit) => ownDetails(hit, sort)) }, confirmed),
  finishHit: (hit) => prepared.finishHit(ownDetails(hit, sort)),
});

/** By a field that is not displayed: Meilisearch says so instead of its name. */
const HIDDEN = /^<hidden-rule-\d+>$/;
const isSort = (name: string): boolean => name.includes(':') || HIDDEN.test(name);

function ownDetails(hit: Hit, sort: unknown): Hit {
  const details = hit['_rankingScoreDetails'] as Readonly<Record<string, { readonly order?: number }>> | undefined;
  if (details == null) return hit;
  const isKey = (sort as readonly unknown[]).map((wish) => isSortShadow(String(wish)));
  // A pin has no order, it has a place.
  const orderOf = ({ order = 0 }: { readonly order?: number }): number => order;
  const inOrder = Object.entries(details).sort(([, one], [, other]) => orderOf(one) - orderOf(other));
  const keys = new Set(
    inOrder.filter(([name]) => isSort(name)).filter(([name], i) => isSortShadow(name) || (HIDDEN.test(name) && isKey[i])),
  );
  const own = inOrder
    .filter((rule) => !keys.has(rule))
    .map(([name, rule]) => {
      if (rule.order === undefined) return [name, rule];
      const order = rule.order - [...keys].filter(([, key]) => orderOf(key) < orderOf(rule)).length;
      return [HIDDEN.test(name) ? `<hidden-rule-${order}>` : name, { ...rule, order }];
    });
  return { ...hit, _rankingScoreDetails: Object.fromEntries(own) as unknown };
}

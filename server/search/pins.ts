import { firstHits, paged } from './page.js';
import { type Prepared, prepare } from './prepare.js';
import { type Hit, type Page, pageOf, type SearchBody, type SearchResult } from './request.js';
import type { SearchDeps } from './search.js';

/** A document that a dynamic search rule of Meilisearch's puts at a place among the hits. */
interface Pin {
  readonly position: number;
  readonly hit: Hit;
}

/**
 * Makes a search ready whose pinned documents stay where Meilisearch's dynamic search rules (since 1.41) put them. The rules look at the words as they were typed, and Meilisearch is sent
 * others: so it is asked for the pins by themselves, with the caller's key, and they are put among the hits in the way it does it. An answer marks them by `pin` in the details of
 * their score. Where there are no rules, and of queries that Meilisearch is sent as they are, nothing is done.
 */
export async function preparePinned(
  uid: string | undefined,
  body: SearchBody,
  authorization: string | undefined,
  deps: SearchDeps,
): Promise<Prepared> {
  const prepared = await prepare(uid, body, authorization, deps);
  const page = pageOf(body ?? {});
  if (uid === undefined || !prepared.isUrdu || page === undefined || page.limit === 0) return prepared;
  const [{ hasRules }, { primaryKey, fields }] = await Promise.all([deps.capabilities.now(), deps.states.of(uid)]);
  if (!hasRules || primaryKey === undefined) return prepared;
  const pins = await pinsFor(uid, body, fields, page, authorization, deps);
  if (pins.length === 0) return prepared;

  const wanted = body['attributesToRetrieve'];
  const reach = page.offset + page.limit;
  const others = await prepare(
    uid,
    {
      ...body,
      ...firstHits(reach + pins.length, page),
      ...(Array.isArray(wanted) && { attributesToRetrieve: [...(wanted as unknown[]), primaryKey] }),
    },
    authorization,
    deps,
    { isRead: true },
  );
  const clean = cleaner(body, primaryKey);
  return {
    ...others,
    finish: async (found, confirmed) => {
      const result = await others.finish(found, confirmed);
      const shown = await Promise.all(pins.map(async ({ position, hit }) => ({ position, hit: await others.finishHit(hit) })));
      const merged = merge(shown, result.hits, primaryKey);
      return paged(result, merged.slice(page.offset, reach).map(clean), page, merged.length);
    },
  };
}

async function pinsFor(
  uid: string,
  { q, filter }: SearchBody,
  fields: readonly string[],
  page: Page,
  authorization: string | undefined,
  { http }: SearchDeps,
): Promise<Pin[]> {
  const answer = await http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    q,
    ...(filter != null && { filter }),
    ...firstHits(page.offset + page.limit, page),
    attributesToRetrieve: fields,
    showRankingScoreDetails: true,
  });
  // The search itself will be refused as well, in the words for what was sent.
  if (answer.status !== 200) return [];
  return (answer.json() as SearchResult).hits
    .map((hit) => ({ hit, position: Number((hit['_rankingScoreDetails'] as { pin?: { position?: unknown } } | undefined)?.pin?.position) }))
    .filter(({ position }) => Number.isInteger(position))
    .sort((a, b) => a.position - b.position);
}

/** Every pin at its place, or as near to it as there are hits; a document is shown once. */
function merge(pins: readonly Pin[], hits: readonly Hit[], primaryKey: string): Hit[] {
  const pinned = new Set(pins.map(({ hit }) => String(hit[primaryKey])));
  const merged = hits.filter((hit) => !pinned.has(String(hit[primaryKey])));
  for (const { position, hit } of pins) merged.splice(position, 0, hit);
  return merged;
}

/** Takes off a hit what was asked for by Justuju alone. */
function cleaner(body: SearchBody, primaryKey: string): (hit: Hit) => Hit {
  const wanted = body['attributesToRetrieve'];
  const showsKey = !Array.isArray(wanted) || wanted.includes('*') || wanted.includes(primaryKey);
  return (hit) => {
    const { _rankingScoreDetails: details, ...rest } = hit;
    if (!showsKey) delete rest[primaryKey];
    return body['showRankingScoreDetails'] === true ? { ...rest, _rankingScoreDetails: details } : rest;
  };
}

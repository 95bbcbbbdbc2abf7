import { eventually } from './processes.js';

/** Waits for the store of the sample articles. Until it is there Meilisearch orders the hits, and no word is known: on a busy machine that takes longer than a search waits. */
export const storeIsOpen = (url: string, key: string | undefined): Promise<boolean> =>
  eventually('the store is open', async () => {
    const answer = await fetch(`${url}/indexes/articles/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ q: 'پانی', limit: 1, showRankingScoreDetails: true }),
    });
    const { hits } = (await answer.json()) as { hits?: readonly { _rankingScoreDetails?: object }[] };
    const details = hits?.[0]?._rankingScoreDetails;
    return details !== undefined && 'urdu' in details;
  });

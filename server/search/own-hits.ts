import { stripShadow } from '../documents/shadow.js';
import type { Hit } from './request.js';

/** Takes the shadows out of a hit, in place, wherever Meilisearch shows fields. */
export function ownHit(hit: Hit): Hit {
  stripShadow(hit);
  for (const part of ['_formatted', '_matchesPosition']) {
    const shown = hit[part];
    if (shown !== null && typeof shown === 'object') stripShadow(shown);
  }
  return hit;
}

/** Takes the shadows out of an answer to a search of any kind, in place: one that went to Meilisearch as it came. */
export function withoutShadows(answer: unknown): unknown {
  if (answer === null || typeof answer !== 'object') return answer;
  const { hits, results } = answer as { hits?: unknown; results?: unknown };
  if (Array.isArray(hits)) for (const hit of hits as unknown[]) if (hit !== null && typeof hit === 'object') ownHit(hit as Hit);
  if (Array.isArray(results)) for (const result of results as unknown[]) withoutShadows(result);
  return answer;
}

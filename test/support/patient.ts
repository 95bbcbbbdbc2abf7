import { DEFAULT_LIMITS } from '../../server/config.js';

/** A busy machine takes longer than readers wait: then hits are in Meilisearch's own order, and searches are refused (seen in CI). What is tested is something else; `gate.test.ts` tests who is refused. */
export const PATIENT = { storeWaitMs: 20_000, limits: { searches: { ...DEFAULT_LIMITS.searches, waitMs: 0 } } } as const;

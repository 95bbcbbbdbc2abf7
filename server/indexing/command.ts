/** What the operator runs to have the stored documents of an index analyzed anew. */
export const reindexCommand = (uid: string): string => `npm run reindex -- ${uid}`;

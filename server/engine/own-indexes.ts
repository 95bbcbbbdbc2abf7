/** Indexes that Justuju keeps for itself in Meilisearch (vocabularies). To clients they do not exist. */
const OWN_PREFIX = '_justuju';

export const isOwnIndex = (uid: unknown): boolean => typeof uid === 'string' && uid.startsWith(OWN_PREFIX);

/** Whether a line of text names one. */
export const mentionsOwnIndex = (line: string): boolean => line.includes(OWN_PREFIX);

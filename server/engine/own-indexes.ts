/** Indexes that Justuju keeps for itself in Meilisearch (vocabularies). To clients they do not exist. */
const OWN_PREFIX = '_justuju';

export const isOwnIndex = (uid: unknown): boolean => typeof uid === 'string' && uid.startsWith(OWN_PREFIX);

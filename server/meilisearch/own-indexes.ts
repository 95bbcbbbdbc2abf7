/** Names of indexes that are Justuju's own. It kept one in Meilisearch once, and older ones beside it may still do so; to clients they do not exist. */
const OWN_PREFIX = '_justuju';

/** Vocabularies were kept in it, before there were stores. */
export const FORMER_INDEX = '_justuju_vocabulary';

export const isOwnIndex = (uid: unknown): boolean => typeof uid === 'string' && uid.startsWith(OWN_PREFIX);

/** Whether a line of text names one. */
export const mentionsOwnIndex = (line: string): boolean => line.includes(OWN_PREFIX);

/** How the names of indexes end that `npm run reindex` is filling, until they take the place of the one that they are built for. */
export const HALF_BUILT = /_new_[0-9a-f]{8}$/;

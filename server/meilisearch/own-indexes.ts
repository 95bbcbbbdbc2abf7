/** Names of indexes that are Justuju's own. It kept one in Meilisearch once, and older ones beside it may still do so; to clients they do not exist. */
const OWN_PREFIX = '_justuju';

/** Vocabularies were kept in it, before there were stores. */
export const FORMER_INDEX = '_justuju_vocabulary';

export const isOwnIndex = (uid: unknown): boolean => typeof uid === 'string' && uid.startsWith(OWN_PREFIX);

/** Whether a line of text names one. */
export const mentionsOwnIndex = (line: string): boolean => line.includes(OWN_PREFIX);

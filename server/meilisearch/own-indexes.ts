/** Names of indexes that are Justuju's own. It kept one in Meilisearch once, and older ones beside it may still do so; to clients they do not exist. */
const OWN_PREFIX = '_justuju';

/** Vocabularies were kept in it, before there were stores. */
export const FORMER_INDEX = '_justuju_vocabulary';

export const isOwnIndex = (uid: unknown): boolean => typeof uid === 'string' && uid.startsWith(OWN_PREFIX);

/** Whether a line of text names one. */
export const mentionsOwnIndex = (line: string): boolean => line.includes(OWN_PREFIX);

/** How the names of indexes end that `npm run reindex` is filling, until they take the place of the one that they are built for. */
const HALF_BUILT = /_new_[0-9a-f]{8}$/;
/** What an index is called that a rebuild took the place of: `articles_former_20261129T081500`. */
export const FORMER = /^(.+)_former_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/;

/** Whether an index stands beside another for a time: readers are not shown it. */
export const standsBeside = (uid: string): boolean => HALF_BUILT.test(uid) || FORMER.test(uid);

/**
 * Whether the caller holds a tenant token (a JWT: three parts) rather than a key. Such a caller may see only some of the documents of an index, so nothing is told
 * that comes from the vocabulary of all of them: no completions, no suggestions, no readings.
 */
export const isTenantToken = (authorization: string | undefined): boolean =>
  authorization !== undefined && /^Bearer\s+[^.\s]+\.[^.\s]+\.[^.\s]+$/i.test(authorization);

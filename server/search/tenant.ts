/**
 * Whether the caller holds a tenant token (a JWT: three parts) rather than a key. Such a caller may see only some of the documents of an index, so its hits are never
 * proposed from memory, which knows all of them.
 */
export const isTenantToken = (authorization: string | undefined): boolean =>
  authorization !== undefined && /^Bearer\s+[^.\s]+\.[^.\s]+\.[^.\s]+$/i.test(authorization);

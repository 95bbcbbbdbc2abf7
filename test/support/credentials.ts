/** Every kind of credential that a Meilisearch knows, or refuses. */
import { createHmac } from 'node:crypto';
import { call } from './call.js';

export interface Credential {
  readonly name: string;
  /** The `Authorization` header; undefined sends none. */
  readonly authorization: string | undefined;
}

export interface Key {
  readonly uid: string;
  readonly actions: readonly string[];
  readonly indexes: readonly string[];
  /** Milliseconds from now. */
  readonly expiresIn?: number;
}

/** What Meilisearch makes of a key's uid: the same in every Meilisearch with this master key. */
export const keyOf = (masterKey: string, uid: string): string => createHmac('sha256', masterKey).update(uid).digest('hex');

export async function createKey(base: string, masterKey: string, { uid, actions, indexes, expiresIn }: Key): Promise<void> {
  const expiresAt = expiresIn === undefined ? null : new Date(Date.now() + expiresIn).toISOString();
  const { status, body } = await call(
    base,
    'POST',
    '/keys',
    { uid, actions, indexes, expiresAt },
    { authorization: `Bearer ${masterKey}` },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
}

/** A tenant token; `algorithm` and `signedBy` to make one that is none. */
export function tenantToken(
  apiKeyUid: string,
  key: string,
  searchRules: unknown,
  { exp, algorithm = 'HS256', signedBy = key }: { exp?: number; algorithm?: string; signedBy?: string } = {},
): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: algorithm, typ: 'JWT' })}.${encode({ apiKeyUid, searchRules, ...(exp === undefined ? {} : { exp }) })}`;
  const signature =
    algorithm === 'none'
      ? ''
      : createHmac(algorithm === 'HS512' ? 'sha512' : 'sha256', signedBy)
          .update(signed)
          .digest('base64url');
  return `${signed}.${signature}`;
}

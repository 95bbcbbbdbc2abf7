import { isObject } from '../json/is-object.js';

/** Which servers of a group are missing in an answer, as `server/group/` puts it there. */
interface Lacking {
  readonly missingServers?: readonly { readonly server: number; readonly message: string }[];
  readonly servers?: number;
}

/** Whether servers are missing in an answer: then neither its hits nor its counts are of all documents. */
export const isPartial = (result: object): boolean => 'missingServers' in result;

/** Says it to the client: `urdu.partial` names how many servers there are, and which are missing. */
export function tellPartial<T extends object>(result: T): T {
  if (!isPartial(result)) return result;
  const { missingServers: missing, servers, ...rest } = result as T & Lacking & { urdu?: unknown };
  return { ...rest, urdu: { ...(isObject(rest.urdu) && rest.urdu), partial: { servers, missing } } } as unknown as T;
}

/** Whether a client is told so, of one search or of one among several. */
export const isToldPartial = (body: unknown): boolean =>
  isObject(body) &&
  ((isObject(body['urdu']) && 'partial' in body['urdu']) ||
    (Array.isArray(body['results']) && (body['results'] as unknown[]).some(isToldPartial)));

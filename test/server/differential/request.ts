import type { Language } from './collections.js';

/** Whose key a request carries. Each side has keys of its own values. */
export type Caller = 'master' | 'admin' | 'search' | 'tenant';

/** One request, the same for both sides. */
export interface Request {
  readonly method: string;
  /** With `{task}` and `{batch}` for the last ones of the side that is asked. */
  readonly path: string;
  readonly body?: unknown;
  /** For a body that is no JSON made of `body`. */
  readonly raw?: { readonly type: string; readonly text: string };
  readonly isCompressed?: boolean;
  readonly caller: Caller;
  /** The collections whose texts the answer comes from. */
  readonly about: readonly Language[];
  /** Its hits are found by words: of Urdu they are others. */
  readonly findsByWords?: boolean;
  /** The index that is to be looked at after a write. */
  readonly writesTo?: string;
}

/** `GET /tasks`, for reasons and messages. */
export const lineOf = ({ method, path }: Request): string => `${method} ${path}`;

/** The whole request, for a person who wants to send it again. */
export function describeRequest(request: Request): string {
  const { body, raw } = request;
  const content = raw === undefined ? (body === undefined ? '' : `\n${JSON.stringify(body)}`) : `\n${raw.type}\n${raw.text}`;
  return `${lineOf(request)} (key: ${request.caller}${request.isCompressed === true ? ', gzip' : ''})${content}`;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { EngineHttp, EngineRequest } from './http.js';

/**
 * Headers of a search, or of a reading of documents, that mean something to Meilisearch, beside the key: `Meili-Include-Metadata` (1.24) asks for more in the answer, `X-Meilisearch-Client` counts
 * clients, `Meili-Proxy-Search` keeps a machine that another one asks from asking others once more.
 */
const PASSED_ON = ['meili-include-metadata', 'x-meilisearch-client', 'meili-proxy-search'] as const;

/** The same connections, with the headers of this request that Meilisearch shall see. */
export function withCallerHeaders(http: EngineHttp, headers: IncomingHttpHeaders): EngineHttp {
  const passedOn: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = headers[name];
    if (typeof value === 'string') passedOn[name] = value;
  }
  if (Object.keys(passedOn).length === 0) return http;
  const request = (asked: EngineRequest): ReturnType<EngineHttp['request']> =>
    http.request({ ...asked, headers: { ...passedOn, ...asked.headers } });
  // `send` is inherited, and goes by this `request`.
  return Object.create(http, { request: { value: request } }) as EngineHttp;
}

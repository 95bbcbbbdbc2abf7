import type { RequestHandler } from 'express';

/** In Meilisearch's words and order, since caches compare headers as texts. */
const VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
const METHODS = 'CONNECT, DELETE, HEAD, TRACE, POST, GET, PUT, OPTIONS, PATCH';
const A_DAY = '86400';

/**
 * Cross-origin requests as in Meilisearch: from any origin, with any header, remembered for a day. An answer names them only to who has an origin, and a preflight
 * (which names the method that is to come) is answered here; any other OPTIONS goes on.
 *
 * @param origins those that browsers may ask from; undefined: all. Another one's preflight is refused, and its answers name no origin: then the browser keeps them from the page
 */
export const crossOrigin =
  (origins: readonly string[] | undefined): RequestHandler =>
  (request, response, next) => {
    const { origin } = request.headers;
    const allowed = origins === undefined ? '*' : origins.find((one) => one === origin);
    const method = request.headers['access-control-request-method'];
    const isPreflight = request.method === 'OPTIONS' && method !== undefined;
    if (isPreflight && !METHODS.split(', ').includes(method)) {
      response.status(400).end('Requested method is not allowed');
      return;
    }
    response.setHeader('vary', VARY);
    if (isPreflight && allowed === undefined) {
      response.status(400).end('Origin is not allowed to make this request');
      return;
    }
    if (allowed !== undefined && (origin !== undefined || isPreflight)) response.setHeader('access-control-allow-origin', allowed);
    if (!isPreflight) {
      next();
      return;
    }
    const headers = request.headers['access-control-request-headers'];
    if (headers !== undefined) response.setHeader('access-control-allow-headers', headers);
    response.setHeader('access-control-allow-methods', METHODS);
    response.setHeader('access-control-max-age', A_DAY);
    response.status(200).setHeader('content-length', '0').end();
  };

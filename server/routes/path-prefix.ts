import type { RequestHandler } from 'express';

/**
 * For a proxy that passes paths on as they come: takes away what stands before all of them. Addresses in pages are relative, so the page itself must end with a slash; who
 * leaves it out is sent there.
 *
 * @param prefix such as `/search`
 */
export const underPrefix =
  (prefix: string): RequestHandler =>
  (request, response, next) => {
    const { url } = request;
    const rest = url.startsWith(prefix) ? url.slice(prefix.length) : undefined;
    if (rest === '' || rest?.startsWith('?') === true) {
      response.redirect(308, `${prefix}/${rest}`);
      return;
    }
    // A proxy may do it, too.
    if (rest?.startsWith('/') === true) {
      request.url = rest;
      request.originalUrl = rest;
    }
    next();
  };

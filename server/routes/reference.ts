import { type RequestHandler, Router } from 'express';
import { description } from '../reference/description.js';
import { referencePage } from '../reference/page.js';
import { EXACT } from './canonical-path.js';

/** `GET /openapi.json`, the description of the API, and `GET /docs`, the same as a page. Both for everybody: they tell nothing of this installation. */
export function referenceRoutes(policy: RequestHandler): Router {
  const router = Router(EXACT);
  const page = referencePage(description);
  router.get('/openapi.json', (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.json(description);
  });
  router.get('/docs', policy, (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.type('html').send(page);
  });
  return router;
}

/** The links of the page are relative to where it lies. Before paths lose the slash at their end. */
export function docsRedirect(): Router {
  const router = Router(EXACT);
  router.get('/docs/', (_request, response) => response.redirect(308, '../docs'));
  return router;
}

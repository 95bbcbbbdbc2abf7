import { Router } from 'express';
import { description } from '../reference/description.js';
import { referencePage } from '../reference/page.js';
import { ownFilesOnly } from './page-policy.js';

/** `GET /openapi.json`, the description of the API, and `GET /docs`, the same as a page. Both for everybody: they tell nothing of this installation. */
export function referenceRoutes(): Router {
  const router = Router();
  const page = referencePage(description);
  router.get('/openapi.json', (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.json(description);
  });
  router.get('/docs', ownFilesOnly, (request, response) => {
    // The links of the page are relative to where it lies.
    if (request.path.endsWith('/')) {
      response.redirect(308, '../docs');
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    response.type('html').send(page);
  });
  return router;
}

import { resolve } from 'node:path';
import { Router } from 'express';
import { EXACT } from './canonical-path.js';
import { ownFilesOnly } from './page-policy.js';

/** `GET /editor`: the page of editors. It is for everybody, and holds nothing: what it shows it asks with the editor's own key. */
export function editorRoutes(webFolder: string): Router {
  const router = Router(EXACT);
  // No other site may show it in a frame, whoever may show the search page.
  router.get(['/editor', '/editor.html'], ownFilesOnly(), (_request, response) => {
    response.setHeader('cache-control', 'no-cache');
    response.sendFile(resolve(webFolder, 'editor.html'));
  });
  return router;
}

/** The links of the page are relative to where it lies. Before paths lose the slash at their end. */
export function editorRedirect(): Router {
  const router = Router(EXACT);
  router.get('/editor/', (_request, response) => response.redirect(308, '../editor'));
  return router;
}

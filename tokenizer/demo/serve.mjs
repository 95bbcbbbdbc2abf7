#!/usr/bin/env node
/** Serves the demo page on this machine only; a module cannot be loaded from a file:// page. */
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = new Set(['/demo/index.html', '/dist/urdu.browser.js']);
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' };
const port = Number(process.env.PORT ?? 8080);

createServer((request, response) => {
  if (request.url === '/') return response.writeHead(302, { location: '/demo/index.html' }).end();
  const path = request.url?.split('?')[0] ?? '';
  if (!PAGES.has(path) || !existsSync(join(root, path))) return response.writeHead(404).end('Not found. Run: npm run bundle');
  response.writeHead(200, { 'content-type': TYPES[extname(path)] });
  createReadStream(join(root, path)).pipe(response);
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));

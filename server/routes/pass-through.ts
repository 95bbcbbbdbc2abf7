import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { EngineUnreachable } from '../engine/http.js';
import { authorizationOf, type Context } from './context.js';

/** Everything that Justuju has nothing to add to goes to Meilisearch and back, streaming. */
export function passThrough({ engine, states, log }: Context): RequestHandler {
  return createProxyMiddleware({
    target: engine.url,
    changeOrigin: true,
    on: {
      proxyReq: (outgoing, request) => {
        const authorization = authorizationOf(request as never, engine);
        if (authorization !== undefined) outgoing.setHeader('authorization', authorization);
        // Compressed answers come 40 ms late over loopback; Justuju compresses towards the client.
        outgoing.setHeader('accept-encoding', 'identity');
      },
      proxyRes: (answer, request) => {
        // CORS is ours to answer, once.
        for (const name of Object.keys(answer.headers)) if (name.startsWith('access-control-')) delete answer.headers[name];
        // What goes by may change an index: ask anew.
        if (request.method !== 'GET') states.forget();
      },
      error: (error, _request, response) => {
        log.warn({ error }, 'Meilisearch did not answer');
        const unreachable = new EngineUnreachable(engine.url, error);
        const target = response as ServerResponse | Socket;
        if (!('writeHead' in target)) {
          target.destroy();
          return;
        }
        if (target.headersSent) target.destroy();
        else target.writeHead(unreachable.status, { 'content-type': 'application/json' }).end(JSON.stringify(unreachable.toBody()));
      },
    },
  });
}

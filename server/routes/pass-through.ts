import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { createProxyMiddleware, type Options } from 'http-proxy-middleware';
import { EngineUnreachable } from '../engine/http.js';
import { authorizationOf, type Context } from './context.js';

/** Everything that Justuju has nothing to add to goes to Meilisearch and back, streaming. */
export const passThrough = (context: Context): RequestHandler => createProxyMiddleware(proxyOptions(context));

/** What is done to requests and answers that go by. */
export function proxyOptions({ engine, states, capabilities, log }: Context) {
  return {
    target: engine.url,
    changeOrigin: true,
    on: {
      proxyReq: (outgoing, request) => {
        const authorization = authorizationOf(request as never, engine);
        if (authorization !== undefined) outgoing.setHeader('authorization', authorization);
        // Compressed answers come 40 ms late over loopback; Justuju compresses towards the client.
        outgoing.setHeader('accept-encoding', 'identity');
      },
      proxyRes: (answer: IncomingMessage, request: IncomingMessage) => {
        // CORS is ours to answer, once.
        for (const name of Object.keys(answer.headers)) if (name.startsWith('access-control-')) delete answer.headers[name];
        // Compressed, an event would wait for the next ones.
        if (answer.headers['content-type']?.startsWith('text/event-stream') === true)
          answer.headers['cache-control'] = 'no-cache, no-transform';
        // What goes by may change an index, or what the engine is set to do: ask anew.
        if (request.method === 'GET') return;
        states.forget();
        capabilities.forget();
      },
      error: (error, _request, response) => {
        log.warn({ error }, 'Meilisearch did not answer');
        const unreachable = new EngineUnreachable(engine.url, error);
        const target = response;
        if (!('writeHead' in target)) {
          target.destroy();
          return;
        }
        if (target.headersSent) target.destroy();
        else target.writeHead(unreachable.status, { 'content-type': 'application/json' }).end(JSON.stringify(unreachable.toBody()));
      },
    },
  } satisfies Options;
}

import { createServer, type RequestListener, type Server } from 'node:http';
import { SlowClients } from './slow-clients.js';

/** Bytes of a request's first line and headers together, as many as Meilisearch reads: tenant tokens and filters in addresses are long. */
const LARGEST_HEAD = 131_072;

/** Headers of a request; Meilisearch reads 96. Node leaves out, without a word, what comes behind its own bound: the address that a proxy adds at the end, by which rate limits go, was gone. */
const MOST_HEADERS = 256;

/** The server for the service, with the limits that Meilisearch has. */
export function createHttpServer(app: RequestListener): Server {
  const slow = new SlowClients();
  const server = createServer(
    {
      maxHeaderSize: LARGEST_HEAD,
      // An upload may take as long as it takes, if it goes on (`SlowClients`); Node's own limit would end it after five minutes.
      requestTimeout: 0,
      headersTimeout: 20_000,
      // How often Node looks for connections that say nothing, or too little.
      connectionsCheckingInterval: 5_000,
    },
    slow.watch((request, response) => {
      if (request.rawHeaders.length > 2 * MOST_HEADERS) response.writeHead(431, { connection: 'close' }).end();
      else app(request, response);
    }),
  );
  server.maxHeadersCount = MOST_HEADERS + 1;
  // Longer than clients and load balancers keep a connection: a socket closed while a request is on its way is a reset for somebody.
  server.keepAliveTimeout = 65_000;
  server.once('close', () => slow.close());
  return server;
}

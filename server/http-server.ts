import { createServer, type RequestListener, type Server } from 'node:http';
import { SlowClients } from './slow-clients.js';

/** Bytes of a request's first line and headers together, as many as Meilisearch reads: tenant tokens and filters in addresses are long. */
const LARGEST_HEAD = 131_072;

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
    slow.watch(app),
  );
  // Longer than clients and load balancers keep a connection: a socket closed while a request is on its way is a reset for somebody.
  server.keepAliveTimeout = 65_000;
  server.once('close', () => slow.close());
  return server;
}

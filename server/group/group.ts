/**
 * Several Meilisearch servers as one. What Justuju asks its Meilisearch goes to this door, which asks the servers and puts their answers together: an HTTP server on the loopback address, so that all parts of Justuju
 * (searches, the thread of the stores, reindexing, clients of Meilisearch in between) go by it without knowing. Every answer is Meilisearch's own, given to the caller's own key.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { IndexBounds } from './bounds.js';
import { groupDocuments } from './documents.js';
import { answering, type GroupContext, passedOn } from './group-context.js';
import { NotServed, ServerMissing } from './group-errors.js';
import { groupKeys } from './group-keys.js';
import { GroupLedger } from './group-ledger.js';
import { groupTasks } from './group-tasks.js';
import { groupIndexes } from './indexes.js';
import { groupSearches } from './searches.js';
import { Servers } from './servers.js';
import { Spread } from './spread.js';
import { answeredBy, Writes } from './writes.js';

/** Longer than connections to it are kept by who asks. */
const KEPT_ALIVE_MS = 65_000;

export interface GroupOptions {
  /** Of the servers, in an order that never changes: new ones come last. */
  readonly urls: readonly string[];
  /** Justuju's own key, which each of them takes. */
  readonly adminKey: string | undefined;
  /** Where it is written down what no server knows of the others. */
  readonly folder: string;
  readonly log: Logger;
}

export interface Group {
  /** Without trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function startGroup({ urls, adminKey, folder, log }: GroupOptions): Promise<Group> {
  const servers = new Servers(urls, adminKey, log);
  const ledger = new GroupLedger(folder);
  const context: GroupContext = {
    servers,
    ledger,
    spread: new Spread(servers, ledger),
    writes: new Writes(servers, ledger, log),
    bounds: new IndexBounds(servers),
    log,
  };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  for (const routes of [groupSearches, groupDocuments, groupIndexes, groupTasks, groupKeys, groupOthers]) app.use(routes(context));
  const server = createServer({ keepAliveTimeout: KEPT_ALIVE_MS, requestTimeout: 0 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await servers.close();
      await ledger.close();
    },
  };
}

/** What is the same on all servers, and what cannot be had from several. */
function groupOthers({ servers, log }: GroupContext): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(
    '/health',
    answering(log, async (asked) => {
      // The first that answers is enough; how many are there is told with each search.
      const healthy = servers.all.map(async (place) => {
        const answer = await servers.one(place, passedOn(asked));
        if (answer.status !== 200) throw new ServerMissing([place], 'Meilisearch');
        return answer;
      });
      const first = await Promise.any(healthy).catch(() => undefined);
      if (first === undefined) throw new ServerMissing(servers.all, 'Meilisearch does not answer');
      return answeredBy(first);
    }),
  );
  router.get(
    ['/version', '/experimental-features'],
    answering(log, async (asked) => answeredBy(await servers.any(servers.all, passedOn(asked)))),
  );
  // Whether the caller may read them one of them says; each tells its own at its own address.
  router.get(
    '/metrics',
    answering(log, async (asked) => {
      const answer = await servers.any(servers.all, passedOn(asked));
      return answer.status === 200 ? { status: 200, body: '' } : answeredBy(answer);
    }),
  );
  router.patch(
    '/experimental-features',
    answering(log, async (asked) => {
      const answers = await servers.askAll(servers.all, passedOn(asked), 'The features cannot be set');
      return answeredBy((answers.find(({ status }) => status >= 300) ?? answers[0]) as (typeof answers)[number]);
    }),
  );
  router.use(
    answering(log, async (asked) => {
      // Who may not ask, and what no Meilisearch knows, is refused by one of them.
      const isServer =
        /^\/(dumps|snapshots|export|batches|network|webhooks|logs|chats|dynamic-search-rules|tasks|indexes|render-template)\b/.test(
          asked.path,
        );
      if (!isServer) return answeredBy(await servers.any(servers.all, passedOn(asked)));
      throw new NotServed(
        `\`${asked.method} ${asked.path.split('?')[0]?.slice(0, 100)}\``,
        'Ask the servers one by one; docs/operating.md says what is served.',
      );
    }),
  );
  return router;
}

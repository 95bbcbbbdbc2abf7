import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, BlockList, connect, isIPv6 } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Logger } from 'pino';
import { request } from 'undici';
import { splitJson } from '../documents/split-json.js';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { type Settings, toClient } from '../settings/terms.js';
import { ownFields } from '../shadow/shadow.js';

/** Where an export goes, as the client said. */
export interface Target {
  readonly url: string;
  readonly apiKey: string | undefined;
  /** The indexes that it named, by name or pattern. */
  readonly indexes: Readonly<Record<string, unknown>>;
}

/** Exports are remembered, for their tasks, up to so many. */
const MOST_REMEMBERED = 1_000;

/** Addresses at which a Meilisearch can be expected to reach us at the address by which we reach it. */
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);
NEAR.addSubnet('10.0.0.0', 8);
NEAR.addSubnet('172.16.0.0', 12);
NEAR.addSubnet('192.168.0.0', 16);
NEAR.addSubnet('::1', 128, 'ipv6');
NEAR.addSubnet('fc00::', 7, 'ipv6');

/**
 * Stands between Meilisearch and the target of an export. Meilisearch exports what it stores: shadow fields, settings that name them, Justuju's own
 * indexes. So it is told to export to this, which hands on the client's own fields and settings. The task, its progress, its errors and its
 * cancelation stay Meilisearch's. It listens from the first export on; a ticket in place of the API key says which export a request belongs to.
 */
export class ExportRelay {
  private readonly tickets = new Map<string, Target>();
  private readonly targets = new Map<number, Target>();
  private server: Promise<Server> | undefined;

  constructor(
    private readonly engineUrl: string,
    private readonly log: Logger,
  ) {}

  /** What Meilisearch is to be told in place of the target, or undefined where it could not reach us. */
  async ticketFor(target: Target): Promise<{ readonly url: string; readonly apiKey: string } | undefined> {
    const host = await hostSeenBy(this.engineUrl);
    if (host === undefined) return undefined;
    this.server ??= this.listen(host);
    const { port } = (await this.server).address() as AddressInfo;
    const apiKey = randomBytes(24).toString('hex');
    remember(this.tickets, apiKey, target);
    return { url: `http://${isIPv6(host) ? `[${host}]` : host}:${port}`, apiKey };
  }

  /** The task that carries an export out. */
  began(taskUid: number, target: Target): void {
    remember(this.targets, taskUid, target);
  }

  targetOf(taskUid: number): Target | undefined {
    return this.targets.get(taskUid);
  }

  async close(): Promise<void> {
    const server = await this.server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private listen(host: string): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer((incoming, outgoing) => {
        this.handOn(incoming, outgoing).catch((error: unknown) => {
          this.log.warn({ error }, 'the target of an export could not be reached');
          if (outgoing.headersSent) outgoing.destroy();
          else
            answer(outgoing, 502, {
              message: 'The target of the export does not answer.',
              code: 'remote_could_not_send_request',
              type: 'system',
              link: '',
            });
        });
      });
      server.once('error', reject);
      server.listen({ host, port: 0 }, () => resolve(server));
    });
  }

  private async handOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const target = this.tickets.get((headers.authorization ?? '').replace(/^Bearer /, ''));
    if (target === undefined) {
      answer(outgoing, 403, { message: 'This is no export of Justuju’s.', code: 'invalid_api_key', type: 'auth', link: '' });
      return;
    }
    const [, , uid, part] = url.split('/');
    const whole = part === 'documents' && method !== 'GET' ? undefined : await read(incoming);
    // A thread of Meilisearch that has no document sends an empty body, and would fail the whole export when that is refused. (Seen in 1.21.)
    const isEmpty = whole === undefined && headers['content-length'] === '0';
    if (isEmpty || isOwnIndex(uid) || isOwnIndex(named(whole))) {
      incoming.resume();
      answer(outgoing, 200, {});
      return;
    }
    const {
      statusCode,
      headers: theirs,
      body,
    } = await request(`${target.url.replace(/\/+$/, '')}${url}`, {
      method: method as 'POST',
      headers: {
        ...(headers['content-type'] === undefined ? {} : { 'content-type': headers['content-type'] }),
        ...(target.apiKey === undefined ? {} : { authorization: `Bearer ${target.apiKey}` }),
      },
      body: whole === undefined ? Readable.from(withoutShadows(incoming)) : part === 'settings' ? inClientTerms(whole) : whole,
    });
    outgoing.writeHead(statusCode, { 'content-type': String(theirs['content-type'] ?? 'application/json') });
    await pipeline(body, outgoing);
  }
}

function remember<Key>(map: Map<Key, Target>, key: Key, target: Target): void {
  map.set(key, target);
  const [oldest] = map.keys();
  if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The index that is to be made. */
function named(body: Buffer | undefined): unknown {
  if (body === undefined || body.length === 0) return undefined;
  return (parseExactly(body.toString('utf8')) as { uid?: unknown } | null)?.uid;
}

const inClientTerms = (body: Buffer): string => stringifyExactly(toClient(parseExactly(body.toString('utf8')) as Settings));

/** Meilisearch writes documents one after the other, packed where they are many. */
async function* withoutShadows(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  const body = incoming.headers['content-encoding'] === 'gzip' ? incoming.pipe(createGunzip()) : incoming;
  for await (const document of splitJson(body, true))
    yield Buffer.from(`${stringifyExactly(ownFields(parseExactly(document) as object))}\n`);
}

/** The address by which this machine reaches Meilisearch, where that is near enough to reach us by it. */
function hostSeenBy(engineUrl: string): Promise<string | undefined> {
  const { hostname, port, protocol } = new URL(engineUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[(.+)\]$/, '$1'), port: Number(port) || (protocol === 'https:' ? 443 : 80) });
    socket.once('error', reject);
    socket.once('connect', () => {
      const { localAddress, remoteAddress } = socket;
      socket.destroy();
      resolve(remoteAddress !== undefined && isNear(remoteAddress) ? localAddress : undefined);
    });
  });
}

const isNear = (address: string): boolean => NEAR.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

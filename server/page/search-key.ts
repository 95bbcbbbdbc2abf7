import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineAnswer, EngineHttp } from '../meilisearch/http.js';
import { mayDoMore } from './rights.js';

export interface SearchKeyOptions {
  readonly http: EngineHttp;
  readonly engine: EngineAddress & { readonly open: boolean };
  readonly log: Logger;
  /** `PAGE_KEY`: made by the operator. */
  readonly given: string | undefined;
  /** The indexes that everybody may search; undefined: the operator has named none. */
  readonly indexes: readonly string[] | undefined;
  readonly name: string;
  /** All indexes that there are. */
  readonly all: () => Promise<readonly string[]>;
}

/** What a reader without a key of his own needs. */
export interface Access {
  /** Meilisearch answers only to who has a key. */
  readonly needsKey: boolean;
  readonly key: string | null;
}

/** How long an answer is believed, in milliseconds: a key that somebody deletes is made again. */
const BELIEVED_MS = 60_000;

interface StoredKey {
  readonly key: string;
  readonly actions: readonly string[];
  readonly indexes: readonly string[];
  readonly expiresAt: string | null;
}

/**
 * The key that the page sends: everybody may read it, so it can search the indexes of the page and do nothing else. It is made once in Meilisearch and found again
 * by its uid, by all processes of the same settings. Its value hangs on the uid and the master key alone: pages that are open keep a good key when its indexes change.
 */
export class SearchKey {
  private known: { readonly access: Promise<Access>; readonly at: number } | undefined;
  private readonly said = new Set<string>();

  constructor(private readonly options: SearchKeyOptions) {}

  now(): Promise<Access> {
    const now = performance.now();
    if (this.known !== undefined && now - this.known.at < BELIEVED_MS) return this.known.access;
    const access = this.ask();
    this.known = { access, at: now };
    access.catch(() => {
      this.known = undefined;
    });
    return access;
  }

  private async ask(): Promise<Access> {
    const { http, engine, given } = this.options;
    // An empty multi-search costs nothing, and is answered where no keys are configured.
    if (engine.open || (await http.send('POST', '/multi-search', undefined, { queries: [] })).status === 200)
      return { needsKey: false, key: null };
    return { needsKey: true, key: given === undefined ? await this.made() : await this.checked(given) };
  }

  /** The operator's key, unless it can do more than search: everybody would be able to. */
  private async checked(given: string): Promise<string | null> {
    const stored = await this.keys('GET', `/${encodeURIComponent(given)}`);
    const { actions } = (stored.status === 200 ? stored.json() : {}) as Partial<StoredKey>;
    const more = actions?.filter((action) => action !== 'search') ?? (await this.tried(given));
    if (more.length === 0) return given;
    this.say(
      'error',
      `PAGE_KEY can do more than search (${more.join(', ')}), and everybody can read the key of the page: it is not shown. ${WAY_OUT}`,
    );
    return null;
  }

  private async tried(given: string): Promise<readonly string[]> {
    const { indexes, all, http } = this.options;
    return mayDoMore(given, [...new Set([...(indexes ?? []), ...(await all())])], http);
  }

  private async made(): Promise<string | null> {
    const { indexes, name } = this.options;
    const uid = uidOf(name);
    if (indexes === undefined) {
      this.say('info', `Meilisearch has keys, and no index is named that everybody may search: the page at / shows none. ${NAME_THEM}`);
      return null;
    }
    const found = await this.keys('GET', `/${uid}`);
    if (found.status === 200 && fits(found.json() as StoredKey, indexes)) return (found.json() as StoredKey).key;
    // Indexes of a key cannot be changed.
    if (found.status === 200) await this.keys('DELETE', `/${uid}`);
    if (indexes.length === 0) return null;
    const made = await this.keys('POST', '', { uid, name, description: DESCRIPTION, actions: ['search'], indexes, expiresAt: null });
    // Another process was faster.
    const answer = made.status === 409 ? await this.keys('GET', `/${uid}`) : made;
    if (answer.status < 300 && fits(answer.json() as StoredKey, indexes)) return (answer.json() as StoredKey).key;
    this.say(
      'warn',
      `Justuju could not make a key for the page at / (Meilisearch answers ${answer.status}: ${answer.text.slice(0, 200)}). ${WAY_OUT}`,
    );
    return null;
  }

  private keys(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<EngineAnswer> {
    const { http, engine } = this.options;
    const authorization = adminAuthorization(engine);
    return body === undefined
      ? http.request({ method, path: `/keys${path}`, authorization })
      : http.send(method, `/keys${path}`, authorization, body);
  }

  /** Once, not at each look. */
  private say(level: 'info' | 'warn' | 'error', message: string): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.options.log[level](message);
  }
}

const NAME_THEM =
  'Name them in the settings of the page, {"indexes": [{"uid": "articles"}]}, or give a key that may only search them in PAGE_KEY.';
const WAY_OUT =
  'Make one with the master key, POST /keys {"actions": ["search"], "indexes": ["articles"], "expiresAt": null}, and give it in PAGE_KEY.';
const DESCRIPTION =
  'Made by Justuju for its search page, where everybody can read it: searches the indexes of the page and can do nothing else.';

function fits({ actions, indexes, expiresAt }: StoredKey, wanted: readonly string[]): boolean {
  const isSame = indexes.length === wanted.length && wanted.every((uid) => indexes.includes(uid));
  return isSame && expiresAt === null && actions.length === 1 && actions[0] === 'search';
}

/** A UUID of version 4, as Meilisearch wants it, that is the same for the same name. */
function uidOf(name: string): string {
  const bytes = createHash('sha256').update(`justuju page key\0${name}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

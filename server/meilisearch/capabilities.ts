import { adminAuthorization, type EngineAddress } from './client.js';
import type { EngineHttp } from './http.js';
import { isAtLeast, versionIn } from './version.js';

/** What the Meilisearch behind Justuju can do, and is set to do, that not every version can. */
export interface Capabilities {
  /** As it says itself; `unknown` where it does not tell. */
  readonly version: string;
  /** Dynamic search rules are switched on and some are active: it may pin documents to places among the hits. */
  readonly hasRules: boolean;
  /** Searches go to several machines unless a request says otherwise: this one holds some of the documents only. */
  readonly isSharded: boolean;
}

/** The versions that brought what Justuju asks for by itself. What only goes through needs no entry: it is passed on as it came. */
const SINCE = {
  /** `POST /dynamic-search-rules` lists them. */
  rules: [1, 41],
  /** `GET /network` names a leader, and `useNetwork` follows from it. */
  leader: [1, 41],
} as const;

/** How long an answer is believed, in milliseconds: rules and networks change by tasks, and an engine may be exchanged for a newer one. */
const BELIEVED_MS = 5_000;

/** An engine of which nothing is known: nothing is asked of it that 1.21 does not have. */
const OLDEST = { hasRules: false, isSharded: false } as const;

/** Asks Meilisearch what it can do, with Justuju's own key, and remembers it for some seconds. */
export class EngineCapabilities {
  private known: { readonly capabilities: Promise<Capabilities>; readonly at: number } | undefined;

  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
  ) {}

  now(): Promise<Capabilities> {
    const now = performance.now();
    if (this.known !== undefined && now - this.known.at < BELIEVED_MS) return this.known.capabilities;
    const capabilities = this.ask();
    this.known = { capabilities, at: now };
    capabilities.catch(() => this.forget());
    return capabilities;
  }

  /** To be called when the engine was restarted, or was told to do something otherwise. */
  forget(): void {
    this.known = undefined;
  }

  private async ask(): Promise<Capabilities> {
    const version = versionIn(await this.get('/version'));
    if (!isAtLeast(version, SINCE.rules)) return { version, ...OLDEST };
    const { dynamicSearchRules, network } = await this.get('/experimental-features');
    const [hasRules, isSharded] = await Promise.all([
      dynamicSearchRules === true && this.hasActiveRules(),
      network === true && isAtLeast(version, SINCE.leader) && this.hasLeader(),
    ]);
    return { version, hasRules, isSharded };
  }

  private async hasActiveRules(): Promise<boolean> {
    const wanted = { limit: 1, filter: { active: true } };
    const answer = await this.http.send('POST', '/dynamic-search-rules', adminAuthorization(this.address), wanted);
    // Refused to Justuju's key: there may be some, and looking for pins in vain costs a question.
    return answer.status !== 200 || (answer.json() as { total?: unknown }).total !== 0;
  }

  private async hasLeader(): Promise<boolean> {
    return ((await this.get('/network'))['leader'] ?? null) !== null;
  }

  private async get(path: string): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.http.request({ method: 'GET', path, authorization: adminAuthorization(this.address) });
    return answer.status === 200 ? (answer.json() as Record<string, unknown>) : {};
  }
}

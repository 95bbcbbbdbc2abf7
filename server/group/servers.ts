import type { Logger } from 'pino';
import { FOR_READERS } from '../meilisearch/breaker.js';
import { type EngineAnswer, EngineHttp, type EngineRequest } from '../meilisearch/http.js';
import { ServerMissing, serverName } from './group-errors.js';
import { allPlaces, type Place } from './place.js';

/** What one server said; `answer` undefined: nothing. */
export interface Said {
  readonly place: Place;
  readonly answer: EngineAnswer | undefined;
}

/** The connections to all servers of a group, each with a breaker of its own. */
export class Servers {
  private readonly connections: readonly EngineHttp[];

  /** @param adminKey Justuju's own, the same on each of them */
  constructor(
    urls: readonly string[],
    readonly adminKey: string | undefined,
    log: Logger,
  ) {
    this.connections = urls.map(
      (url, place) =>
        new EngineHttp(url, {
          times: FOR_READERS,
          onChange: (state) => {
            if (state === 'closed') log.info({ server: place + 1, url }, `${serverName(place)} is there again`);
            else if (state === 'open') log.error({ server: place + 1, url }, `${serverName(place)} does not answer`);
          },
        }),
    );
  }

  get count(): number {
    return this.connections.length;
  }

  get all(): Place[] {
    return allPlaces(this.count);
  }

  get admin(): string | undefined {
    return this.adminKey === undefined ? undefined : `Bearer ${this.adminKey}`;
  }

  /** @throws JustujuError where it does not answer */
  one(place: Place, request: EngineRequest): Promise<EngineAnswer> {
    return (this.connections[place] as EngineHttp).request(request);
  }

  /** Asks some of them at the same moment. Never rejects because one of them does not answer. */
  ask(places: readonly Place[], request: EngineRequest | ((place: Place) => EngineRequest)): Promise<Said[]> {
    return Promise.all(
      places.map(async (place) => {
        const asked = typeof request === 'function' ? request(place) : request;
        return { place, answer: await this.one(place, asked).catch(() => undefined) };
      }),
    );
  }

  /** All of these must answer. @throws ServerMissing */
  async askAll(
    places: readonly Place[],
    request: EngineRequest | ((place: Place) => EngineRequest),
    what: string,
  ): Promise<EngineAnswer[]> {
    this.need(places, what);
    const said = await this.ask(places, request);
    const silent = said.filter(({ answer }) => answer === undefined).map(({ place }) => place);
    if (silent.length > 0) throw new ServerMissing(silent, what);
    return said.map(({ answer }) => answer as EngineAnswer);
  }

  /** Refuses before anything is sent what a server that is known to be gone would have to take part in. @throws ServerMissing */
  need(places: readonly Place[], what: string): void {
    const gone = places.filter((place) => (this.connections[place] as EngineHttp).isGone);
    if (gone.length > 0) throw new ServerMissing(gone, what);
  }

  /** What is the same on each of them: the first good answer, in their order; else the first refusal. @throws ServerMissing where none answers */
  async any(places: readonly Place[], request: EngineRequest): Promise<EngineAnswer> {
    let refusal: EngineAnswer | undefined;
    for (const place of places) {
      const [said] = await this.ask([place], request);
      if (said?.answer !== undefined && said.answer.status < 300) return said.answer;
      refusal ??= said?.answer;
    }
    if (refusal === undefined) throw new ServerMissing(places, 'This cannot be answered');
    return refusal;
  }

  /** Justuju's own question. */
  get(path: string): EngineRequest {
    return { method: 'GET', path, authorization: this.admin };
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
  }
}

import type { Logger } from 'pino';
import type { EngineAnswer, EngineRequest } from '../meilisearch/http.js';
import { ServerMissing, TakenInPart } from './group-errors.js';
import type { GroupLedger, Parts } from './group-ledger.js';
import type { Place } from './place.js';
import type { Servers } from './servers.js';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export const answeredBy = (answer: EngineAnswer): Answered => ({ status: answer.status, body: answer.jsonOrText() });

/** Writes in which several servers take part, each by a task of its own: to the client they are one task. */
export class Writes {
  /** Writes to whole indexes, one after the other: servers that got two of them in different orders would differ. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly servers: Servers,
    private readonly ledger: GroupLedger,
    private readonly log: Logger,
  ) {}

  /** To all of these servers, in the same order as every other such write. */
  inOrder(places: readonly Place[], request: (place: Place) => EngineRequest): Promise<Answered> {
    const written = this.last.then(() => this.send(places, request));
    this.last = written.catch(() => undefined);
    return written;
  }

  /**
   * Sends each server its part. Acknowledged when all have taken theirs; where one of them is known to be gone nobody is asked.
   *
   * @throws ServerMissing where none has taken its part, TakenInPart where only some have
   */
  async send(places: readonly Place[], request: (place: Place) => EngineRequest): Promise<Answered> {
    this.servers.need(places, 'The write is refused');
    const said = await this.servers.ask(places, request);
    const refusal = said.find(({ answer }) => answer !== undefined && answer.status >= 300)?.answer;
    const parts: Parts = said.map(({ place, answer }) => [place, answer?.status === 202 ? taskIn(answer) : null]);
    const taken = parts.filter(([, task]) => task !== null).map(([place]) => place);
    const missing = parts.filter(([, task]) => task === null).map(([place]) => place);
    if (taken.length === 0) {
      if (refusal === undefined) throw new ServerMissing(missing, 'The write is refused');
      return answeredBy(refusal);
    }
    const taskUid = await this.ledger.addTask(parts);
    this.log.debug({ taskUid, parts, path: request(places[0] as Place).path }, 'a write went to several Meilisearch servers');
    if (missing.length > 0) {
      this.log.error({ taskUid, taken, missing }, 'a write was taken by some of the Meilisearch servers only');
      throw new TakenInPart(taken, missing, taskUid);
    }
    const first = said[0]?.answer?.json() as Record<string, unknown>;
    return { status: 202, body: { ...first, taskUid } };
  }
}

const taskIn = (answer: EngineAnswer): number => (answer.json() as { taskUid: number }).taskUid;

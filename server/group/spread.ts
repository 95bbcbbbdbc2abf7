import { TakenInPart } from './group-errors.js';
import type { GroupLedger } from './group-ledger.js';
import { allPlaces, type Place } from './place.js';
import type { Servers } from './servers.js';
import type { Answered } from './writes.js';

/**
 * Over how many servers each index is spread: the first so many of the list. An index that is made now is spread over all. One that was there before servers were added stays where it is, until it is built anew (then
 * its documents go over all of them, beside the old ones, and the two change names). This is written down when a write is taken, since writes that come after it must fit that.
 */
export class Spread {
  constructor(
    private readonly servers: Servers,
    private readonly ledger: GroupLedger,
  ) {}

  /** Undefined: there is no such index. */
  async of(uid: string): Promise<number | undefined> {
    return this.ledger.spreadOf(uid) ?? (await this.found(uid));
  }

  /** The servers that hold an index; where there is none the first, which says so. */
  async placesOf(uid: string): Promise<Place[]> {
    return allPlaces((await this.of(uid)) ?? 1);
  }

  /**
   * Sends what makes an index where there is none: it is spread over all servers. Written down before it is sent, since until all of them have made it, it is on some only, and whoever asks meanwhile would take that for its
   * spread.
   *
   * @param send told which servers the index is on, or will be
   */
  async making(uid: string, send: (places: readonly Place[]) => Promise<Answered>): Promise<Answered> {
    const known = await this.of(uid);
    if (known !== undefined) return send(allPlaces(known));
    await this.ledger.setSpread(uid, this.servers.count);
    let isMade = false;
    try {
      const answer = await send(this.servers.all);
      isMade = answer.status === 202;
      return answer;
    } catch (error) {
      isMade = error instanceof TakenInPart;
      throw error;
    } finally {
      if (!isMade) await this.ledger.setSpread(uid, undefined);
    }
  }

  /**
   * An index that nothing is written down of: somebody made it before there was a group, or `DATA_DIR/group` is lost. It reaches to the last server that holds documents of it. That is certain only while all of them
   * answer.
   */
  private async found(uid: string): Promise<number | undefined> {
    const path = `/indexes/${encodeURIComponent(uid)}/stats`;
    const answers = await this.servers.askAll(
      this.servers.all,
      this.servers.get(path),
      `It is not known which servers hold the index \`${uid}\``,
    );
    const holding = answers.flatMap((answer, place) =>
      answer.status === 200 ? [{ place, documents: Number((answer.json() as { numberOfDocuments?: number }).numberOfDocuments ?? 0) }] : [],
    );
    const last = holding.filter(({ documents }) => documents > 0).at(-1) ?? holding.at(-1);
    if (last === undefined) return undefined;
    return this.ledger.addSpread(uid, last.place + 1);
  }
}

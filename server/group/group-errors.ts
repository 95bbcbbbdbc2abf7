import { JustujuError } from '../errors.js';
import { SERVER_MISSING } from '../meilisearch/http.js';
import type { Place } from './place.js';

/** As people number them. */
export const serverName = (place: Place): string => `server ${place + 1}`;

/** What several servers cannot be asked for together. Refused, since an answer of one of them would be taken for that of all. */
export class NotServed extends JustujuError {
  constructor(what: string, way: string) {
    super(501, 'not_served_by_several_servers', 'invalid_request', `${what} cannot be had from several Meilisearch servers. ${way}`);
  }
}

/** A server that must take part does not answer: nothing is acknowledged that it would have to hold, and no list is given that it belongs into. */
export class ServerMissing extends JustujuError {
  constructor(places: readonly Place[], what: string) {
    super(
      503,
      SERVER_MISSING,
      'system',
      `${what}: of the Meilisearch servers ${places.map(serverName).join(', ')} ${places.length === 1 ? 'is' : 'are'} not to be had. Try again when it is back; the operator finds it in the log.`,
    );
  }
}

/** Some servers have taken their part of a write and others have not. */
export class TakenInPart extends JustujuError {
  constructor(taken: readonly Place[], missing: readonly Place[], taskUid: number) {
    super(
      503,
      'write_taken_in_part',
      'system',
      `Of this write ${taken.map(serverName).join(', ')} has taken its part and ${missing.map(serverName).join(', ')} has not (task ${taskUid}). It is not acknowledged: send it again, which does no harm.`,
    );
  }
}

import { BadRequest } from '../errors.js';
import { isObject } from '../json/is-object.js';

/** What a reader did after a search: what is kept of an event. */
export interface SearchEvent {
  readonly kind: 'click' | 'conversion';
  readonly index: string;
  readonly queryUid: string | undefined;
  /** Of the hit in the list, from 0. */
  readonly position: number | undefined;
  /** The primary key of the document. */
  readonly document: string | undefined;
}

const TYPES = ['click', 'conversion'] as const;
/** Those of Meilisearch Cloud. */
const FIELDS = ['eventType', 'eventName', 'indexUid', 'userId', 'queryUid', 'objectId', 'objectName', 'position'];
/** In UTF-16 code units: what is longer is no name and no id. Primary keys have 511 at most. */
const LONGEST = 512;
const MOST_HITS = 1_000_000;

/**
 * Reads the body of `POST /events`, as Meilisearch Cloud takes it. The reader's id, the name of the event and that of the document are checked and forgotten.
 *
 * @throws BadRequest that names the field, its value and what is expected
 */
export function readEvent(body: unknown): SearchEvent {
  if (!isObject(body))
    throw new BadRequest('An event must be an object such as {"eventType": "click", "eventName": "...", "indexUid": "..."}.');
  const unknown = Object.keys(body).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw new BadRequest(`Unknown field \`${unknown.slice(0, 100)}\`: expected one of ${FIELDS.map((name) => `\`${name}\``).join(', ')}`);
  const kind = TYPES.find((type) => type === body['eventType']);
  if (kind === undefined) throw refused('eventType', body['eventType'], '"click" or "conversion"', 'event_type');
  textOf(body, 'eventName', 'event_name', true);
  textOf(body, 'userId', 'event_user_id');
  textOf(body, 'objectName', 'event_object_name');
  const index = textOf(body, 'indexUid', 'index_uid', true) as string;
  if (!/^[\w-]{1,400}$/.test(index)) throw refused('indexUid', index, 'the name of an index: letters a-z, digits, - and _', 'index_uid');
  const { objectId, position } = body;
  const document =
    typeof objectId === 'number' && Number.isSafeInteger(objectId) ? String(objectId) : textOf(body, 'objectId', 'event_object_id');
  return { kind, index, document, queryUid: textOf(body, 'queryUid', 'event_query_uid'), position: positionOf(position) };
}

function positionOf(position: unknown): number | undefined {
  if (position == null) return undefined;
  if (typeof position === 'number' && Number.isInteger(position) && position >= 0 && position < MOST_HITS) return position;
  throw refused('position', position, 'the place of the hit in the list, a whole number from 0', 'event_position');
}

function textOf(body: Readonly<Record<string, unknown>>, name: string, code: string, isRequired = false): string | undefined {
  const value = body[name];
  if (value == null && !isRequired) return undefined;
  if (typeof value === 'string' && value.length <= LONGEST && !(isRequired && value === '')) return value;
  throw refused(name, value, `a text of ${isRequired ? 'one' : 'none'} to ${LONGEST} letters`, code);
}

function refused(name: string, value: unknown, expected: string, code: string): BadRequest {
  if (value === undefined) return new BadRequest(`Missing field \`${name}\`: it must be ${expected}.`, `missing_${code}`);
  return new BadRequest(
    `Invalid value at \`.${name}\`: expected ${expected}, but found \`${JSON.stringify(value).slice(0, 100)}\`.`,
    `invalid_${code}`,
  );
}

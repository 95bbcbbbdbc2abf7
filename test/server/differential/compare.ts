/** Where two answers differ. */

export interface Difference {
  /** Such as `body.hits[0].title`. */
  readonly at: string;
  readonly direct: unknown;
  readonly through: unknown;
}

export interface Compared {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
}

/** What is of the moment or of the machine: only its type is compared. */
const OF_THE_MOMENT = new Set([
  'processingTimeMs',
  'requestUid',
  'taskUid',
  'batchUid',
  'enqueuedAt',
  'startedAt',
  'finishedAt',
  'duration',
  'createdAt',
  'updatedAt',
  'lastUpdate',
  'databaseSize',
  'usedDatabaseSize',
  'rawDocumentDbSize',
  'avgDocumentSize',
  'numberOfEmbeddings',
  'numberOfEmbeddedDocuments',
  'isIndexing',
  'dumpUid',
  'key',
  'batchStrategy',
]);

/** How a batch went: which of its steps and databases are told depends on what was measured. */
const MEASURED = new Set(['progressTrace', 'internalDatabaseSizes', 'writeChannelCongestion']);

/** Numbers of tasks and batches count those of other requests too. */
const NUMBERS_OF_WORK = new Set(['uid', 'from', 'next', 'total']);

/** Objects whose keys are values of documents, or fields that matched: so many levels down. */
const KEYED_BY_DATA: ReadonlyMap<string, number> = new Map([
  ['_matchesPosition', 0],
  ['facetDistribution', 1],
  ['distribution', 1],
]);

/** Keys that are there or not by what matched. */
const THERE_BY_DATA = new Set(['indices']);

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The keys that Meilisearch makes for itself have random names. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);

/** The differences of status and content, value by value. */
export function differences(direct: Compared, through: Compared): Difference[] {
  return [
    ...plain('status', direct.status, through.status),
    ...plain('content-type', direct.type, through.type),
    ...valuesIn('body', direct.body, through.body),
  ];
}

/** The differences of status and shape: which keys there are, and of which types their values. */
export function differencesOfShape(direct: Compared, through: Compared): Difference[] {
  return [
    ...plain('status', direct.status, through.status),
    ...plain('content-type', direct.type, through.type),
    ...plain('body.code', codeOf(direct.body), codeOf(through.body)),
    ...shapesIn('body', shapeOf(direct.body), shapeOf(through.body)),
  ];
}

const codeOf = (body: unknown): unknown => (isObject(body) ? (body['code'] ?? null) : null);

const plain = (at: string, direct: unknown, through: unknown): Difference[] => (direct === through ? [] : [{ at, direct, through }]);

function valuesIn(at: string, direct: unknown, through: unknown): Difference[] {
  if (Array.isArray(direct) && Array.isArray(through)) {
    if (direct.length !== through.length) return [{ at, direct, through }];
    return direct.flatMap((item, i) => valuesIn(`${at}[${i}]`, item, through[i]));
  }
  if (isObject(direct) && isObject(through)) {
    return keysOf(direct, through).flatMap((key) => {
      if (MEASURED.has(key)) return [];
      const inner = `${at}.${key}`;
      if (!(key in direct && key in through)) return [{ at: inner, direct: shownAt(key, direct), through: shownAt(key, through) }];
      const [one, other] = [direct[key], through[key]];
      if (OF_THE_MOMENT.has(key) || (NUMBERS_OF_WORK.has(key) && typeof one === 'number') || (isUuid(one) && isUuid(other)))
        return plain(inner, typeOf(one), typeOf(other));
      return valuesIn(inner, one, other);
    });
  }
  return plain(at, direct, through);
}

const shownAt = (key: string, object: Record<string, unknown>): unknown => (key in object ? object[key] : 'missing');

const keysOf = (...objects: readonly object[]): string[] => [...new Set(objects.flatMap((object) => Object.keys(object)))];

/** A value's type; of lists and of objects, those of everything in them, all elements of a list taken together. */
interface Shape {
  types: Set<string>;
  keys: Map<string, Shape>;
  /** Of a list: by what they are compared, see `groupOf`. */
  elements: Map<string, Shape>;
}

const newShape = (): Shape => ({ types: new Set(), keys: new Map(), elements: new Map() });

/** Hits of a federated search look as the query that found them says. */
function groupOf(element: unknown): string {
  const federation = isObject(element) ? element['_federation'] : undefined;
  return isObject(federation) ? String(federation['queriesPosition']) : '';
}

/** @param keyedByDataIn so many levels down the keys are data; undefined: nowhere */
function shapeOf(value: unknown, into: Shape = newShape(), keyedByDataIn?: number): Shape {
  into.types.add(typeOf(value));
  if (Array.isArray(value)) {
    for (const item of value) {
      const group = groupOf(item);
      into.elements.set(group, shapeOf(item, into.elements.get(group)));
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (MEASURED.has(key)) continue;
      const name = keyedByDataIn === 0 ? ANY_KEY : key;
      const levels = keyedByDataIn === undefined ? KEYED_BY_DATA.get(key) : keyedByDataIn - 1;
      into.keys.set(name, shapeOf(item, into.keys.get(name) ?? newShape(), levels));
    }
  }
  return into;
}

const ANY_KEY = '*';

function shapesIn(at: string, direct: Shape, through: Shape): Difference[] {
  const types = (shape: Shape): string => [...shape.types].sort().join(' or ');
  if (types(direct) !== types(through)) return [{ at, direct: types(direct), through: types(through) }];
  const found: Difference[] = [];
  for (const [group, element] of direct.elements) {
    const other = through.elements.get(group);
    if (other !== undefined) found.push(...shapesIn(`${at}[${group}]`, element, other));
  }
  for (const key of new Set([...direct.keys.keys(), ...through.keys.keys()])) {
    const [one, other] = [direct.keys.get(key), through.keys.get(key)];
    if (one === undefined || other === undefined) {
      if (key !== ANY_KEY && !THERE_BY_DATA.has(key))
        found.push({
          at: `${at}.${key}`,
          direct: one === undefined ? 'missing' : types(one),
          through: other === undefined ? 'missing' : types(other),
        });
    } else found.push(...shapesIn(`${at}.${key}`, one, other));
  }
  return found;
}

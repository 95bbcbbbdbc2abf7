import express, { type Request, type Response, Router } from 'express';
import { BadRequest, JustujuError } from '../errors.js';
import { toCsv } from '../insight/csv.js';
import { readEvent } from '../insight/event.js';
import { DAY_MS, type Day, dayOf } from '../insight/ledger.js';
import { LISTS, type List, type ReportWish } from '../insight/report.js';
import { isOwnIndex } from '../meilisearch/own-indexes.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, drainUnread, reply } from './context.js';
import { checkJsonType } from './read-json.js';
import { refuseUnknown } from './unknown-parameters.js';

/** Bytes: an event has eight short fields. */
const LARGEST_EVENT = 10_000;

/** `POST /events` as Meilisearch Cloud has it, and `GET /analytics/queries`: what readers look for, find and choose. */
export function insightRoutes(context: Context): Router {
  const router = Router(EXACT);
  const readSmall = express.json({ limit: LARGEST_EVENT, strict: false, type: () => true });
  router.post('/events', checkJsonType, readSmall, (request, response) => takeEvent(context, request, response));
  router.get('/analytics/queries', (request, response) => tellQueries(context, request, response));
  return router;
}

/** Taken from who may search the index: Meilisearch is asked with that key. */
async function takeEvent({ engine, http, insight, metrics }: Context, request: Request, response: Response): Promise<void> {
  const event = readEvent(request.body as unknown);
  if (isOwnIndex(event.index)) throw new BadRequest(`Index \`${event.index}\` not found.`, 'index_not_found', 404);
  const path = `/indexes/${encodeURIComponent(event.index)}/search`;
  const answer = await http.send('POST', path, authorizationOf(request, engine), { q: '', limit: 0 });
  if (answer.status !== 200) {
    reply(response, { status: answer.status, body: answer.jsonOrText() });
    return;
  }
  const taken = insight.followed(event);
  if (taken === 'too many') {
    response.setHeader('retry-after', '1');
    throw new JustujuError(429, 'too_many_events', 'system', 'More events come than can be written down. Send this one again in a second.');
  }
  if (taken === 'unwritable') {
    response.setHeader('retry-after', '10');
    throw new JustujuError(503, 'insight_unwritable', 'system', 'Events cannot be written down at present. Send this one again later.');
  }
  metrics.eventTaken(event.kind);
  response.status(201).end();
}

const LONGEST_PAGE = 1_000;
const DEFAULT_LIMIT = 20;
/** The last week, today included. */
const DEFAULT_DAYS = 7;

/** For who may read the statistics of the index (`stats.get`): Meilisearch is asked with that key. A key that may only search is no such key. */
async function tellQueries({ engine, http, insight }: Context, request: Request, response: Response): Promise<void> {
  const wish = wishIn(request);
  const isCsv = formatIn(request) === 'csv';
  const path = `/indexes/${encodeURIComponent(wish.index)}/stats`;
  const allowed = await http.request({ method: 'GET', path, authorization: authorizationOf(request, engine) });
  if (allowed.status !== 200) {
    reply(response, { status: allowed.status, body: allowed.jsonOrText() });
    return;
  }
  const report = await insight.report(wish);
  if (report === undefined && insight.isOn)
    throw new JustujuError(
      503,
      'insight_unreadable',
      'system',
      'What was counted cannot be read at present. The log of the service says why.',
    );
  if (report === undefined)
    throw new JustujuError(503, 'insight_off', 'system', 'What readers look for is not counted here. Set INSIGHT_DAYS to more than 0.');
  response.setHeader('cache-control', 'no-store');
  if (!isCsv) {
    reply(response, { status: 200, body: report });
    return;
  }
  drainUnread(response);
  response.setHeader('content-disposition', `attachment; filename="queries-${wish.index}-${report.from}-${report.to}.csv"`);
  response.type('text/csv; charset=utf-8').send(toCsv(report.results));
}

const PARAMETERS = ['index', 'from', 'to', 'list', 'limit', 'offset', 'format'];

function wishIn(request: Request): ReportWish {
  // A slip in a name would show other days, or another list, than was asked for.
  refuseUnknown(request, PARAMETERS);
  const { query } = request;
  const index = one(query['index'], 'index');
  if (index === undefined || !/^[\w-]{1,400}$/.test(index))
    throw new BadRequest(
      `\`index\` must be the name of an index, got ${said(query['index'])}. For example ?index=articles.`,
      'invalid_index_uid',
    );
  if (isOwnIndex(index)) throw new BadRequest(`Index \`${index}\` not found.`, 'index_not_found', 404);
  const today = dayOf(Date.now());
  const to = dayIn(query['to'], 'to') ?? today;
  const from = dayIn(query['from'], 'from') ?? to - DEFAULT_DAYS + 1;
  if (from > to)
    throw new BadRequest(
      `\`from\` must not be after \`to\`, got ${said(query['from'])} and ${said(query['to'])}.`,
      'invalid_analytics_from',
    );
  const list = one(query['list'], 'list') ?? 'all';
  if (!LISTS.includes(list as List))
    throw new BadRequest(
      `\`list\` must be one of ${LISTS.map((name) => `\`${name}\``).join(', ')}, got ${said(list)}.`,
      'invalid_analytics_list',
    );
  const limit = countIn(query['limit'], 'limit', DEFAULT_LIMIT);
  return { index, from, to, list: list as List, limit, offset: countIn(query['offset'], 'offset', 0, Number.MAX_SAFE_INTEGER) };
}

function formatIn({ query }: Request): 'json' | 'csv' {
  const format = one(query['format'], 'format') ?? 'json';
  if (format === 'json' || format === 'csv') return format;
  throw new BadRequest(`\`format\` must be \`json\` or \`csv\`, got ${said(format)}.`, 'invalid_analytics_format');
}

const said = (value: unknown): string => (value === undefined ? 'nothing' : `\`${JSON.stringify(value).slice(0, 100)}\``);

function one(value: unknown, name: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new BadRequest(`\`${name}\` must stand once in the address, got ${said(value)}.`, `invalid_analytics_${name}`);
}

function countIn(value: unknown, name: string, otherwise: number, most = LONGEST_PAGE): number {
  const text = one(value, name);
  if (text === undefined) return otherwise;
  if (/^\d{1,16}$/.test(text) && Number(text) <= most) return Number(text);
  throw new BadRequest(`\`${name}\` must be a whole number from 0 to ${most}, got ${said(text)}.`, `invalid_analytics_${name}`);
}

/** A day in UTC. */
function dayIn(value: unknown, name: string): Day | undefined {
  const text = one(value, name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 2026-02-30 is read as a day of March.
  if (new Date(Number.isNaN(time) ? 0 : time).toISOString().startsWith(text)) return time / DAY_MS;
  throw new BadRequest(`\`${name}\` must be a day such as 2026-11-29, got ${said(text)}.`, `invalid_analytics_${name}`);
}

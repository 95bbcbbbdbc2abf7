import { setImmediate as nextTurn } from 'node:timers/promises';
import { analyze, type Token } from '@justuju/urdu';
import { type Response, Router } from 'express';
import { BadRequest } from '../errors.js';
import { isLong, sharedAnalyses } from '../highlight/analyses.js';
import { isObject } from '../json/is-object.js';
import { writtenWords } from '../query/written-words.js';
import { EXACT } from './canonical-path.js';
import { authorizationOf, type Context, reply } from './context.js';
import { readJson } from './read-json.js';

/** In UTF-16 code units: some 20 MB of tokens, and a second or two of work, in turns. */
const LONGEST = 1_000_000;
/** In UTF-16 code units: reasons are for people, who read no more. */
const LONGEST_EXPLAINED = 10_000;

/** `POST /analyze`: the tokens of a text, and by which rules they came about. */
export function analyzeRoutes(context: Context): Router {
  const router = Router(EXACT);
  router.post('/analyze', ...readJson(context.payloadLimit), async (request, response) => {
    const refusal = await refusalToSearch(context, authorizationOf(request, context.engine));
    if (refusal !== undefined) {
      reply(response, refusal);
      return;
    }
    const { text, explain = false } = (isObject(request.body) ? request.body : {}) as { text?: unknown; explain?: unknown };
    if (typeof text !== 'string')
      throw new BadRequest(
        `\`text\` must be a string, got ${text === undefined ? 'nothing' : JSON.stringify(text).slice(0, 100)}. Send {"text": "..."}.`,
      );
    if (typeof explain !== 'boolean')
      throw new BadRequest(`\`explain\` must be true or false, got ${JSON.stringify(explain).slice(0, 100)}.`);
    if (explain && text.length > LONGEST_EXPLAINED)
      throw new BadRequest(
        `\`explain\` is for texts of up to ${LONGEST_EXPLAINED} characters, got ${text.length}. Send a shorter \`text\`, or leave \`explain\` out.`,
      );
    if (text.length > LONGEST)
      throw new BadRequest(`\`text\` must have ${LONGEST} characters at most, got ${text.length}. Send it in parts.`);
    if (!isLong(text)) {
      const tokens = analyze(text);
      response.json({ tokens, ...(explain && { words: await writtenWords(text, tokens) }) });
      return;
    }
    await sendInPieces(response, await sharedAnalyses.load(text));
  });
  return router;
}

/** Tokens that are written in one turn: some 300 kB, a few milliseconds. */
const STEP = 2_048;

/** A turn of the event loop for each piece: others wait. */
async function sendInPieces(response: Response, tokens: readonly Token[]): Promise<void> {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.write('{"tokens":[');
  for (let at = 0; at < tokens.length; at += STEP) {
    response.write((at > 0 ? ',' : '') + JSON.stringify(tokens.slice(at, at + STEP)).slice(1, -1));
    await nextTurn();
  }
  response.end(']}');
}

/** Analysis is for those who may search: Meilisearch is asked whether the key is one of its own. */
async function refusalToSearch(
  { http }: Context,
  authorization: string | undefined,
): Promise<{ status: number; body: unknown } | undefined> {
  // An empty multi-search needs a key that may search, and costs nothing.
  const answer = await http.send('POST', '/multi-search', authorization, { queries: [] });
  return answer.status === 401 || answer.status === 403 ? { status: answer.status, body: answer.json() } : undefined;
}

import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { Router } from 'express';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import { EXACT } from './canonical-path.js';
import type { Context } from './context.js';
import { passOn } from './pass-through.js';
import { isPublic, shown, type Work } from './tasks.js';

/**
 * `GET /tasks/stream` and `/batches/stream`, since 1.52: Server-Sent Events, one for each change of a task or batch, for as long as the client listens. They go on as they come,
 * in the client's terms; those of Justuju's own indexes are left out.
 */
export function workStreamRoutes(context: Context): Router {
  const router = Router(EXACT);
  // Before 1.52 `stream` is the uid of a task, which Meilisearch refuses.
  router.get(['/tasks/stream', '/batches/stream'], (request, response) =>
    passOn(context, request, response, (type) =>
      type.startsWith('text/event-stream') ? publicEvents((work) => (isPublic(work) ? shown(work, context) : undefined)) : undefined,
    ),
  );
  return router;
}

/** Server-Sent Events, line by line: what is `data` is read, and goes on as `translate` has it or, where that is nothing, not at all. */
export function publicEvents(translate: (work: Work) => Work | undefined): Transform {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  /** Whether the event that is under way was left out, with the blank line that ends it. */
  let isLeftOut = false;
  const line = (text: string): string => {
    if (text.startsWith('data:')) {
      const work = translate(parseExactly(text.slice('data:'.length)) as Work);
      isLeftOut = work === undefined;
      return work === undefined ? '' : `data: ${stringifyExactly(work)}\n`;
    }
    if (text.trim() !== '' || !isLeftOut) return `${text}\n`;
    isLeftOut = false;
    return '';
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      try {
        done(null, lines.map((text) => line(text.replace(/\r$/, ''))).join(''));
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

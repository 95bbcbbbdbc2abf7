import type { NextFunction, Request, Response } from 'express';
import { pino } from 'pino';
import { Room, refuseWithoutRoom } from '../../../server/routes/room.js';

const logged: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
/** No disk has so much room; each has more than none. */
const FULL = new Room('/', log, Number.MAX_SAFE_INTEGER);
const ROOMY = new Room('/', log, 1);

async function ask(room: Room, method: string, path: string): Promise<unknown> {
  let isPassed = false;
  const next: NextFunction = () => {
    isPassed = true;
  };
  try {
    await refuseWithoutRoom(room)({ method, path } as Request, {} as Response, next);
  } catch (error) {
    return (error as { status: number }).status;
  }
  return isPassed;
}

beforeEach(() => {
  logged.length = 0;
});

describe('with a disk that is nearly full', () => {
  it.each([
    ['POST', '/indexes/books/documents', 507],
    ['PUT', '/indexes/books/documents', 507],
    ['POST', '/indexes/books/documents/edit', 507],
    ['PATCH', '/indexes/books/settings', 507],
    ['PUT', '/indexes/books/settings/synonyms', 507],
    ['PUT', '/indexes/books/pins', 507],
    ['POST', '/indexes', 507],
    ['POST', '/dumps', 507],
    ['POST', '/indexes/books/search', true],
    ['GET', '/indexes/books/documents', true],
    ['POST', '/indexes/books/documents/fetch', true],
    ['POST', '/indexes/books/documents/delete-batch', true],
    ['DELETE', '/indexes/books/documents', true],
    ['DELETE', '/indexes/books', true],
    ['POST', '/multi-search', true],
    ['POST', '/tasks/cancel', true],
  ])('%s %s: %s', async (method, path, expected) => {
    expect(await ask(FULL, method, path)).toBe(expected);
    expect(await ask(ROOMY, method, path)).toBe(true);
    // That of another machine is not seen.
    expect(await ask(new Room(undefined, log), method, path)).toBe(true);
  });

  it('the log says so once, not for each write', async () => {
    const room = new Room('/', log, Number.MAX_SAFE_INTEGER);
    for (let i = 0; i < 3; i += 1) await ask(room, 'POST', '/indexes/books/documents');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('nearly full');
  });
});

import { statfs } from 'node:fs/promises';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { JustujuError } from '../errors.js';

/** Bytes. With none at all Meilisearch 1.21 falls by SIGBUS at the next write of a task, and does not start again until there is room: nobody could search. With these it goes on answering. */
const LEAST_ROOM = 16 * 1024 * 1024;

/** What makes Meilisearch write much, or a task. Not deletions: they are how room is made. */
const WRITES = /^\/(?:indexes(?:\/[^/]+(?:\/documents(?:\/edit)?|\/settings(?:\/[^/]+)?|\/pins)?)?|dumps|snapshots|swap-indexes)\/?$/;
const METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Whether the disk of a local Meilisearch has room for writes. That of one elsewhere is not seen from here. */
export class Room {
  private wasLow = false;

  constructor(
    /** DATA_DIR; undefined: Meilisearch runs elsewhere. */
    private readonly folder: string | undefined,
    private readonly log: Logger,
    private readonly least = LEAST_ROOM,
  ) {}

  async isLow(): Promise<boolean> {
    if (this.folder === undefined) return false;
    let free: number;
    try {
      const { bavail, bsize } = await statfs(this.folder);
      free = bavail * bsize;
    } catch {
      // What cannot be looked at is Meilisearch's to find out.
      return false;
    }
    const isLow = free < this.least;
    if (isLow !== this.wasLow) {
      if (isLow) this.log.error({ folder: this.folder, freeBytes: free }, 'the disk is nearly full: writes are refused, searches go on');
      else this.log.info({ folder: this.folder, freeBytes: free }, 'there is room on the disk again: writes are taken');
    }
    this.wasLow = isLow;
    return isLow;
  }
}

export function refuseWithoutRoom(room: Room): RequestHandler {
  return async (request, _response, next) => {
    if (METHODS.has(request.method) && WRITES.test(request.path) && (await room.isLow()))
      throw new JustujuError(
        507,
        'no_space_left_on_device',
        'system',
        'The disk of Meilisearch is nearly full: nothing can be written. Searches go on; send this again when there is room.',
      );
    next();
  };
}

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** How long a body may take to come at any speed, in milliseconds. */
const GRACE_MS = 30_000;
/** Bytes a second that it must come with after that, on the whole. A telephone on a bad line sends more. */
const LEAST_SPEED = 500;
/** How long a client may leave its answer unread, in milliseconds. */
const UNREAD_MS = 60_000;
const LOOK_MS = 5_000;

interface Watched {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When the request began, or we last kept it waiting. */
  since: number;
  /** Bytes that had come on the connection then. */
  from: number;
  written: number;
  movedAt: number;
}

/**
 * Ends the connections of clients that send their body a byte at a time, or do not read their answer: each holds memory, and a place that others wait for. (`RequestReadTimeout` with `MinRate`, in Apache's words; Node has only a
 * time for the whole, which would end long uploads.) Where it is us who do not read, nobody is ended.
 */
export class SlowClients {
  private readonly watched = new Set<Watched>();
  private readonly timer = setInterval(() => this.look(), LOOK_MS).unref();

  /** Watches over the requests of a listener. */
  watch(listener: RequestListener): RequestListener {
    return (request, response) => {
      const now = performance.now();
      const one: Watched = { request, response, since: now, from: request.socket.bytesRead, written: 0, movedAt: now };
      this.watched.add(one);
      response.once('close', () => this.watched.delete(one));
      return listener(request, response);
    };
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    for (const one of this.watched) if (isTooSlow(one, now) || isUnread(one, now)) one.request.destroy();
  }
}

function isTooSlow(one: Watched, now: number): boolean {
  const { request } = one;
  // As much lies unread as is held: the client can send no more, and its time begins anew when it is read.
  if (request.readableLength >= request.readableHighWaterMark) {
    one.since = now;
    one.from = request.socket.bytesRead;
    return false;
  }
  const time = now - one.since;
  if (request.complete || time < GRACE_MS) return false;
  return (request.socket.bytesRead - one.from) / (time / 1_000) < LEAST_SPEED;
}

function isUnread(one: Watched, now: number): boolean {
  const { socket } = one.request;
  if (one.response.writableLength === 0 && socket.writableLength === 0) {
    one.movedAt = now;
    return false;
  }
  if (socket.bytesWritten !== one.written) {
    one.written = socket.bytesWritten;
    one.movedAt = now;
  }
  return now - one.movedAt > UNREAD_MS;
}

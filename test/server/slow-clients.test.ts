import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jest } from '@jest/globals';
import { SlowClients } from '../../server/slow-clients.js';

/** A request on its way, as far as is looked at. */
class Upload extends EventEmitter {
  complete = false;
  readableLength = 0;
  readonly readableHighWaterMark = 65_536;
  readonly socket = { bytesRead: 0, bytesWritten: 0, writableLength: 0 };
  isEnded = false;
  destroy(): void {
    this.isEnded = true;
  }
}

describe('a client that sends its body a byte at a time', () => {
  let clients: SlowClients;
  beforeEach(() => {
    jest.useFakeTimers();
    clients = new SlowClients();
  });
  afterEach(() => {
    clients.close();
    jest.useRealTimers();
  });

  function begin(): Upload {
    const upload = new Upload();
    const response = Object.assign(new EventEmitter(), { writableLength: 0 });
    clients.watch(() => undefined)(upload as unknown as IncomingMessage, response as unknown as ServerResponse & { req: IncomingMessage });
    return upload;
  }
  /** @param bytes that come each second */
  function pass(upload: Upload, seconds: number, bytes: number, isRead: boolean): void {
    for (let second = 0; second < seconds; second += 1) {
      upload.socket.bytesRead += bytes;
      if (!isRead) upload.readableLength += bytes;
      jest.advanceTimersByTime(1_000);
    }
  }

  it.each([true, false])('is ended, whether it is read (%s) or waits for its turn', (isRead) => {
    const upload = begin();
    pass(upload, 40, 1, isRead);
    expect(upload.isEnded).toBe(true);
  });

  it('is one that is quick enough', () => {
    const upload = begin();
    pass(upload, 300, 600, true);
    expect(upload.isEnded).toBe(false);
  });

  it('is not one that waits for us: as much as is held lies unread', () => {
    const upload = begin();
    upload.socket.bytesRead = 65_536;
    upload.readableLength = 65_536;
    pass(upload, 600, 0, false);
    expect(upload.isEnded).toBe(false);
    // Its turn has come: from now on it must send.
    upload.readableLength = 0;
    pass(upload, 20, 1, true);
    expect(upload.isEnded).toBe(false);
    pass(upload, 20, 1, true);
    expect(upload.isEnded).toBe(true);
  });
});

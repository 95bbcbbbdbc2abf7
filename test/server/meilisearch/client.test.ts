import { jest } from '@jest/globals';
import { adminClient } from '../../../server/meilisearch/client.js';

/** Milliseconds. */
const LONG = 60_000;

it('leaves no timer behind where Meilisearch is gone while a task is awaited: a command that failed would not end before it', async () => {
  const set = jest.spyOn(globalThis, 'setTimeout');
  // Nobody listens there.
  const client = adminClient({ url: 'http://127.0.0.1:21499', adminKey: undefined });
  await expect(client.tasks.waitForTask(1)).rejects.toThrow('has failed');
  expect(set.mock.calls.filter(([, milliseconds = 0]) => milliseconds > LONG)).toEqual([]);
  set.mockRestore();
});

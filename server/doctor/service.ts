import { connect } from 'node:net';
import type { Config } from '../config.js';
import { addressOf, type FolderState, httpUrl } from '../engine/data-folder.js';
import type { Finding } from './doctor.js';

const ANSWERS_WITHIN_MS = 5_000;

/** The Justuju that runs on this configuration, or whether one could. */
export async function checkService(config: Config, running: FolderState | undefined): Promise<Finding[]> {
  const check = 'service';
  const announced = running === undefined ? undefined : addressOf(running);
  const url = announced ?? httpUrl(config.host, config.port);
  if (announced === undefined && (config.port === 0 || !(await isTaken(config))))
    return [{ check, state: 'good', message: `none runs; ${config.host}:${config.port} is free` }];
  try {
    const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    const body = await answer.text();
    if (answer.status === 200 && body.includes('"ready"')) return [{ check, state: 'good', message: `${url} answers and is ready` }];
    if (body.includes('"unavailable"') || body.includes('engine_unreachable'))
      return [
        {
          check,
          state: 'problem',
          message: `${url} answers; its Meilisearch does not`,
          mend: 'See what is said of Meilisearch above; it recovers by itself.',
        },
      ];
    return [
      {
        check,
        state: 'problem',
        message: `${url} is taken by another program (GET /ready: status ${answer.status})`,
        mend: `Stop that one, or set another PORT, for example PORT=${config.port + 1}.`,
      },
    ];
  } catch (error) {
    return [
      {
        check,
        state: 'problem',
        message: `${url} does not answer (${(error as Error).message})`,
        mend: 'Look into its log, and start it again if it hangs: SIGTERM ends it in order within ten seconds.',
      },
    ];
  }
}

/** Whether something listens there already. */
function isTaken({ host, port }: Config): Promise<boolean> {
  const { hostname } = new URL(httpUrl(host, port));
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port, timeout: 1_000 });
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

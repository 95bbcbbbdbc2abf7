/** One of several processes behind one port. It is told what to do by the process above it (`supervisor.ts`), and ends when that is gone. */

import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import type { Config } from './config.js';
import { OperatorError } from './errors.js';
import { type Service, startService } from './service.js';
import { type FromWorker, isOurs, type ToWorker } from './worker-messages.js';

/** How long a process that fell may take to answer what it has begun, in milliseconds. */
const LAST_ANSWERS_MS = 1_000;

/** Never resolves: the process exits by itself. */
export function runWorker(createLog: (config: Config) => Logger): void {
  let service: Promise<Service> | undefined;
  let log: Logger | undefined;
  // Ctrl-C reaches all processes of a terminal: the one above decides.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const end = (): void => {
    void stop(service).finally(() => process.exit(0));
  };
  process.on('disconnect', end);
  const asked = new Map<number, (text: string) => void>();
  process.on('message', (message) => {
    if (!isOurs<ToWorker>(message)) return;
    if (message.justuju === 'stop') end();
    else if (message.justuju === 'metrics') {
      asked.get(message.id)?.(message.text);
      asked.delete(message.id);
    } else {
      log = createLog(message.config);
      service = start(message, log, asked);
    }
  });
  const fall = (error: unknown): void => {
    void sayFall(error, service, log);
  };
  process.on('uncaughtException', fall);
  process.on('unhandledRejection', fall);
  tell({ justuju: 'loaded' });
}

const tell = (message: FromWorker): void => {
  // Where the process above is gone this one ends by that.
  process.send?.(message, undefined, undefined, () => undefined);
};

type Asked = Map<number, (text: string) => void>;

async function start({ config, page, engine }: ToWorker & { readonly justuju: 'start' }, log: Logger, asked: Asked): Promise<Service> {
  let next = 0;
  const metricsOfAll = (): Promise<string> =>
    new Promise((resolve) => {
      next += 1;
      asked.set(next, resolve);
      tell({ justuju: 'ask metrics', id: next });
    });
  try {
    const whole = { ...engine, adminKey: engine.adminKey, stop: () => Promise.resolve() };
    const service = await startService({ config, page, engine: whole, log, metricsOfAll });
    // Answers the process above when it gathers from all.
    AggregatorRegistry.setRegistries([...service.app.metrics.registries]);
    void new AggregatorRegistry();
    tell({ justuju: 'listening', port: service.port });
    return service;
  } catch (error) {
    if (!(error instanceof OperatorError)) log.fatal({ err: error }, 'a worker could not start');
    tell({ justuju: 'failed', message: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

async function stop(service: Promise<Service> | undefined): Promise<void> {
  await (await service?.catch(() => undefined))?.stop();
}

/** A bug: what runs is not to be trusted any more. What it had begun has a second; then another process takes its place. */
async function sayFall(error: unknown, service: Promise<Service> | undefined, log: Logger | undefined): Promise<void> {
  setTimeout(() => process.exit(1), LAST_ANSWERS_MS);
  const running = await service?.catch(() => undefined);
  if (error instanceof OperatorError) process.exit(1);
  if (log === undefined) console.error(error);
  else log.fatal({ err: error, underWay: running?.underWay() ?? [] }, 'a worker failed and is replaced');
  if (running === undefined) process.exit(1);
  await running.stop();
  process.exit(1);
}

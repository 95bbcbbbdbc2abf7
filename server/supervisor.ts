/** The process above the workers: it holds the engine and the port, and puts another worker in the place of one that fell. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';
import { ClusterMemoryStorePrimary } from '@express-rate-limit/cluster-memory-store';
import type { Logger } from 'pino';
import { AggregatorRegistry } from 'prom-client';
import type { Config } from './config.js';
import type { Engine } from './engine/engine.js';
import { OperatorError } from './errors.js';
import type { PageSettings } from './page/settings.js';
import type { ServiceOptions } from './service.js';
import { type FromWorker, isOurs, type ToWorker } from './worker-messages.js';

/** A worker has eight seconds to stop by itself; one that has not by then hangs. */
const KILLED_AFTER_MS = 9_000;

/** Pauses before a worker is replaced: none after a long life, else doubled, so that what falls at once does not fill the log. */
const BACK_OFF = { firstMs: 50, longestMs: 10_000, forgetAfterMs: 10_000 } as const;

/** Metrics of a worker that hangs are not waited for. */
const METRICS_WITHIN_MS = 2_000;

export interface Supervised {
  readonly port: number;
  /** Stops all workers in order. */
  stop(): Promise<void>;
  /** For an exit that leaves no time. */
  stopNow(): void;
}

/**
 * Starts `config.workers` processes and resolves when all listen.
 *
 * @throws OperatorError where they cannot
 */
export async function supervise({ config, page, engine, log }: ServiceOptions): Promise<Supervised> {
  const supervisor = new Supervisor(config, page, engine, log);
  try {
    const ports = await Promise.all(Array.from({ length: config.workers }, () => supervisor.start()));
    supervisor.keep();
    log.info({ workers: config.workers }, `${config.workers} workers answer behind one port`);
    return { port: ports[0] as number, stop: () => supervisor.stop(), stopNow: () => supervisor.stopNow() };
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

class Supervisor {
  private isStopping = false;
  private isKeeping = false;
  private pauseMs: number = BACK_OFF.firstMs;
  private readonly workers = new Set<Worker>();
  private readonly gathered = new AggregatorRegistry();

  constructor(
    private readonly config: Config,
    private readonly page: PageSettings,
    private readonly engine: Engine,
    private readonly log: Logger,
  ) {
    // Requests of one key or address are counted here for all workers.
    new ClusterMemoryStorePrimary().init();
  }

  /** Resolves with the port when the worker listens. */
  start(): Promise<number> {
    const worker = cluster.fork();
    this.workers.add(worker);
    const born = performance.now();
    return new Promise((resolve, reject) => {
      worker.on('message', (message: unknown) => {
        if (!isOurs<FromWorker>(message)) return;
        if (message.justuju === 'loaded') this.begin(worker);
        else if (message.justuju === 'listening') resolve(message.port);
        else if (message.justuju === 'failed') reject(new OperatorError(message.message));
        else void this.answerMetrics(worker, message.id);
      });
      worker.on('error', (error) => this.log.error({ err: error, worker: worker.process.pid }, 'a worker cannot be reached'));
      worker.once('exit', (code, signal) => {
        this.workers.delete(worker);
        reject(new OperatorError(`a worker ended before it listened (${signal ?? `exit status ${code}`})`));
        void this.replace(worker, signal ?? `exit status ${code}`, performance.now() - born);
      });
    });
  }

  private begin(worker: Worker): void {
    const { url, adminKey, open, kind } = this.engine;
    const engine = { url, open, kind, ...(adminKey !== undefined && { adminKey }) };
    this.tell(worker, { justuju: 'start', config: this.config, page: this.page, engine });
  }

  /** From now on who falls is replaced. */
  keep(): void {
    this.isKeeping = true;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const gone = [...this.workers].map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
    for (const worker of this.workers) this.tell(worker, { justuju: 'stop' });
    const late = setTimeout(() => this.stopNow(), KILLED_AFTER_MS);
    await Promise.all(gone);
    clearTimeout(late);
  }

  stopNow(): void {
    this.isStopping = true;
    for (const worker of this.workers) worker.process.kill('SIGKILL');
  }

  private async replace(worker: Worker, how: string, livedMs: number): Promise<void> {
    if (this.isStopping || !this.isKeeping) return;
    this.pauseMs = livedMs >= BACK_OFF.forgetAfterMs ? BACK_OFF.firstMs : Math.min(BACK_OFF.longestMs, this.pauseMs * 2);
    this.log.error({ worker: worker.process.pid, how, replacedInMs: this.pauseMs }, 'a worker is gone and will be replaced');
    await pause(this.pauseMs, undefined, { ref: false });
    if (this.isStopping) return;
    await this.start().then(
      () => this.log.info('another worker has taken its place'),
      (error: unknown) => this.log.error({ err: error }, 'a worker could not be replaced and will be tried again'),
    );
  }

  private async answerMetrics(worker: Worker, id: number): Promise<void> {
    const late = pause(METRICS_WITHIN_MS, '', { ref: false });
    const text = await Promise.race([this.gathered.clusterMetrics().catch(() => ''), late]);
    this.tell(worker, { justuju: 'metrics', id, text });
  }

  private tell(worker: Worker, message: ToWorker): void {
    if (worker.isConnected() || !worker.isDead()) worker.send(message, () => undefined);
  }
}

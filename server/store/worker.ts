import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { EngineHttp } from '../meilisearch/http.js';
import { type Demand, Rests, standBack } from '../stand-back.js';
import { unpackBatch } from './batch.js';
import { currentFolder, numberedFolder } from './layout.js';
import { Lease } from './lease.js';
import { chooseMerge, merge, RETIRED_FOR, sweep } from './merge.js';
import { isWorn, rebuild } from './rebuild.js';
import { type Compared, type Reconciled, Reconciler } from './reconciler.js';
import { type Answer, END, type Progress, type Request, type Write } from './requests.js';
import { StoreError, toStoreError } from './store-error.js';
import { Moved, StoreWriter } from './writer.js';

/** Milliseconds until what another process is at, or what failed, is looked at again. */
const LATER = 5_000;
const AFTER_FAILURE = 30_000;
const MANY_SEGMENTS = 40;

/** One store, wherever it lies, and what is to be done on it between requests. */
class Home {
  private writer: StoreWriter;
  private work: Generator<undefined> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isScheduled = false;
  private isClosed = false;
  private readonly closing = new AbortController();

  constructor(
    private readonly base: string,
    private readonly version: string,
    /** Who merges and rebuilds. */
    private readonly by: string,
    private readonly rests: Rests,
    private readonly warn: (error: unknown) => void,
  ) {
    this.writer = this.writerOf(currentFolder(base) ?? numberedFolder(base, 1));
  }

  act(action: Write): void {
    try {
      perform(this.writer, action);
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      this.follow(error.successor);
      this.act(action);
      return;
    }
    // What is written into a file that somebody has deleted is lost with this process.
    if (!existsSync(this.writer.folder)) throw new StoreError('damaged', 'the folder of the store is gone');
    this.schedule(0);
  }

  /** Makes the store hold what the index holds; anew where it has moved meanwhile, and its documents have other numbers. */
  async reconcile(http: EngineHttp, compared: Compared, progress: (progress: Progress) => void): Promise<Reconciled | undefined> {
    const lease = new Lease(join(this.base, 'reconciling'));
    for (;;) {
      const { writer } = this;
      const check = (): void => {
        this.closing.signal.throwIfAborted();
        if (this.writer !== writer) throw new Moved(Number(basename(this.writer.folder)));
      };
      try {
        const reconciler = new Reconciler({ writer, check, written: () => this.schedule(0) }, http, compared, progress);
        return await (compared.keys === undefined ? reconciler.all(lease) : reconciler.some(compared.keys));
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
        if (this.writer === writer) this.follow(error.successor);
      }
    }
  }

  close(): Promise<void> {
    this.isClosed = true;
    this.closing.abort();
    clearTimeout(this.timer);
    this.work?.return(undefined);
    return this.writer.close();
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    if (this.isClosed || this.isScheduled) return;
    this.isScheduled = delay === 0;
    if (delay > 0) this.timer = setTimeout(() => this.schedule(0), delay).unref();
    else {
      const rest = this.isInPieces() ? 0 : this.rests.due();
      if (rest > 0) setTimeout(() => this.run(), rest);
      else setImmediate(() => this.run());
    }
  }

  private run(): void {
    this.isScheduled = false;
    if (this.isClosed) return;
    let delay: number | undefined;
    try {
      const slices = this.isInPieces() ? 4 : 1;
      for (let slice = 0; slice < slices && (slice === 0 || delay === 0); slice += 1) delay = this.step();
    } catch (error) {
      this.work = undefined;
      delay = error instanceof Moved ? 0 : AFTER_FAILURE;
      if (error instanceof Moved) this.follow(error.successor);
      else this.warn(error);
    }
    if (delay !== undefined) this.schedule(delay);
  }

  /** So many segments slow searches down: then merging comes before writing, and before rests. */
  private isInPieces(): boolean {
    return this.writer.current.now.segments.length > MANY_SEGMENTS;
  }

  /** Does a slice of what is to be done, between two requests. Returns after how many milliseconds the next is to be done; undefined: there is nothing. */
  private step(): number | undefined {
    this.work ??= this.nextWork();
    const { claim, retired } = this.writer.current.now;
    if (this.work === undefined) return retired[0] && Math.max(1, retired[0].at + RETIRED_FOR - Date.now());
    if (this.work.next().done !== true) return 0;
    this.work = undefined;
    // Another process has it in hand: this one waits.
    return claim !== null && claim.by !== this.by ? LATER : 0;
  }

  private nextWork(): Generator<undefined> | undefined {
    const { current } = this.writer;
    const { successor, retired } = current.now;
    if (successor !== null) throw new Moved(successor);
    if (isWorn(current)) return rebuild(this.writer, this.version, this.by);
    // First what gives pages back, so that the next merge can have them.
    if (retired[0] !== undefined && Date.now() - retired[0].at >= RETIRED_FOR) return sweep(this.writer, RETIRED_FOR);
    const sources = chooseMerge(current);
    return sources.length > 0 ? merge(this.writer, sources, this.by) : undefined;
  }

  private writerOf(folder: string): StoreWriter {
    return new StoreWriter(folder, this.version, () => this.rests.takeLocked());
  }

  /** Readers that still have the old folder open keep what is in it until they follow too. */
  private follow(successor: number): void {
    const { folder } = this.writer;
    void this.writer.close();
    this.writer = this.writerOf(numberedFolder(this.base, successor));
    if (basename(folder) !== String(successor)) rmSync(folder, { recursive: true, force: true });
  }
}

function perform(writer: StoreWriter, action: Write): void {
  if (action.do === 'add') writer.add(unpackBatch(action.batch), action.task);
  else if (action.do === 'remove') writer.remove(action.keys, action.task);
  else if (action.do === 'settle') writer.settle(action.task, action.succeeded);
  else if (action.do === 'note') writer.note(action.sync);
  else if (action.do === 'configure') writer.configure(action.settings);
  // That it is open is all that is asked.
  else writer.write(() => undefined);
}

/** The thread that writes to the stores of a process, one request after the other. */
class Worker {
  private readonly homes = new Map<string, Home>();
  /** By address of Meilisearch. */
  private readonly engines = new Map<string, EngineHttp>();
  private readonly by = randomUUID();

  constructor(
    private readonly port: MessagePort,
    private readonly version: string,
    private readonly rests: Rests,
  ) {}

  listen(): void {
    this.port.on('message', (request: Request | typeof END) => {
      // Here lmdb is not at work. Ended from outside while it opens a store, it takes the whole process with it.
      if (request === END) process.exit();
      void this.answer(request);
    });
  }

  /** What went wrong with a store. One whose folder somebody has deleted meanwhile is lost, whatever else failed: it is to be built anew. */
  private static faultOf(error: unknown, folder: string): StoreError {
    const found = toStoreError(error);
    return found.fault === 'failed' && !existsSync(folder)
      ? new StoreError('damaged', `the folder of the store is gone (${found.message})`)
      : found;
  }

  private async answer({ id, folder, action }: Request): Promise<void> {
    let answer: Answer = { id };
    try {
      if (action.do === 'close') {
        const home = this.homes.get(folder);
        this.homes.delete(folder);
        await home?.close();
      } else if (action.do === 'reconcile') {
        const progress = (progress: Progress): void => this.port.postMessage({ id, progress } satisfies Answer);
        answer = { id, result: await this.homeOf(folder).reconcile(this.engineAt(action.engine.url), action, progress) };
      } else this.homeOf(folder).act(action);
    } catch (error) {
      const { fault, message } = Worker.faultOf(error, folder);
      answer = { id, fault, message };
    }
    this.port.postMessage(answer);
  }

  private engineAt(url: string): EngineHttp {
    const http = this.engines.get(url) ?? new EngineHttp(url);
    this.engines.set(url, http);
    return http;
  }

  private homeOf(folder: string): Home {
    let home = this.homes.get(folder);
    if (home === undefined) {
      const warn = (error: unknown): void => {
        const { fault, message } = Worker.faultOf(error, folder);
        this.port.postMessage({ id: undefined, folder, fault, message } satisfies Answer);
      };
      home = new Home(folder, this.version, this.by, this.rests, warn);
      this.homes.set(folder, home);
    }
    return home;
  }
}

if (parentPort !== null) {
  standBack();
  const { version, demand } = workerData as { readonly version: string; readonly demand: Demand };
  new Worker(parentPort, version, new Rests(demand)).listen();
}

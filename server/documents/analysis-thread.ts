import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import type { Logger } from 'pino';
import { BadRequest, JustujuError } from '../errors.js';
import type { Written } from '../store/synchronized-index.js';
import { Thread, threadFile } from '../thread.js';
import type { Analysis, AnalysisOptions } from './analysis.js';
import { createRoom, type FromAnalysis, giveEach, type ToAnalysis, type ToThread, takenFrom } from './analysis-messages.js';
import type { Language } from './language.js';
import { Queue } from './queue.js';
import type { First, Listener } from './with-shadows.js';

/** The thread fell while an upload was in it. */
export class AnalysisFellError extends JustujuError {
  constructor() {
    super(
      500,
      'internal',
      'internal',
      'The analysis of this upload was broken off, and nothing of it was taken. Send it again; if that fails too, send fewer documents at once.',
    );
  }
}

/** The service stops: nobody need be told in the log. */
class StoppedError extends JustujuError {
  constructor() {
    super(503, 'internal', 'system', 'Justuju stops, and nothing of this upload was taken. Send it again in a moment.');
  }
}

/** Analyzes large uploads in a thread of their own: a text of a megabyte takes a third of a second, in which no search could be answered. */
export class AnalysisThread {
  private readonly thread: Thread<ToThread>;
  private isClosed = false;

  constructor(log: Logger) {
    this.thread = new Thread({
      file: threadFile('server/documents/analysis-worker'),
      standsBack: true,
      onFault: (error) => log.error({ err: error }, 'the thread that analyzes uploads failed; the next upload gets a new one'),
    });
  }

  analyze(body: AsyncIterable<Buffer>, options: AnalysisOptions, listener: Listener): Analysis {
    const { port1, port2 } = new MessageChannel();
    const forget = this.ask({ do: 'analyze', port: port2, options }, [port2]);
    return new RemoteAnalysis(port1, body, listener, { reason: this.fallen, forget });
  }

  /** As `languageOfFirst`. */
  findLanguage({ beginning, ...first }: First): Promise<Language> {
    const { port1, port2 } = new MessageChannel();
    const copy = new Uint8Array(beginning);
    const forget = this.ask({ do: 'find language', port: port2, beginning: copy, ...first }, [port2, copy.buffer]);
    let isHeard = false;
    return new Promise<Language>((resolve, reject) => {
      port1.on('message', (message: FromAnalysis) => {
        isHeard = true;
        if (message.is === 'language') resolve(message.language);
        else reject(message.is === 'failed' && message.error !== undefined ? message.error : this.fallen());
      });
      port1.on('close', () => {
        if (!isHeard) forget();
        reject(this.fallen());
      });
    }).finally(() => port1.close());
  }

  /** What is under way is broken off. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.thread.terminate();
  }

  private ask(message: ToThread, handedOver: readonly Transferable[]): () => void {
    if (this.isClosed) throw new StoppedError();
    return this.thread.post(message, handedOver);
  }

  private readonly fallen = (): JustujuError => (this.isClosed ? new StoppedError() : new AnalysisFellError());
}

/** What is done when the thread is gone. */
interface Gone {
  /** Why it is. */
  readonly reason: () => JustujuError;
  /** The next upload must not go to it: a port closes before the end of a thread is told. */
  readonly forget: () => void;
}

/** An upload that is analyzed in the other thread, as this one sees it. */
class RemoteAnalysis implements Analysis {
  readonly lines: AsyncGenerator<Buffer>;
  private readonly pieces = new Queue<Buffer | undefined>();
  private readonly room = createRoom();
  private written: Written | undefined;
  private failure: Error | undefined;
  private isClosed = false;

  constructor(
    private readonly port: MessagePort,
    body: AsyncIterable<Buffer>,
    private readonly listener: Listener,
    private readonly gone: Gone,
  ) {
    port.on('message', (message: FromAnalysis) => this.hear(message));
    port.on('close', () => {
      if (!this.isClosed) gone.forget();
      this.end(gone.reason());
    });
    this.lines = takenFrom(this.pieces, () => this.tell({ is: 'taken' }));
    void this.feed(body);
  }

  take(): Written | undefined {
    return this.written;
  }

  close(): void {
    this.isClosed = true;
    this.port.close();
  }

  private async feed(body: AsyncIterable<Buffer>): Promise<void> {
    try {
      await giveEach(body, this.room, (bytes) => this.tell({ is: 'piece', bytes }, bytes.buffer));
      this.tell({ is: 'end' });
    } catch (error) {
      this.fail(error as Error);
    }
  }

  private hear(message: FromAnalysis): void {
    if (message.is === 'lines') this.pieces.push(Buffer.from(message.bytes.buffer));
    else if (message.is === 'taken') this.room.push(undefined);
    else if (message.is === 'broken') this.listener.onBroken?.();
    else if (message.is === 'cut off') void this.findOut(message.cut);
    else if (message.is === 'refused') this.end(new BadRequest(message.message, message.code, message.status));
    else if (message.is === 'failed') this.end(message.error ?? this.failure ?? this.gone.reason());
    else if (message.is === 'done') {
      this.written = { batches: [message.batch], changed: message.changed };
      this.pieces.push(undefined);
    }
  }

  private async findOut(cut: Parameters<NonNullable<Listener['onCutOff']>>[0]): Promise<void> {
    try {
      this.tell({ is: 'cut off', isLeftOut: (await this.listener.onCutOff?.(cut)) ?? false });
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** The other thread tells in its turn that it failed: what it had read before goes first. */
  private fail(error: Error): void {
    this.failure ??= error;
    this.tell({ is: 'failed' });
  }

  private end(error: Error): void {
    this.room.fail(error);
    this.pieces.fail(error);
  }

  private tell(message: ToAnalysis, handedOver?: ArrayBuffer): void {
    this.port.postMessage(message, handedOver === undefined ? [] : [handedOver]);
  }
}

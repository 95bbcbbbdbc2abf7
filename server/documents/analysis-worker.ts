import { setPriority } from 'node:os';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { JustujuError } from '../errors.js';
import { packBatch } from '../store/batch.js';
import type { AnalysisOptions } from './analysis.js';
import { createRoom, type FromAnalysis, giveEach, type ToAnalysis, type ToThread, takenFrom } from './analysis-messages.js';
import { DocumentEncoder } from './document-encoder.js';
import { Queue } from './queue.js';
import { languageOfFirst, withShadows } from './with-shadows.js';

/** How much this thread stands back behind the others: a third of their share where all want the processor. Uploads of one client that loads a collection are no slower by it than at 0. */
const NICE = 5;

/** What failed stands on the other side. */
const THEIRS = new Error('the body of the upload failed');

/** One upload in this thread. */
class Upload {
  private readonly pieces = new Queue<Buffer | undefined>();
  private readonly room = createRoom();
  private readonly isLeftOut = new Queue<boolean>();

  constructor(
    private readonly port: MessagePort,
    private readonly options: AnalysisOptions,
  ) {
    port.on('message', (message: ToAnalysis) => this.hear(message));
    port.on('close', () => this.fail(THEIRS));
  }

  async run(): Promise<void> {
    const { primaryKey, ...options } = this.options;
    const encoder = new DocumentEncoder(primaryKey);
    const lines = withShadows(
      takenFrom(this.pieces, () => this.tell({ is: 'taken' })),
      {
        ...options,
        encoder,
        onBroken: () => this.tell({ is: 'broken' }),
        onCutOff: (cut) => {
          this.tell({ is: 'cut off', cut });
          return this.isLeftOut.take();
        },
      },
    );
    try {
      await giveEach(lines, this.room, (bytes) => this.tell({ is: 'lines', bytes }, bytes.buffer));
      const batch = packBatch(encoder.batch.take());
      this.tell({ is: 'done', batch, changed: encoder.changed }, batch.buffer);
    } catch (error) {
      this.tell(told(error));
    }
  }

  private hear(message: ToAnalysis): void {
    if (message.is === 'piece') this.pieces.push(Buffer.from(message.bytes.buffer));
    else if (message.is === 'end') this.pieces.push(undefined);
    else if (message.is === 'taken') this.room.push(undefined);
    else if (message.is === 'cut off') this.isLeftOut.push(message.isLeftOut);
    else this.fail(THEIRS);
  }

  private fail(error: Error): void {
    for (const queue of [this.pieces, this.room, this.isLeftOut]) queue.fail(error);
  }

  private tell(message: FromAnalysis, handedOver?: ArrayBuffer): void {
    this.port.postMessage(message, handedOver === undefined ? [] : [handedOver]);
  }
}

function told(error: unknown): FromAnalysis {
  if (error === THEIRS) return { is: 'failed' };
  if (!(error instanceof JustujuError)) return { is: 'failed', error: error as Error };
  const { status, code, message } = error;
  return { is: 'refused', status, code, message };
}

async function tellLanguage({ port, ...first }: ToThread & { readonly do: 'find language' }): Promise<void> {
  const message = await languageOfFirst(first).then((language): FromAnalysis => ({ is: 'language', language }), told);
  port.postMessage(message);
}

/** Searches and Meilisearch come first. Linux has a priority for each thread; elsewhere this would be the whole process's. */
function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(NICE);
  } catch {
    // A sandbox may forbid it: then uploads are as quick as all else.
  }
}

if (parentPort !== null) {
  standBack();
  parentPort.on('message', (asked: ToThread) => {
    if (asked.do === 'analyze') void new Upload(asked.port, asked.options).run();
    else void tellLanguage(asked);
  });
}

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { JustujuError } from '../errors.js';
import { type Demand, Rests, standBack } from '../stand-back.js';
import { packBatch } from '../store/batch.js';
import type { AnalysisOptions } from './analysis.js';
import { createRoom, type FromAnalysis, giveEach, type ToAnalysis, type ToThread, takenFrom } from './analysis-messages.js';
import { DocumentEncoder } from './document-encoder.js';
import { Queue } from './queue.js';
import { languageOfFirst, withShadows } from './with-shadows.js';

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
    private readonly rests: Rests,
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
      await giveEach(withRests(lines, this.rests), this.room, (bytes) => this.tell({ is: 'lines', bytes }, bytes.buffer));
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

async function* withRests(pieces: AsyncIterable<Buffer>, rests: Rests): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield piece;
    await rests.take();
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

if (parentPort !== null) {
  standBack();
  const rests = new Rests((workerData as { readonly demand: Demand }).demand);
  parentPort.on('message', (asked: ToThread) => {
    if (asked.do === 'analyze') void new Upload(asked.port, asked.options, rests).run();
    else void tellLanguage(asked);
  });
}

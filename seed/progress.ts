import { Presets, SingleBar } from 'cli-progress';

/** Progress on stderr: a bar for a person at a terminal, plain lines for a log. */
export interface Progress {
  file(name: string, done: number, all: number): void;
  step(text: string): void;
  end(): void;
}

/** Milliseconds between two plain lines about files. */
const EVERY_MS = 2_000;

export function showProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(stream) : plainLines(stream);
}

function bar(stream: NodeJS.WriteStream): Progress {
  const single = new SingleBar(
    { stream, format: 'reading {bar} {value}/{total} files  {step}', hideCursor: true, clearOnComplete: true, gracefulExit: false },
    Presets.shades_classic,
  );
  let started = false;
  let last = '';
  return {
    file(_name, done, all) {
      if (!started) single.start(all, 0, { step: last });
      started = true;
      single.update(done);
    },
    step(text) {
      last = text;
      if (started) single.update({ step: text });
    },
    end() {
      if (started) single.stop();
    },
  };
}

function plainLines(stream: NodeJS.WriteStream): Progress {
  let saidAt = 0;
  return {
    file(_name, done, all) {
      if (done < all && Date.now() - saidAt < EVERY_MS) return;
      saidAt = Date.now();
      stream.write(`read ${done} of ${all} files\n`);
    },
    step(text) {
      stream.write(`${text}\n`);
    },
    end() {},
  };
}

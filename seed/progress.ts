import { Presets, SingleBar } from 'cli-progress';

/** Progress on stderr: a bar for a person at a terminal, plain lines for a log. */
export interface Progress {
  /** A source is done: how many of how many, and how many articles so far. */
  file(name: string, done: number, all: number, articles: number): void;
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
    {
      stream,
      format: 'reading {bar} {value}/{total} files, {rate} articles/s, {eta_formatted} left  {step}',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  const begun = Date.now();
  let started = false;
  let last = '';
  return {
    file(_name, done, all, articles) {
      if (!started) single.start(all, 0, { step: last, rate: 0 });
      started = true;
      single.setTotal(all);
      single.update(done, { rate: Math.round((articles * 1_000) / Math.max(1, Date.now() - begun)) });
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
    file(_name, done, all, articles) {
      if (done < all && Date.now() - saidAt < EVERY_MS) return;
      saidAt = Date.now();
      stream.write(`read ${done} of ${all} files, ${articles} articles\n`);
    },
    step(text) {
      stream.write(`${text}\n`);
    },
    end() {},
  };
}

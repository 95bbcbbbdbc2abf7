/** What a search is made of: reading the query, finding candidates in the store, having Meilisearch verify and count, marking the hits. */
export const STEPS = ['understand', 'retrieve', 'verify', 'mark'] as const;
export type Step = (typeof STEPS)[number];

/** How long the steps of one search took, in milliseconds. A step that was taken several times counts together. */
export class StepTimes {
  private readonly times = new Map<Step, number>();

  /** @param started of `performance.now()` */
  add(step: Step, started: number): void {
    this.times.set(step, (this.times.get(step) ?? 0) + performance.now() - started);
  }

  /** Those that were taken. */
  entries(): Iterable<[Step, number]> {
    return this.times.entries();
  }

  /** For logs: rounded to hundredths. */
  toJSON(): Readonly<Partial<Record<Step, number>>> {
    return Object.fromEntries([...this.times].map(([step, time]) => [step, Math.round(time * 100) / 100]));
  }
}

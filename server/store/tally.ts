import type { CountChange } from './dictionary.js';
import { Growing } from './growing.js';

/** Adds up changes of counts by number. */
export class Tally {
  private readonly changes = new Growing();
  private readonly touched = new Growing();

  add(number: number, change: number): void {
    const before = this.changes.at(number);
    if (before === 0) this.touched.push(number);
    this.changes.set(number, before + change);
  }

  /** What was added up; afterwards nothing is. */
  take(): CountChange {
    const numbers = new Growing();
    const changes = new Growing();
    for (const number of this.touched.view()) {
      const change = this.changes.at(number);
      if (change === 0) continue;
      numbers.push(number);
      changes.push(change);
      this.changes.set(number, 0);
    }
    this.touched.clear();
    return { numbers: numbers.view().slice(), changes: new Int32Array(changes.view().slice().buffer) };
  }
}

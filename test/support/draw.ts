/** Random choices that a seed repeats: the same seed, the same requests. */
export class Draw {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  of<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to draw from');
    return list[this.whole(0, list.length - 1)] as T;
  }

  /** From one to `most` different ones, in any order. */
  some<T>(list: readonly T[], most: number = list.length): T[] {
    const left = [...list];
    const taken: T[] = [];
    for (let count = this.whole(1, Math.min(most, left.length)); count > 0; count -= 1)
      taken.push(...left.splice(this.whole(0, left.length - 1), 1));
    return taken;
  }

  /** One of the values, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    throw new Error('nothing to draw from');
  }
}

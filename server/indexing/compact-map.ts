import { hash as digest } from 'node:crypto';

/**
 * Strings to strings, kept as hashes of 64 bits each: 16 bytes an entry and no objects, so that millions fit. It tells whether a value is the one that was put, not what
 * it was. Two of a million different strings meet with a chance of one in forty million.
 */
export class CompactMap {
  size = 0;
  private keys = new BigUint64Array(1 << 12);
  private values = new BigUint64Array(1 << 12);
  /** One bit of state per slot: what was asked for by `take`. */
  private taken = new Uint8Array(1 << 12);

  set(key: string, value: string): void {
    if (this.size >= this.keys.length * 0.6) this.grow();
    this.put(hash64(key), hash64(value), 0);
  }

  /** As if it had been asked for by `take`. */
  setTaken(key: string, value: string): void {
    this.set(key, value);
    this.taken[this.slotOf(hash64(key))] = 1;
  }

  has(key: string): boolean {
    return this.keys[this.slotOf(hash64(key))] !== 0n;
  }

  /** Whether `key` is there with this value; undefined where it is not there at all. Notes that it was asked for. */
  take(key: string, value: string): boolean | undefined {
    const slot = this.slotOf(hash64(key));
    if (this.keys[slot] === 0n) return undefined;
    this.taken[slot] = 1;
    return this.values[slot] === hash64(value);
  }

  /** Whether `take` was asked for `key`. */
  wasTaken(key: string): boolean {
    return this.taken[this.slotOf(hash64(key))] === 1;
  }

  private put(key: bigint, value: bigint, taken: number): void {
    const slot = this.slotOf(key);
    if (this.keys[slot] === 0n) this.size += 1;
    this.keys[slot] = key;
    this.values[slot] = value;
    this.taken[slot] = taken;
  }

  /** Open addressing with linear probing: the slot of the key, or the empty one where it would stand. */
  private slotOf(key: bigint): number {
    const mask = this.keys.length - 1;
    let slot = Number(key & BigInt(mask));
    while (this.keys[slot] !== 0n && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const [keys, values, taken] = [this.keys, this.values, this.taken];
    const length = keys.length * 2;
    this.keys = new BigUint64Array(length);
    this.values = new BigUint64Array(length);
    this.taken = new Uint8Array(length);
    this.size = 0;
    keys.forEach((key, i) => {
      if (key !== 0n) this.put(key, values[i] ?? 0n, taken[i] ?? 0);
    });
  }
}

/** Zero is the sign of an empty slot. */
function hash64(text: string): bigint {
  const hash = digest('sha1', text, 'buffer').readBigUInt64LE(0);
  return hash === 0n ? 1n : hash;
}

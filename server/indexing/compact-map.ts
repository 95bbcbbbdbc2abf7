import { hash as digest } from 'node:crypto';
import { MOST_IN_MEMORY, newPages, PAGE } from './hash-pages.js';

/** 64 bits in two halves: a `bigint` for each key would be an object. */
interface Hash {
  readonly high: number;
  readonly low: number;
}

/** Numbers of an entry: both halves of the key, both of the value, and whether it was asked for by `take`. */
const ENTRY = 5;
/** A page begins with the number of its entries. */
const FULL = Math.floor((PAGE - 1) / ENTRY);

/**
 * Strings to strings, kept as hashes of 64 bits each. It tells whether a value is the one that was put, not what it was. Two of a million different strings meet with a
 * chance of one in forty million.
 *
 * An entry stands in the page that the first bits of its hash name; when a page is full, each is parted in two by the next bit. So it grows by reading and writing in order,
 * and what does not fit into 4 MiB (some 150,000 entries) lies in a file: memory is the same for any number of them, and one is looked up by reading one page.
 */
export class CompactMap {
  size = 0;
  /** First bits of a hash that name its page. */
  private bits = 0;
  private pages;
  /** Where the key stands that was looked for last, or where it would. */
  private page: Uint32Array;
  private at = 1;

  /** @param mostInMemory pages of 4 KiB */
  constructor(private readonly mostInMemory = MOST_IN_MEMORY) {
    this.pages = newPages(1, mostInMemory);
    this.page = this.pages.at(0);
  }

  set(key: string, value: string): void {
    this.put(hash64(key), hash64(value), 0);
  }

  /** As if it had been asked for by `take`. */
  setTaken(key: string, value: string): void {
    this.put(hash64(key), hash64(value), 1);
  }

  /**
   * Puts a key that is not there yet, with a number in place of a value.
   *
   * @param value from 0, below 2^32
   * @returns whether it was not there
   */
  add(key: string, value = 0): boolean {
    const hash = hash64(key);
    if (this.find(hash)) return false;
    this.put(hash, { high: 0, low: value }, 0);
    return true;
  }

  has(key: string): boolean {
    return this.find(hash64(key));
  }

  /** Of a key that came by `add`; undefined where it is not there. */
  numberOf(key: string): number | undefined {
    return this.find(hash64(key)) ? this.page[this.at + 3] : undefined;
  }

  /** Whether `key` is there with this value; undefined where it is not there at all. Notes that it was asked for. */
  take(key: string, value: string): boolean | undefined {
    if (!this.find(hash64(key))) return undefined;
    const { page, at } = this;
    if (page[at + 4] !== 1) {
      page[at + 4] = 1;
      this.pages.touch();
    }
    const { high, low } = hash64(value);
    return page[at + 2] === high && page[at + 3] === low;
  }

  /** Whether `take` was asked for `key`. */
  wasTaken(key: string): boolean {
    return this.find(hash64(key)) && this.page[this.at + 4] === 1;
  }

  private find(key: Hash): boolean {
    const page = this.pages.at(this.bits === 0 ? 0 : key.high >>> (32 - this.bits));
    const end = 1 + (page[0] ?? 0) * ENTRY;
    let at = 1;
    while (at < end && (page[at] !== key.high || page[at + 1] !== key.low)) at += ENTRY;
    this.page = page;
    this.at = at;
    return at < end;
  }

  private put(key: Hash, value: Hash, taken: number): void {
    let isThere = this.find(key);
    while (!isThere && this.page[0] === FULL) {
      this.double();
      isThere = this.find(key);
    }
    const { page, at } = this;
    if (!isThere) {
      this.size += 1;
      page[0] = (page[0] ?? 0) + 1;
    }
    page[at] = key.high;
    page[at + 1] = key.low;
    page[at + 2] = value.high;
    page[at + 3] = value.low;
    page[at + 4] = taken;
    this.pages.touch();
  }

  private double(): void {
    const { pages } = this;
    const larger = newPages(pages.count * 2, this.mostInMemory);
    this.bits += 1;
    for (let number = 0; number < pages.count; number += 1) {
      const page = pages.at(number);
      for (const bit of [0, 1]) {
        copyEntries(page, larger.at(number * 2 + bit), (high) => ((high >>> (32 - this.bits)) & 1) === bit);
        larger.touch();
      }
    }
    pages.close();
    this.pages = larger;
  }
}

function copyEntries(from: Uint32Array, to: Uint32Array, isWanted: (high: number) => boolean): void {
  let end = 1;
  for (let at = 1, count = from[0] ?? 0; at < 1 + count * ENTRY; at += ENTRY) {
    if (!isWanted(from[at] ?? 0)) continue;
    to.set(from.subarray(at, at + ENTRY), end);
    end += ENTRY;
  }
  to[0] = (end - 1) / ENTRY;
}

function hash64(text: string): Hash {
  const hex = digest('sha1', text, 'hex');
  return { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8, 16), 16) };
}

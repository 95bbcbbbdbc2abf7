/** Numbers of four bytes in an array that grows; those not written yet are 0. */
export class Growing {
  length: number;
  private numbers: Uint32Array<ArrayBuffer>;

  /** @param room for how many it is made at least: what is not written takes no memory, and to make room later copies all that is there */
  constructor(numbers: Uint32Array = new Uint32Array(0), room = 1024) {
    this.length = numbers.length;
    this.numbers = new Uint32Array(Math.max(room, numbers.length));
    this.numbers.set(numbers);
  }

  at(index: number): number {
    return this.numbers[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.length) this.resize(index + 1);
    this.numbers[index] = value;
  }

  push(value: number): void {
    if (this.length === this.numbers.length) this.makeRoom(this.length + 1);
    this.numbers[this.length++] = value;
  }

  /** Those in use, as a view. */
  view(): Uint32Array<ArrayBuffer> {
    return this.numbers.subarray(0, this.length);
  }

  clear(): void {
    this.numbers.fill(0, 0, this.length);
    this.length = 0;
  }

  private resize(length: number): void {
    if (length > this.numbers.length) this.makeRoom(length);
    this.length = length;
  }

  private makeRoom(length: number): void {
    const grown = new Uint32Array(Math.max(length, Math.ceil(this.numbers.length * 1.5)));
    grown.set(this.view());
    this.numbers = grown;
  }
}

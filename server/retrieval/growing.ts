/** Numbers of four bytes in an array that grows; those not written yet are 0. */
export class Growing {
  private numbers: Uint32Array<ArrayBuffer>;

  constructor(
    public length = 0,
    numbers?: Uint32Array,
  ) {
    this.numbers = new Uint32Array(Math.max(1024, length, numbers?.length ?? 0));
    if (numbers !== undefined) {
      this.numbers.set(numbers);
      this.length = Math.max(length, numbers.length);
    }
  }

  at(index: number): number {
    return this.numbers[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.length) this.resize(index + 1);
    this.numbers[index] = value;
  }

  push(value: number): void {
    this.set(this.length, value);
  }

  append(values: Uint32Array): void {
    const at = this.length;
    this.resize(at + values.length);
    this.numbers.set(values, at);
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
    if (length > this.numbers.length) {
      const grown = new Uint32Array(Math.max(length, Math.ceil(this.numbers.length * 1.5)));
      grown.set(this.view());
      this.numbers = grown;
    }
    this.length = length;
  }
}

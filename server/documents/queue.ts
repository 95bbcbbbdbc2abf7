/** What comes, taken one by one in the order in which it came. */
export class Queue<T> {
  private readonly items: T[];
  private waiting: { readonly resolve: (item: T) => void; readonly reject: (error: Error) => void } | undefined;
  private end: { readonly error: Error } | undefined;

  constructor(items: readonly T[] = []) {
    this.items = [...items];
  }

  push(item: T): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined) this.items.push(item);
    else waiting.resolve(item);
  }

  /** Nothing more comes: whoever takes more than came before is told why. */
  fail(error: Error): void {
    this.end ??= { error };
    this.waiting?.reject(error);
    this.waiting = undefined;
  }

  /** The next one, as soon as it is there. For one taker at a time. */
  take(): Promise<T> {
    if (this.items.length > 0) return Promise.resolve(this.items.shift() as T);
    const { end } = this;
    return new Promise((resolve, reject) => {
      if (end === undefined) this.waiting = { resolve, reject };
      else reject(end.error);
    });
  }
}

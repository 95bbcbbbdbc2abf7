/** Browser storage that may not be there: private windows and strict settings make even reading `localStorage` throw. */

/** The part of `Storage` that is used here. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Memory {
  get(): string | undefined;
  set(value: string | undefined): void;
}

/** `store` is a function because the mere mention of `localStorage` may throw. Without it: remembered until the page is closed. */
export function memory(store: () => Store, key: string): Memory {
  let kept: string | undefined;
  return {
    get() {
      try {
        return store().getItem(key) ?? kept;
      } catch {
        return kept;
      }
    },
    set(value) {
      kept = value;
      try {
        if (value === undefined) store().removeItem(key);
        else store().setItem(key, value);
      } catch {
        // Kept above, for as long as the page is open.
      }
    },
  };
}

/** What was kept as JSON; what somebody else has put there is as good as nothing. */
export function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null') as unknown;
  } catch {
    return undefined;
  }
}

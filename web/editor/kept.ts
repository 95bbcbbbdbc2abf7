/** What is remembered until the tab is closed: private windows and strict settings may forbid even that. */
export function kept(name: string): { get(): string | undefined; set(value: string | undefined): void } {
  let here: string | undefined;
  return {
    get() {
      try {
        return sessionStorage.getItem(name) ?? here;
      } catch {
        return here;
      }
    },
    set(value) {
      here = value;
      try {
        if (value === undefined) sessionStorage.removeItem(name);
        else sessionStorage.setItem(name, value);
      } catch {
        // Kept above, for as long as the page is open.
      }
    },
  };
}

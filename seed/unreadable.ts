/** What lies in a source that cannot be read, and what to do about it. Formats throw it; the run names it and goes on with the next source. */
export class Unreadable extends Error {
  constructor(
    /** Goes on "the file ...": "is UTF-16, not UTF-8". */
    readonly reason: string,
    readonly wayOut: string,
  ) {
    super(reason);
  }
}

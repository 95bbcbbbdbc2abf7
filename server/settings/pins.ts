import { needOf, readText } from './need.js';

/** "For this query, in any spelling, show these articles first, until that date." As it stands in the note of the index. */
export interface Pin {
  /** As the editor typed it. */
  readonly query: string;
  /** What that was read as when the pin was set, as terms; undefined: as it was typed. In words rather than roots: a later analyzer makes its own of them. */
  readonly readAs?: string;
  /** Primary keys, in the order in which they are shown. */
  readonly documents: readonly string[];
  /** Up to that moment, in ISO 8601; undefined: for good. */
  readonly until?: string;
}

/** The name under which settings on their way into an index hold its pins: between `clientSettingsOf` and `toApplied`, and in backups. No client can set it. */
export const PINS_SETTING = '_justujuPins';

/** Whether a value of a note or a backup is what pins are. */
export const arePins = (value: unknown): value is readonly Pin[] => Array.isArray(value) && value.every(isPin);

const isPin = (value: unknown): value is Pin => {
  const { query, readAs, documents, until } = (value ?? {}) as Partial<Record<keyof Pin, unknown>>;
  const isText = (text: unknown): boolean => text === undefined || typeof text === 'string';
  return (
    typeof query === 'string' &&
    isText(readAs) &&
    isText(until) &&
    Array.isArray(documents) &&
    documents.every((id) => typeof id === 'string')
  );
};

/** What a pin is known by: two for the same need are one. */
export const needOfPin = ({ query, readAs }: Pick<Pin, 'query' | 'readAs'>): string => needOf({ words: [readText(readAs ?? query)] });

/** The pins of an index, ready to be looked up by what a query asks for. */
export class Pins {
  static readonly NONE = new Pins([]);
  private readonly byNeed: ReadonlyMap<string, { readonly documents: readonly string[]; readonly until: number }>;

  constructor(readonly all: readonly Pin[]) {
    this.byNeed = new Map(
      all.map((pin) => [
        needOfPin(pin),
        { documents: pin.documents, until: pin.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(pin.until) },
      ]),
    );
  }

  get isEmpty(): boolean {
    return this.byNeed.size === 0;
  }

  /** The primary keys that are shown first for a need, at a moment in milliseconds since 1970. */
  of(need: string, now: number): readonly string[] {
    const pin = this.byNeed.get(need);
    return pin === undefined || pin.until <= now ? [] : pin.documents;
  }
}

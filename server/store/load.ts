import type { NewWords } from './dictionary.js';
import { META, readNumber, type Tables, unpack } from './layout.js';
import { type Change, type Checkpoint, State } from './state.js';

/** Reads the state of a store as of its last checkpoint, a part after each turn: the changes since then are still to be applied. */
export function* loadCheckpoint(tables: Tables): Generator<undefined, State> {
  const state = new State();
  const bytes = tables.meta.getBinary(META.checkpoint);
  if (bytes === undefined) return state;
  const checkpoint = unpack<Checkpoint>(bytes);
  for (let part = 0; part < checkpoint.parts; part += 1) {
    yield;
    const words = tables.words.getBinary(part);
    if (words !== undefined) state.dictionary.add(unpack<NewWords>(words));
  }
  yield;
  state.restore(checkpoint);
  return state;
}

/** Whether the log still holds the change after a generation, or there is none yet. */
export const isInLog = (tables: Tables, generation: number): boolean =>
  generation === readNumber(tables.meta, META.generation) || tables.log.doesExist(generation + 1);

/** Changes of so many bytes together are applied at once, whatever the time: those that single writes made, which take well below a millisecond each. */
const AT_ONCE = 32 * 1024;

/**
 * Applies the changes that the log holds beyond a state: all of them, or some and then on until time is up.
 *
 * @param until a time of `performance.now()`
 */
export function catchUp(tables: Tables, state: State, until = Number.POSITIVE_INFINITY): void {
  const generation = readNumber(tables.meta, META.generation);
  let applied = 0;
  while (state.generation < generation && (applied < AT_ONCE || performance.now() < until)) {
    const change = tables.log.getBinary(state.generation + 1) as Buffer;
    applied += change.length;
    state.apply(unpack<Change>(change));
  }
}

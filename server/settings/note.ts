import { createHash } from 'node:crypto';
import { arePins, type Pin } from './pins.js';

/**
 * What a settings task would lose, kept in the index's own settings: a synonym of words that cannot be searched for. So it is set by the very task
 * that it belongs to, goes with the index through swaps, renames, dumps and snapshots, and is deleted with it. Synonyms are
 * the one setting that takes any text and whose change makes Meilisearch analyze nothing anew. (Tried on 1.21.)
 */

/** Meilisearch looks up synonyms of at most three words in a row, so that no query ever meets this. */
export const NOTE_KEY = 'note of justuju on this index';

/** The client's own spellings, of words in Arabic script only: all others are not changed on their way. */
export interface Originals {
  readonly stopWords?: readonly string[];
  readonly dictionary?: readonly string[];
  readonly disableOnWords?: readonly string[];
  readonly synonyms?: Readonly<Record<string, readonly string[]>>;
}

/** What the client set of what Justuju sets otherwise in an index of Urdu documents (`lean.ts`). */
export interface UrduMode {
  /** `typoTolerance.enabled` as the client set it. */
  readonly typos: boolean;
  /** The client's ranking rules are Meilisearch's default; the lean ones stand in their place. */
  readonly rules: boolean;
}

export interface Note {
  /** The settings that the client named in the request that wrote this note. Undefined: there is no note. */
  readonly asked?: readonly string[];
  /** What it asked for, where Meilisearch got something else: for the task's details. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** The index holds Urdu documents. Undefined: Meilisearch corrects and ranks by itself. */
  readonly urdu?: UrduMode;
  /** The index holds documents in another language of Arabic script. Undefined where it holds Urdu, or none of these. */
  readonly language?: 'ara' | 'pes';
  readonly originals: Originals;
  /** Articles that are shown first for some queries. They go with the index like all of this. */
  readonly pins?: readonly Pin[];
}

/**
 * The values of the synonym. Meilisearch stores synonyms only when they are other words than before, and sees none in a vowel mark more or less: hence
 * the digest.
 */
export function keepNote(note: Note): readonly string[] {
  const text = JSON.stringify(note);
  return [createHash('sha256').update(text).digest('hex').slice(0, 16), text];
}

export function readNote(synonyms: unknown): Note {
  const [, text] = ((synonyms ?? {}) as Record<string, readonly string[] | undefined>)[NOTE_KEY] ?? [];
  if (typeof text !== 'string') return { originals: {} };
  try {
    const note = JSON.parse(text) as Partial<Note>;
    const { pins, ...rest } = note;
    return { ...rest, originals: note.originals ?? {}, ...(arePins(pins) && { pins }) };
  } catch {
    // Somebody's own synonym.
    return { originals: {} };
  }
}

import { Rounds } from '../rounds.js';

const turns = new Rounds();

/**
 * Fulfilled when others have had their turn. One after the other for all who ask: between two pieces of uploads, whichever they are of, the event loop looks once at what searches wait for.
 * A search waits some eight times for an answer of Meilisearch or of the disk; with four uploads that each took a piece in every round it waited eight times four pieces.
 */
export const nextTurn = (): Promise<void> => turns.next();

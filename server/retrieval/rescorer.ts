import type { Slot } from '../query/slots.js';
import { PackedTerms } from '../store/packed-terms.js';
import { fieldWeight, NEGLIGIBLE, TYPICAL_LENGTH, type Weights } from '../weights.js';
import { isLookedFor, type Part, pairRarity, type QueryTerm, type QueryTerms, surenessOf } from './query-terms.js';

/*
 * The second pass: a document is compared with the query word by word. BM25F over the words of the query, plus nearness of neighbours, by rarity and of all alike, the best sentence and the densest
 * place; a word as it was typed counts more than another form of it, and that more than a corrected one.
 */

/** Words farther apart than this do not count as standing together. */
const NEAR = 12;
/** At this distance, in terms, a word counts half for density. */
const HALF_WAY = 8;
/** A neighbour in the wrong order. */
const WRONG_ORDER = 0.7;
/** A text that holds so much of the query, with so much of it in its order, quotes it. */
const QUOTED = 0.85;
/** Terms at the beginning of a text that may be its heading. */
const LEAD = 60;
/** A word repeated more often in one document adds nothing any more. */
const MOST_REPEATED = 60;
/** Places of a form that are looked at. */
const MOST_PLACES = 200;
/** How a word stands in a text, in an occurrence's number: in another form, in the very one but in Arabic letters, in the very one. */
const OTHER_FORM = 0;
const OTHER_LETTERS = 1;
const VERY_FORM = 2;
/** More than there are. */
const MANNERS = 4;
/** Query terms and forms in an occurrence's number, see `Rescorer.occurrences`: more than any query has. */
const MOST_ANSWERS = 2 ** 20;
/** What a word in the first searched field counts. */
const HEADING = fieldWeight(0);
/** At this distance from the beginning of a heading, in terms, a word counts half for it. */
const HEAD_HALF = 4;
/** At this distance from the beginning of a document, in terms, a word counts half for it. */
const LEAD_HALF = 50;
/** Many words begin with a letter: of the documents in which one stands beside the word before it, those come first in which it does so early. */
const EARLY_LETTER = 0.5;
/**
 * An unfinished word may become many: of the documents in which one stands beside the word before it, those in which that word stands as it was typed come first. So much is
 * taken off the others, as a share of what is taken off the word itself. Of finished words it made queries in other forms worse (MRR .896 to .892).
 */
const OTHER_FORM_BESIDE = 0.5;
/** In a query of so few words a function word is a neighbour too where there is no other (سامنے مسیح). */
const FEW_SLOTS = 3;
/** Words that stand side by side in the query and so far apart in a text, in words, or farther: they have nothing to do with one another there. */
const FAR = 10;
/** What the wrong order adds to their distance, and another form of one of them. */
const FARTHER = { wrongOrder: 1, otherForm: 2 } as const;
/** Far from everything. */
const NOWHERE = -1_000;

export interface Score {
  readonly score: number;
  /** Share of the query's rarity that the document holds, in whatever form, 0 to 1. */
  readonly coverage: number;
  /** Whether it holds every finished word of the query, as far as these are looked for. */
  readonly holdsAll: boolean;
  /** Whether a text of the document holds the query word for word, nearly, behind its first sentences: there it quotes; a heading that does names a subject. */
  readonly isQuoted: boolean;
}

/** What a field weighs, by the number of its name; 0 where it is not searched. */
export type FieldWeights = (name: number) => number;

/** A query made ready for comparison with documents, and the counters of the one that is compared. */
export class Rescorer {
  private readonly rarity: readonly number[];
  private readonly sureness: readonly number[];
  /** For each slot its neighbours in the query, see `neighbourBefore`; -1: there is none. */
  private readonly before: readonly number[];
  private readonly after: readonly number[];
  /** What it is worth that a slot stands beside that before it. */
  private readonly pairs: readonly number[];
  /** Whether it is but the first letter of a word. */
  private readonly isLetter: readonly boolean[];
  /** Whether it stands for all words that begin so, behind one that was typed as it is written: of a guess no form was typed. */
  private readonly isOpenBehindTyped: readonly boolean[];
  /** Whether it is looked for at all (see `NEGLIGIBLE`), by more than its beginning. */
  private readonly isSought: readonly boolean[];
  /** The rarity of all slots. */
  private readonly total: number;
  /** For each slot the one from which on all before it are not looked for: where it stands in its place in a heading, nothing says that those do not. */
  private readonly follows: readonly number[];
  /** The slot whose word may go on, in whatever form; -1: none. */
  private readonly open: number;

  private readonly reader = new PackedTerms();
  /**
   * The places of the document that answer the query, each as one number, so that they are sorted as numbers:
   * `position * MOST_ANSWERS + MANNERS * query term`, and the manner in which the word stands there.
   */
  private occurrences = new Float64Array(256);
  private occurrenceCount = 0;
  private readonly frequency: Float64Array;
  private readonly quality: Float64Array;
  /** The same whatever the form: for coverage. */
  private readonly held: Float64Array;
  /** How near the beginning of the document it stands. */
  private readonly early: Float64Array;
  /** The same of it beside the word before it. */
  private readonly earlyPair: Float64Array;
  /** How far from the word before it, whatever that says: at most `FAR`. */
  private readonly distance: Float64Array;
  private readonly closeness: Float64Array;
  /** The same, without headings: see `LEAD`. */
  private readonly closenessWithin: Float64Array;
  private readonly lastAt: Int32Array;
  private readonly lastWorth: Float64Array;
  /** What the form was worth in which it stood there. */
  private readonly lastForm: Float64Array;
  /** What the sentence that is being read holds of each slot. */
  private readonly inSentenceOf: Float64Array;
  /** For each part of a reading of several words: where it last stood with all parts before it. */
  private readonly partAt: Int32Array;
  /** What each manner is worth. */
  private readonly manners: readonly number[];
  /** How many of the first slots stand in their places at the head of a heading, as they were typed. */
  private inHeading = 0;
  private headingEnd = 0;
  /** How near the beginning of a heading a word stands: looked at where there is but one. */
  private atHead = 0;
  private inSentence = 0;
  private bestSentence = 0;
  private densest = 0;

  constructor(
    slots: readonly Slot[],
    private readonly terms: QueryTerms,
    private readonly weights: Weights,
    private readonly fieldWeights: FieldWeights,
  ) {
    this.manners = [1 - weights.otherForm, 1 - weights.otherLetters, 1];
    this.rarity = slots.map(({ rarity }) => rarity);
    this.sureness = slots.map(surenessOf);
    const tells = slots.map(tellsOf);
    this.before = slots.map((_, at) => neighbourBefore(at, slots, tells));
    this.after = slots.map((_, at) => tells.indexOf(true, at + 1));
    this.pairs = slots.map((slot, at) => {
      const before = slots[this.before[at] as number];
      return before === undefined || tells[at] === false ? 0 : pairRarity(before.rarity, slot);
    });
    this.isOpenBehindTyped = slots.map(
      ({ beginning }, at) => beginning !== undefined && slots[this.before[at] as number]?.readings[0]?.reason === 'exact',
    );
    this.isLetter = slots.map(({ rarity, beginning }) => rarity === 0 && beginning !== undefined);
    this.isSought = slots.map(({ rarity, beginning }) => rarity >= NEGLIGIBLE && beginning === undefined);
    this.open = slots.at(-1)?.isPrefix === true ? slots.length - 1 : -1;
    this.total = this.rarity.reduce((sum, one) => sum + one, 0);
    this.follows = [...slots.keys(), slots.length].map((at) => 1 + slots.findLastIndex((slot, before) => before < at && isLookedFor(slot)));
    this.frequency = new Float64Array(slots.length);
    this.quality = new Float64Array(slots.length);
    this.held = new Float64Array(slots.length);
    this.early = new Float64Array(slots.length);
    this.earlyPair = new Float64Array(slots.length);
    this.distance = new Float64Array(slots.length);
    this.closeness = new Float64Array(slots.length);
    this.closenessWithin = new Float64Array(slots.length);
    this.lastAt = new Int32Array(slots.length);
    this.lastWorth = new Float64Array(slots.length);
    this.lastForm = new Float64Array(slots.length);
    this.inSentenceOf = new Float64Array(slots.length);
    this.partAt = new Int32Array(this.terms.parts);
  }

  /** @param document its term vector */
  score(document: Uint8Array): Score {
    const { rarity, total, weights, frequency } = this;
    const { k1, b } = weights;
    const length = this.read(document);
    let score = weights.sentence * this.bestSentence + weights.density * this.densest;
    let covered = 0;
    let pairs = 0;
    let quoted = 0;
    let holdsAll = true;
    for (let slot = 0; slot < rarity.length; slot += 1) {
      const f = Math.min(MOST_REPEATED, frequency[slot] as number);
      if (f === 0 && this.isSought[slot] === true) holdsAll = false;
      const weight = (rarity[slot] as number) * (this.quality[slot] as number);
      score += (weight * f * (k1 + 1)) / (f + k1 * (1 - b + (b * length) / TYPICAL_LENGTH));
      if (rarity.length === 1) score += weights.head * (rarity[slot] as number) * this.atHead;
      score += (weights.lead / rarity.length) * (rarity[slot] as number) * (this.early[slot] as number);
      // Coverage is absolute: of a doubtful reading little is held.
      covered += (rarity[slot] as number) * (this.held[slot] as number) * (this.sureness[slot] as number);
      const pair = this.pairs[slot] as number;
      if (pair === 0) continue;
      const early = this.isLetter[slot] === true ? EARLY_LETTER * (this.earlyPair[slot] as number) : 0;
      score += weights.proximity * ((this.closeness[slot] as number) + early) * pair;
      pairs += pair;
      quoted += (this.closenessWithin[slot] as number) * pair;
    }
    if (rarity.length > 1) score += weights.nearness * total * this.nearness();
    if (this.inHeading >= (this.follows.at(-1) as number)) score += weights.heading * total;
    const coverage = total === 0 ? 0 : covered / total;
    return { score, coverage, holdsAll, isQuoted: coverage >= QUOTED && pairs > 0 && quoted >= QUOTED * pairs };
  }

  /** How near the words of the query stand to those before them: 1 all side by side as they were typed, 0 none near. */
  private nearness(): number {
    const pairs = this.distance.length - 1;
    let apart = 0;
    for (let slot = 1; slot <= pairs; slot += 1) apart += this.distance[slot] as number;
    return 1 - apart / (pairs * FAR);
  }

  private reset(): void {
    this.frequency.fill(0);
    this.quality.fill(0);
    this.held.fill(0);
    this.atHead = 0;
    this.early.fill(0);
    this.earlyPair.fill(0);
    this.distance.fill(FAR);
    this.closeness.fill(0);
    this.closenessWithin.fill(0);
    this.lastAt.fill(NOWHERE);
    this.lastWorth.fill(0);
    this.partAt.fill(NOWHERE);
    this.inSentenceOf.fill(0);
    this.inHeading = 0;
    this.headingEnd = 0;
    this.inSentence = 0;
    this.bestSentence = 0;
    this.densest = 0;
  }

  /** Counts what a document holds of the query. Returns its length in terms. */
  private read(document: Uint8Array): number {
    this.reset();
    this.reader.open(document, this.terms.rootOfForm);
    this.collectAll();

    const { reader, terms, occurrences, occurrenceCount } = this;
    let length = 0;
    let next = 0;
    let sentence = -1;
    reader.fields((name, first, words) => {
      const end = (first + words) * MOST_ANSWERS;
      const worth = this.fieldWeights(name);
      if (worth === 0) {
        while (next < occurrenceCount && (occurrences[next] as number) < end) next += 1;
        return;
      }
      length += words;
      for (; next < occurrenceCount; next += 1) {
        const occurrence = occurrences[next] as number;
        if (occurrence >= end) break;
        const position = Math.floor(occurrence / MOST_ANSWERS);
        const code = occurrence - position * MOST_ANSWERS;
        const current = reader.sentenceOf(position, Math.max(0, sentence));
        if (current !== sentence) this.beginSentence();
        sentence = current;
        const form = this.manners[code % MANNERS] as number;
        this.count(terms.all[Math.floor(code / MANNERS)] as QueryTerm, form, position, worth, position - first);
      }
    });
    return length;
  }

  /** Gathers the occurrences as they stand in the document; what answers several slots at one place keeps the query's order. */
  private collectAll(): void {
    const { reader, terms } = this;
    this.occurrenceCount = 0;
    const { roots, ofRoot, begun } = terms;
    const size = reader.size;
    for (let nth = 0, order = 0; nth < roots.length && order < size; nth += 1) {
      const root = roots[nth] as number;
      order = reader.firstOfRoot(root, order);
      for (; order < size && reader.rootAt(order) === root; order += 1)
        for (const answer of ofRoot[nth] as readonly number[]) this.collect(answer, order);
    }
    if (begun !== undefined) this.collectBegun(begun);
    sort(this.occurrences, this.occurrenceCount);
  }

  /** A root that answers as a whole is counted already. */
  private collectBegun({ isBegun, roots: begun, answer }: NonNullable<QueryTerms['begun']>): void {
    const { reader } = this;
    const { roots } = this.terms;
    const { size } = reader;
    if (begun === undefined) {
      for (let order = 0; order < size; order += 1)
        if (isBegun(reader.termAt(order)) && !roots.includes(reader.rootAt(order))) this.collect(answer, order);
      return;
    }
    for (let nth = 0, order = 0; nth < begun.length && order < size; nth += 1) {
      const root = begun[nth] as number;
      if (roots.includes(root)) continue;
      order = reader.firstOfRoot(root, order);
      for (; order < size && reader.rootAt(order) === root; order += 1) if (isBegun(reader.termAt(order))) this.collect(answer, order);
    }
  }

  private collect(answer: number, order: number): void {
    const { reader } = this;
    const { exact, foreign } = this.terms.all[answer] as QueryTerm;
    const form = reader.termAt(order);
    const manner = exact?.includes(form) === false ? OTHER_FORM : foreign.includes(form) ? OTHER_LETTERS : VERY_FORM;
    const code = MANNERS * answer + manner;
    const from = reader.from(order);
    const to = Math.min(reader.to(order), from + MOST_PLACES);
    if (this.occurrenceCount + to - from > this.occurrences.length) this.makeRoom(to - from);
    for (let at = from; at < to; at += 1) {
      this.occurrences[this.occurrenceCount] = reader.positionAt(at) * MOST_ANSWERS + code;
      this.occurrenceCount += 1;
    }
  }

  private makeRoom(more: number): void {
    const larger = new Float64Array(2 * (this.occurrenceCount + more));
    larger.set(this.occurrences);
    this.occurrences = larger;
  }

  private count({ slot, part, weight: alone }: QueryTerm, form: number, position: number, worth: number, place: number): void {
    const held = part === undefined ? alone : this.weightOfPart(part, alone, position);
    if (held === 0) return;
    const weight = held * form;
    const isWithin = place >= LEAD;
    // A part of a word written apart is no name by itself.
    if (worth >= HEADING && (part === undefined || held === part.whole)) {
      const head = (weight * HEAD_HALF) / (HEAD_HALF + place);
      if (head > this.atHead) this.atHead = head;
      this.followHeading(slot, place + 1 - (part?.of ?? 1), place + 1, form);
    }
    const early = weight * earliness(position);
    if (early > (this.early[slot] as number)) this.early[slot] = early;
    // Each part is a part of one word.
    this.frequency[slot] = (this.frequency[slot] as number) + worth / (part?.of ?? 1);
    if (held > (this.held[slot] as number)) this.held[slot] = held;
    if (weight > (this.quality[slot] as number)) this.quality[slot] = weight;
    const more = weight - (this.inSentenceOf[slot] as number);
    if (more > 0) {
      this.inSentenceOf[slot] = weight;
      this.inSentence += more * (this.rarity[slot] as number);
      if (this.inSentence > this.bestSentence) this.bestSentence = this.inSentence;
    }
    this.lastForm[slot] = form;
    if (slot > 0) this.measureDistance(slot - 1, slot, position, 0);
    if (slot + 1 < this.rarity.length) this.measureDistance(slot + 1, slot, position, FARTHER.wrongOrder);
    const before = this.before[slot] as number;
    const after = this.after[slot] as number;
    if (before !== -1) this.near(before, slot, position, 1, isWithin);
    if (after !== -1) this.near(after, slot, position, WRONG_ORDER, isWithin);
    this.lastAt[slot] = position;
    this.lastWorth[slot] = weight * (this.rarity[slot] as number);
    // In long queries it does not count.
    if (this.weights.density > 0) this.measureDensity(position);
  }

  /** How far a word is from the last place of one beside it in the query. */
  private measureDistance(neighbour: number, slot: number, position: number, order: number): void {
    const apart = position - (this.lastAt[neighbour] as number);
    // Zero: one word answers both.
    if (apart <= 0 || apart >= FAR) return;
    const areAsTyped = this.isAsTyped(this.lastForm[neighbour] as number) && this.isAsTyped(this.lastForm[slot] as number);
    const distance = apart + order + (areAsTyped ? 0 : FARTHER.otherForm);
    const pair = Math.max(neighbour, slot);
    if (distance < (this.distance[pair] as number)) this.distance[pair] = distance;
  }

  /** Whether a word stands in the very form, in letters of whatever kind. */
  private isAsTyped(form: number): boolean {
    return form >= 1 - this.weights.otherLetters;
  }

  /** Whether a word goes on what the heading has of the query from its first word on. */
  private followHeading(slot: number, from: number, to: number, form: number): void {
    const before = this.inHeading;
    if (
      (!this.isAsTyped(form) && slot !== this.open) ||
      from !== this.headingEnd + slot - before ||
      before < (this.follows[slot] as number)
    )
      return;
    this.inHeading = slot + 1;
    this.headingEnd = to;
  }

  /** How much of the query stands around a place, each word at its last occurrence before it. */
  private measureDensity(position: number): void {
    let density = 0;
    for (let slot = 0; slot < this.rarity.length; slot += 1) {
      const worth = this.lastWorth[slot] as number;
      if (worth > 0) density += (worth * HALF_WAY) / (HALF_WAY + position - (this.lastAt[slot] as number));
    }
    if (density > this.densest) this.densest = density;
  }

  /** The last part of a word written apart is worth the whole when the other parts stand right before it. */
  private weightOfPart({ number, nth, of, whole }: Part, alone: number, position: number): number {
    const follows = nth === 0 || this.partAt[number - 1] === position - 1;
    if (follows) this.partAt[number] = position;
    return follows && nth === of - 1 ? whole : alone;
  }

  private beginSentence(): void {
    this.inSentence = 0;
    this.inSentenceOf.fill(0);
  }

  /** Whether a neighbour stood as near before this place as the two stand in the query, function words between them counted. */
  private near(neighbour: number, slot: number, position: number, order: number, isWithin: boolean): void {
    const apart = position - (this.lastAt[neighbour] as number);
    // Zero: one word answers both.
    if (apart <= 0 || apart > NEAR + 1) return;
    const pair = Math.max(neighbour, slot);
    const close = order / (1 + Math.abs(apart - Math.abs(slot - neighbour)));
    const formed = this.isOpenBehindTyped[pair] === true ? close * this.worthBeside(neighbour, slot) : close;
    if (formed > (this.closeness[pair] as number)) this.closeness[pair] = formed;
    if (isWithin && close > (this.closenessWithin[pair] as number)) this.closenessWithin[pair] = close;
    const early = formed * earliness(position);
    if (early > (this.earlyPair[pair] as number)) this.earlyPair[pair] = early;
  }

  /** What two neighbours are worth by the forms in which they stand there. */
  private worthBeside(neighbour: number, slot: number): number {
    return 1 - OTHER_FORM_BESIDE * (1 - (this.lastForm[neighbour] as number) * (this.lastForm[slot] as number));
  }
}

/** Whether a word tells documents apart that hold it from those that do not. */
const tellsOf = ({ isStop, isJustFinished, rarity, beginning }: Slot): boolean =>
  beginning !== undefined || ((!isStop || isJustFinished === true) && rarity >= NEGLIGIBLE);

/**
 * The slot beside which one should stand: the nearest before it that tells; where none does, in a short query, the function word right before it, as it was typed. A function word
 * in other letters is a guess among many (itany: اتنی, اتنے).
 */
function neighbourBefore(at: number, slots: readonly Slot[], tells: readonly boolean[]): number {
  if (at === 0) return -1;
  const telling = tells.lastIndexOf(true, at - 1);
  if (telling !== -1 || slots.length > FEW_SLOTS) return telling;
  const { rarity, readings } = slots[at - 1] as Slot;
  return rarity >= NEGLIGIBLE && readings[0]?.reason === 'exact' ? at - 1 : -1;
}

/** 1 at the beginning of a document, half of that `LEAD_HALF` terms behind it, and less and less. */
const earliness = (position: number): number => LEAD_HALF / (LEAD_HALF + position);

/** Fewer numbers than this are sorted here: the way into the array's own sort costs more. */
const FEW_NUMBERS = 40;

/** Sorts the first `count` numbers. */
function sort(numbers: Float64Array, count: number): void {
  if (count > FEW_NUMBERS) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i += 1) {
    const number = numbers[i] as number;
    let at = i;
    for (; at > 0 && (numbers[at - 1] as number) > number; at -= 1) numbers[at] = numbers[at - 1] as number;
    numbers[at] = number;
  }
}

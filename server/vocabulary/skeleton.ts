/**
 * Consonants: what is left of a word in any spelling. Vowels are typed as one likes, consonants are not: a Latin word that has another one, or one more, is another word.
 * Source: written by the Justuju authors from how Urdu and English are spelt. Format: what is written, then the classes of sounds that it may stand for; with `?` it may also stand for none.
 * To change: edit a line; a line with anything else than small Latin letters or one letter of Urdu is refused.
 */

/** Classes: b p t d C j S z s k K g G f q h l m n r v y; `C` is چ, `S` ش, `K` خ, `G` غ. Longer pieces are read first. */
const ROMAN = `
  tch C
  dge j
  sh Ss
  ch CkS
  kh Kk
  gh Gg?
  th ts
  ph fp
  dh dz
  bh b
  jh j
  zh zS
  ck k
  qu k
  rh r
  lh l
  b b
  p p
  t tSC
  d dz
  f fp
  g gjG
  h h?
  j jz
  k kK
  l l
  m mn
  n n
  q kK
  r r
  s szS
  v v?
  w v?
  y y?
  z zjs
  c ks`;

const URDU = `
  ب b
  پ p
  ت t
  ٹ t
  ث s
  ج j
  چ C
  ح h?
  خ K
  د d
  ڈ d
  ذ z
  ر r
  ڑ rd
  ز z
  ژ zSj
  س s
  ش S
  ص s
  ض zd
  ط t
  ظ z
  غ G
  ف f
  ق k
  ک k
  گ g
  ل l
  م m
  ن n
  ں n?
  و v?
  ہ h?
  ھ h?
  ی y?`;

type Sounds = string;

const ROMAN_SOUNDS = readTable(ROMAN, /^[a-z]{1,3}$/);
const URDU_SOUNDS = readTable(URDU, /^[\u0600-\u06FF]$/);
const LONGEST_PIECE = 3;

function readTable(table: string, key: RegExp): ReadonlyMap<string, Sounds> {
  return new Map(
    table
      .trim()
      .split('\n')
      .map((line) => {
        const [written = '', sounds = '', ...more] = line.trim().split(' ');
        if (!key.test(written) || !/^[a-zA-Z]+\??$/.test(sounds) || more.length > 0)
          throw new TypeError(`"${line.trim()}" is not what is written and what it sounds like`);
        return [written, sounds] as const;
      }),
  );
}

const isOptional = (sounds: Sounds): boolean => sounds.endsWith('?');
const meet = (one: Sounds, other: Sounds): boolean => Array.from(one).some((sound) => sound !== '?' && other.includes(sound));

/** The consonants of a word in Roman letters; doubled ones are one, x is two, and the n of عموماً is not written. */
function romanConsonants(word: string): Sounds[] {
  const consonants: Sounds[] = [];
  for (let at = 0; at < word.length; ) {
    let length = LONGEST_PIECE;
    while (length > 0 && !ROMAN_SOUNDS.has(word.slice(at, at + length))) length -= 1;
    const piece = word.slice(at, at + length);
    if (word[at] === 'x') consonants.push('k', 's');
    else if (piece !== '' && !(piece.length === 1 && piece !== 'c' && word.startsWith(piece, at + 1)))
      consonants.push(soundsAt(piece, word, at));
    at += Math.max(1, length);
  }
  if (word.endsWith('n') && consonants.length > 2) consonants[consonants.length - 1] = 'n?';
  return consonants;
}

/** Where t is said as ش (nation), and where as چ (lecture); where c is (special), and where it is not said (science); where d is said as ج (education), and where g is not said (designer). */
const NATION = /^ti[aeou]/;
const LECTURE = /^tur[aeiy]/;
const SPECIAL = /^ci[ao]/;
const EDUCATION = /^du[ac]/;
const DESIGN = /^gn(?:e[dr]|s?$)/;

/** A soft g or c stands before e, i or y only, a hard c nowhere else (rice); t is ش in nation alone, and چ in lecture alone; ch is no k before u, and ش only inside a word or before e and i (machine, chef). */
function soundsAt(piece: string, word: string, at: number): Sounds {
  const sounds = ROMAN_SOUNDS.get(piece) as Sounds;
  const next = word[at + piece.length];
  // The next letter is not typed yet.
  if (next === undefined && piece !== 'ch' && piece !== 't') return sounds;
  const isSoft = next !== undefined && /[eiy]/.test(next);
  const from = word.slice(at);
  if (at > 0 && piece === 'd' && EDUCATION.test(from)) return `${sounds}j`;
  if (at > 0 && piece === 'g' && DESIGN.test(from)) return `${sounds}?`;
  if (piece === 'g') return onlyIf(isSoft, 'j', sounds);
  if (piece === 't') return onlyIf(at > 0 && LECTURE.test(from), 'C', onlyIf(NATION.test(from), 'S', sounds));
  if (piece === 'c' && isSoft && word[at - 1] === 's') return 's?';
  if (piece === 'c' && at > 0 && SPECIAL.test(from)) return 'sS';
  if (piece === 'c') return onlyIf(isSoft, 's', onlyIf(!isSoft, 'k', sounds));
  if (piece !== 'ch') return sounds;
  const isHush = next !== undefined && (at > 0 || isSoft);
  // Between a vowel and e or i it is no k either: karachi does not begin کرکٹ.
  const isHard = next !== 'u' && !(/[aeiou]/.test(word[at - 1] ?? '') && /[ei]/.test(next ?? ''));
  return onlyIf(isHard, 'k', onlyIf(isHush, 'S', sounds));
}

/** A letter's sounds, one of them only where it is heard so. */
const onlyIf = (isSo: boolean, sound: string, sounds: Sounds): Sounds => (isSo ? sounds : sounds.replace(sound, ''));

const urduConsonants = (term: string): Sounds[] => Array.from(term).flatMap((letter) => URDU_SOUNDS.get(letter) ?? []);

/** Consonants of several sounds make several keys: as many are tried. */
const MOST_KEYS = 24;

/** What a word is filed under by its consonants: those that must be heard, in every way to hear them; under nothing where all may be silent (Yahoo). */
export const romanKeys = (word: string): readonly string[] => keysOf(romanConsonants(word));

/** The same for an Urdu term; the ن at its end may be one that is not written in Roman letters. */
export function urduKeys(term: string): readonly string[] {
  const consonants = urduConsonants(term);
  return [...new Set([...keysOf(consonants), ...(consonants.at(-1) === 'n' ? keysOf(consonants.slice(0, -1)) : [])])];
}

function keysOf(consonants: readonly Sounds[]): readonly string[] {
  let keys = [''];
  for (const sounds of consonants)
    if (!isOptional(sounds)) keys = keys.flatMap((key) => Array.from(sounds, (sound) => key + sound)).slice(0, MOST_KEYS);
  return keys;
}

/** Vowels that two letters say to be long, and the letters by which Urdu writes them, ع among these; not ay before a vowel (shayar), nor oo and ou, which English says short (book, colour). */
const LONG_VOWELS = [
  { typed: /a(?:i|y(?![aeiou]))|e(?:[aei]|y(?![aeiou]))/g, written: /[\u06CC\u06D2\u0639]/g },
  { typed: /oa/g, written: /[\u0648\u0627]/g },
] as const;

/**
 * Whether the long vowels of a Roman spelling are written in an Urdu term: chair is not چار, nor queen کان.
 *
 * @param shared the consonants that both have: what of the term comes behind them is not compared
 */
export function hasLongVowels(word: string, term: string, shared: number): boolean {
  let heard = 0;
  // heaven is not ہونے, whose long vowel stands behind its last consonant.
  const endsInVowel = /[aeiouy]$/i.test(word);
  const said = Array.from(term).filter((letter) => {
    const sounds = URDU_SOUNDS.get(letter);
    const isConsonant = sounds !== undefined && !isOptional(sounds);
    if (isConsonant) heard += 1;
    return heard < shared || (heard === shared && (isConsonant || endsInVowel));
  });
  const begun = said.join('');
  return LONG_VOWELS.every(({ typed, written }) => (word.match(typed)?.length ?? 0) <= (begun.match(written)?.length ?? 0));
}

/** What stands between two consonants: the vowels that were typed, and the letters that are written there. */
export interface Between {
  readonly typed: string;
  readonly written: string;
  /** The consonant behind was typed doubled, inside the word, and is written once. */
  readonly isDoubled: boolean;
}

/** A Roman spelling and a term, from consonant to consonant of those that are always said. */
export interface Walk {
  readonly between: readonly Between[];
  /** What was typed behind the last, and what the term goes on with. */
  readonly tail: string;
  readonly rest: string;
}

/** Undefined where the term has not all of these consonants. */
export function walk(word: string, term: string): Walk | undefined {
  const between: Between[] = [];
  const letters = word.toLowerCase();
  // At the beginning و is said: what stands behind it is between two consonants too (valley is not والے).
  const isWaw = /^[vw](?!h)/.test(letters) && term.startsWith(WAW);
  let at = isWaw ? 1 : 0;
  let typed = '';
  for (const { piece, sounds, isDoubled } of piecesOf(isWaw ? letters.slice(1) : letters)) {
    if (sounds === undefined || isOptional(sounds)) {
      typed += piece;
      continue;
    }
    const from = at;
    while (at < term.length && !meet(sounds, URDU_SOUNDS.get(term[at] as string) ?? '')) at += 1;
    if (at === term.length) return undefined;
    if (from > 0) between.push({ typed, written: term.slice(from, at), isDoubled: isDoubled && term[at + 1] !== term[at] });
    typed = '';
    at += 1;
    // A letter and the ھ behind it, and the same letter once more, are one consonant.
    if (term[at] === DO_CHASHMI_HEH) at += 1;
  }
  return { between, tail: typed, rest: term.slice(at) };
}

const WAW = '\u0648';
const DO_CHASHMI_HEH = '\u06BE';

interface Piece {
  readonly piece: string;
  readonly sounds?: Sounds;
  readonly isDoubled: boolean;
}

/** The pieces of a Roman spelling: consonants, with the sounds they may be, and single other letters. Doubled consonants are one. */
function piecesOf(word: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < word.length; ) {
    let length = LONGEST_PIECE;
    while (length > 1 && !ROMAN_SOUNDS.has(word.slice(at, at + length))) length -= 1;
    const piece = word.slice(at, at + length);
    const sounds = ROMAN_SOUNDS.has(piece) ? soundsAt(piece, word, at) : undefined;
    const isDoubled = length === 1 && word[at - 1] === piece;
    if (sounds === undefined) pieces.push({ piece, isDoubled });
    else if (!(length === 1 && word[at + 1] === piece)) pieces.push({ piece, sounds, isDoubled });
    at += length;
  }
  return pieces;
}

/** How the consonants of two spellings compare. */
export interface Likeness {
  /** Consonants that only one of them has. */
  readonly others: number;
  /** Consonants that both have. */
  readonly shared: number;
}

/** Matched consonants weigh less than any that is not matched. */
const UNMATCHED = 1_000;

/**
 * Compares the consonants of a Roman spelling with those of an Urdu term, in their order.
 *
 * @param isBegun the word is still being typed: only the beginning of the term is compared
 */
export function likenessOf(word: string, term: string, { isBegun = false } = {}): Likeness {
  const letters = word.toLowerCase();
  const likeness = likenessAsTyped(letters, term, isBegun);
  const goingOn = isBegun && likeness.others > 0 ? GOING_ON.find(([end]) => end.test(letters)) : undefined;
  if (goingOn === undefined) return likeness;
  const other = likenessAsTyped(letters + goingOn[1], term, isBegun);
  return other.others < likeness.others ? other : likeness;
}

/** Ends of a beginning whose sound the next letters may change, and these: elect(ion), stat(ion), budg(et), lectu(re), mach(ine), speci(al), edu(cation). */
const GOING_ON = [
  [/(?:[^aeiou]|[^aeiou][ai])t$/, 'io'],
  [/ti$/, 'o'],
  [/dg$/, 'e'],
  [/tu$/, 're'],
  [/tur$/, 'e'],
  [/(?<![aeiou]{2})ch$/, 'i'],
  [/ci$/, 'a'],
  [/du$/, 'a'],
  [/sc$/, 'i'],
] as const;

function likenessAsTyped(word: string, term: string, isBegun: boolean): Likeness {
  const typed = romanConsonants(word);
  // The last letter may become another sound: dolp is going to be dolphin.
  const become = isBegun ? MAY_BECOME.get(word.at(-1) ?? '') : undefined;
  if (become !== undefined && typed.length > 0) typed[typed.length - 1] += become;
  return compare(typed, term, isBegun);
}

/** Sounds of what a letter may be the first of: ch, dh, gh, kh, ph, sh, th, tch, zh. */
const MAY_BECOME: ReadonlyMap<string, Sounds> = new Map([
  ['c', 'CS'],
  ['d', 'zj'],
  ['g', 'Gj'],
  ['k', 'K'],
  ['p', 'f'],
  ['s', 'S'],
  ['t', 'sC'],
  ['z', 'S'],
]);

function compare(typed: readonly Sounds[], term: string, isBegun: boolean): Likeness {
  const written = urduConsonants(term);
  const cost = (sounds: Sounds | undefined): number => (sounds === undefined || isOptional(sounds) ? 0 : UNMATCHED);
  let last = [0];
  for (let j = 1; j <= written.length; j += 1) last[j] = (last[j - 1] as number) + cost(written[j - 1]);
  for (const one of typed) {
    const row = [(last[0] as number) + cost(one)];
    for (let j = 1; j <= written.length; j += 1) {
      const other = written[j - 1] as Sounds;
      // A doubled letter is typed once: سننا sunna.
      const isDoubled = j > 1 && other === written[j - 2];
      const both = (last[j - 1] as number) + (meet(one, other) ? -1 : 2 * UNMATCHED);
      row[j] = Math.min(both, (last[j] as number) + cost(one), (row[j - 1] as number) + (isDoubled ? 0 : cost(other)));
    }
    last = row;
  }
  const total = isBegun ? Math.min(...last) : (last[written.length] as number);
  const others = Math.max(0, Math.ceil(total / UNMATCHED));
  return { others, shared: others * UNMATCHED - total };
}

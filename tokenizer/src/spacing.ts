/**
 * Spacing: words that are written together in one place and apart in another (کیساتھ / کے ساتھ, کردیا / کر دیا, وزیراعظم / وزیر اعظم).
 * Always cut, never joined: joining lost 0.6 to 1.2 points of retrieval where cutting gained 1.5 (measured on two newspapers' reports of the same news).
 */
import { articleInside, isSaidAsOne } from './article.js';
import { foldWord } from './fold.js';
import { lettersNamedIn } from './letter-names.js';
import { ALEF, HAMZA, HEH_GOAL, LAM, NOON_GHUNNA, TEH, WAW, YEH_BARREE } from './letters.js';
import type { Lexicon } from './lexicon.js';
import { isKnownNoun, isKnownWord, isVerbStem, rootOf } from './root.js';
import { COMPOUNDS, FUSED_WORDS, WAW_WORDS } from './tables.generated.js';
import { unpack } from './tables.js';

/** One part of a joined word: how many of its letters, and how the part is spelt when it stands alone (کی of کیساتھ is کے). */
export interface Part {
  readonly length: number;
  readonly term: string;
}

/** Why a word was cut; `explain` shows it. */
export type SpacingRule =
  | 'fused-word'
  | 'compound'
  | 'learned-compound'
  | 'izafat-hamza'
  | 'letter-names'
  | 'allah'
  | 'article'
  | 'waw'
  | 'after-yeh-barree'
  | 'after-noon-ghunna'
  | 'light-verb'
  | 'future'
  | 'agent'
  | 'pronoun-postposition'
  | 'elided-ke';

export interface Cut {
  readonly rule: SpacingRule;
  readonly parts: readonly Part[];
}

/** No rule looks at longer words: no Urdu word has more letters, and a page without spaces must stay linear. */
const LONGEST_WORD = 30;

let builtIn: ReadonlyMap<string, Cut> | undefined;

function builtInCuts(): ReadonlyMap<string, Cut> {
  if (builtIn) return builtIn;
  const cuts = new Map<string, Cut>();
  for (const [rule, table] of [
    ['fused-word', FUSED_WORDS],
    ['compound', COMPOUNDS],
  ] as const) {
    for (const [cutLetters = '', apart = cutLetters] of unpack(table)) {
      const pieces = cutLetters.split(' ');
      const letters = foldWord(pieces.join(''));
      if (cuts.has(letters)) continue;
      // Folding may drop a letter (a final hamza), so the cuts are where the folded beginnings end.
      const ends = pieces.map((_, i) => foldWord(pieces.slice(0, i + 1).join('')).length);
      const parts = apart.split(' ').map((part, i) => ({ length: (ends[i] ?? 0) - (ends[i - 1] ?? 0), term: foldWord(part) }));
      if (parts.every((part) => part.length > 0) && parts.length > 1) cuts.set(letters, { rule, parts });
    }
  }
  builtIn = cuts;
  return cuts;
}

/** Verbs that lean on the stem before them, safe after any stem. Not here: دی دے دو لی لے لو after any stem, for بندے (men), سردی (cold), جادو (magic), پیلی (yellow). */
const LIGHT_VERBS = words(
  'دیا دئیے دیے دئے دیئے دینا دینے دینی دیتا دیتے دیتی دیتیں دیجیے دیجئے ' +
    'لیا لیے لئے لینا لینے لینی لیتا لیتے لیتی لیتیں لیجیے ' +
    'گیا گئے گئی گئیں جاتا جاتے جاتی جاتیں جانا جانے جائے جائیں جاؤں ' +
    'رہا رہے رہی رہیں رہتا رہتے رہتی سکا سکے سکی سکیں سکتا سکتے سکتی سکتیں چکا چکے چکی چکیں پایا پائے پائی پائیں پاتا پاتے پاتی ڈالا ڈالے ڈالی',
);
/** Only after stems that no noun in ی or ے hides: کردی, not سردی. */
const SHORT_LIGHT_VERBS = words('دی دے دیں دو لی لے لیں لو');
const SAFE_STEMS = words('کر دے لے دکھا بتا بنا سنا لگا کھا پہنچا پہنچ بھیج رکھ چھوڑ نکال اٹھا بٹھا ہٹا بچا گرا ملا چلا سمجھا');
/** Only after these is کر cut off (جاکر, ہوکر): after any stem it would cut چکر, شاکر, لشکر. Not دی or لو after them: جادو, آلو, ہولی. */
const STEMS_BEFORE_KAR = words('ہو جا آ لے دے دیکھ کھا سن بیٹھ اٹھ نکل پہنچ مل لگا بنا دکھا بتا لکھ پڑھ سمجھ سوچ رکھ چھوڑ توڑ بول');
const isStemBeforeKar = (stem: string): boolean => STEMS_BEFORE_KAR.has(stem);
const isSafeStem = (stem: string): boolean => SAFE_STEMS.has(stem);
const KAR = 'کر';
/** Last letters of the light verbs, to turn most words away at once. */
const LIGHT_VERB_ENDS = 'اےیںور';
const PRONOUNS = words('اس ان جس جن کس کن ہم تم مجھ تجھ');
const POSTPOSITIONS = words('کا کے کی کو سے نے پر میں تک');
/** What stands after کے or کی so often that the two are written as one, کی for both: the full spelling of the first part. */
const AFTER_KE = words(
  'ساتھ لیے لئے بعد مطابق خلاف دوران درمیان پاس ذریعے بغیر علاوہ باوجود بارے اندر باہر قریب سامنے نزدیک متعلق تحت سوا',
);
const AFTER_KI = words('طرف طرح وجہ جانب خاطر نسبت بجائے بابت');

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(foldWord));
}

const part = (length: number, term: string): Part => ({ length, term });

/** Cuts folded letters into the words written together in them; undefined if they are one word. */
export function cutJoined(letters: string, lexicon: Lexicon | undefined): Cut | undefined {
  const rule = cutOnce(letters, lexicon);
  if (!rule) return undefined;
  const parts: Part[] = [];
  let at = 0;
  for (const piece of rule.parts) {
    // A part that keeps its spelling may itself be joined: دہشتگردیکیخلاف. One that changed (کی → کے) is a word of the rules.
    const inner = letters.startsWith(piece.term, at) && isSpeltOut(letters, at, piece) ? cutJoined(piece.term, lexicon) : undefined;
    if (inner) {
      const [last, ...before] = [...inner.parts].reverse() as [Part, ...Part[]];
      // A silent hamza goes with the last.
      parts.push(...before.reverse(), part(last.length + piece.length - piece.term.length, last.term));
    } else parts.push(piece);
    at += piece.length;
  }
  return { rule: rule.rule, parts };
}

/** Whether a part has all letters of its term, and nothing else but a silent hamza at its end. */
const isSpeltOut = (letters: string, at: number, { length, term }: Part): boolean =>
  length === term.length || (length === term.length + 1 && letters[at + term.length] === HAMZA);

function cutOnce(letters: string, lexicon: Lexicon | undefined): Cut | undefined {
  if (letters.length > LONGEST_WORD) return cutAfterFinalLetter(letters);
  const known = builtInCuts().get(letters);
  if (known) return known;
  const learned = learnedCut(letters, lexicon);
  if (learned) return learned;
  if (letters.length < 3) return undefined;
  if (letters.length < 4) return isKnownWord(letters) ? undefined : cutWaw(letters);
  // A loan that is a compound (ورکشاپ) is cut in its plural too.
  if (isKnownWord(letters)) return (/[زس]$/.test(letters) ? cutInflected(letters, lexicon) : undefined) ?? cutAfterFinalLetter(letters);
  const whole = cutInflected(letters, lexicon) ?? cutArticle(letters) ?? cutAtHamza(letters) ?? cutLetterNames(letters);
  if (whole) return whole;
  return cutAfterFinalLetter(letters) ?? cutByRule(letters);
}

function learnedCut(letters: string, lexicon: Lexicon | undefined): Cut | undefined {
  const parts = lexicon?.parts(letters);
  // A lexicon may come from a file: parts that do not add up to the word would point outside it.
  if (!parts || parts.length < 2 || parts.join('') !== letters || parts.includes('')) return undefined;
  return { rule: 'learned-compound', parts: parts.map((term) => part(term.length, term)) };
}

/** An inflected form of a listed compound is cut where the compound is: دواخانوں like دواخانہ, ہیڈماسٹرز like ہیڈماسٹر. */
function cutInflected(letters: string, lexicon: Lexicon | undefined): Cut | undefined {
  const last = letters[letters.length - 1];
  if (!INFLECTED_ENDS.includes(last ?? '')) return undefined;
  const [, ending = ''] = INFLECTED.exec(letters) ?? [];
  if (ending === '') return undefined;
  const stem = letters.slice(0, -ending.length);
  for (const lemma of ending.startsWith('ی') ? [`${stem}ی`, stem] : [`${stem}ہ`, `${stem}ا`, stem]) {
    const cut = builtInCuts().get(lemma) ?? learnedCut(lemma, lexicon);
    const parts = cut?.parts.slice(0, -1);
    const before = parts?.reduce((sum, { length }) => sum + length, 0) ?? 0;
    if (cut && parts && before + 2 < letters.length)
      return { rule: cut.rule, parts: [...parts, part(letters.length - before, letters.slice(before))] };
  }
  return undefined;
}

const INFLECTED = /(یوں|یاں|یں|وں|ان|ے|ی?ز|ی?س)$/;
/** The last letters of these, to turn most words away at once. */
const INFLECTED_ENDS = 'ںےنزس';

/** ے and ں are only ever the last letter of a word: inside one, a space was left out. کےلیے, میںنے. */
function cutAfterFinalLetter(letters: string): Cut | undefined {
  const parts: Part[] = [];
  let from = 0;
  let rule: SpacingRule | undefined;
  for (let i = 1; i < letters.length - 2; i += 1) {
    const letter = letters[i];
    if ((letter !== YEH_BARREE && letter !== NOON_GHUNNA) || i - from < 1) continue;
    const next = letters[i + 1];
    if (next === YEH_BARREE || next === NOON_GHUNNA) continue;
    rule ??= letter === YEH_BARREE ? 'after-yeh-barree' : 'after-noon-ghunna';
    parts.push(part(i + 1 - from, letters.slice(from, i + 1)));
    from = i + 1;
  }
  if (!rule) return undefined;
  parts.push(part(letters.length - from, letters.slice(from)));
  return { rule, parts };
}

function cutByRule(letters: string): Cut | undefined {
  return (
    cutFuture(letters) ??
    cutAgent(letters) ??
    cutElidedKe(letters) ??
    cutPronoun(letters) ??
    cutLightVerb(letters) ??
    cutAllah(letters) ??
    cutWaw(letters)
  );
}

/** A hamza of izafat or of an Arabic ending that the next word was written against: پردہءساز, علماءکرام. Not قراءت, اجراءات, where the hamza is inside. */
function cutAtHamza(letters: string): Cut | undefined {
  const at = letters.indexOf(HAMZA);
  const rest = letters.slice(at + 1);
  if (at < 2 || rest.length < 2) return undefined;
  const before = letters[at - 1];
  const isEnd = before === HEH_GOAL || (before === ALEF && rest.length > 2 && !rest.startsWith(TEH) && !rest.startsWith(ALEF + TEH));
  return isEnd ? { rule: 'izafat-hamza', parts: [part(at + 1, letters.slice(0, at)), part(rest.length, rest)] } : undefined;
}

/** An abbreviation without its spaces: پیٹیآئی. */
function cutLetterNames(letters: string): Cut | undefined {
  const lengths = lettersNamedIn(letters);
  if (!lengths) return undefined;
  const parts: Part[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(part(length, letters.slice(at, at + length)));
    at += length;
  }
  return { rule: 'letter-names', parts };
}

/** عبدالستار = عبد الستار, and عبدلستار. */
function cutArticle(letters: string): Cut | undefined {
  if (isSaidAsOne(letters))
    return { rule: 'article', parts: [part(3, letters.slice(0, 3)), part(letters.length - 3, ALEF + letters.slice(3))] };
  const at = articleInside(letters);
  if (at === undefined) return undefined;
  const first = letters.slice(0, at).replace(/ء+$/, '');
  return { rule: 'article', parts: [part(at, first), part(letters.length - at, letters.slice(at))] };
}

const ALLAH_LETTERS = ALEF + LAM + LAM + HEH_GOAL;

/** رحمتاللہ = رحمت اللہ. Not باللہ, واللہ, which have one letter before. */
function cutAllah(letters: string): Cut | undefined {
  const cut = letters.length - ALLAH_LETTERS.length;
  if (cut < 2 || !letters.endsWith(ALLAH_LETTERS)) return undefined;
  // The hamza of ثناءاللہ is silent.
  const before = letters.slice(0, cut).replace(/ء+$/, '');
  if (before.length < 2) return undefined;
  return { rule: 'allah', parts: [part(cut, before), part(ALLAH_LETTERS.length, ALLAH_LETTERS)] };
}

/** Nouns of two letters that stand behind و: رنج وغم, خیر وشر. Any two letters are a word too often. */
const SHORT_BEHIND_WAW = words('غم شر فن حق دل گل دم');

let wawWords: ReadonlySet<string> | undefined;

function isWawWord(letters: string): boolean {
  wawWords ??= new Set(unpack(WAW_WORDS).map(([word = '']) => foldWord(word)));
  return wawWords.has(letters);
}

/** علم وادب = علم و ادب, if what follows و is a noun. Not words in و (وزن weight, وصف quality) nor their forms. */
function cutWaw(letters: string): Cut | undefined {
  if (!letters.startsWith(WAW)) return undefined;
  const root = rootOf(letters);
  if (isWawWord(letters) || isWawWord(root) || (root !== letters && isKnownWord(root))) return undefined;
  const rest = letters.slice(1);
  // ورت is the end of ضرورت with a space in it, وحد a slip for واحد.
  if (rest.length < 3 && !SHORT_BEHIND_WAW.has(rest)) return undefined;
  // آب وہوا: to the tables the air is a form of ہونا.
  const isNoun = isKnownNoun(rest) || rest === 'ہوا' || (rest.startsWith(ALEF + LAM) && isKnownNoun(rest.slice(2)));
  return isNoun ? { rule: 'waw', parts: [part(1, WAW), part(rest.length, rest)] } : undefined;
}

/** کرینگے = کریں گے, جائیگا = جائے گا, کرونگا = کروں گا, ہوگا = ہو گا. The verb must be a verb: not آدمیگا. */
function cutFuture(letters: string): Cut | undefined {
  if (letters[letters.length - 2] !== 'گ') return undefined;
  const match = /^(.+?)(ینگ|یں?گ|ونگ|وں?گ|گ)([ایے])$/.exec(letters);
  const [, stem = '', link = '', ending = ''] = match ?? [];
  if (!match || (!isVerbStem(stem.replace(/ی$/, '')) && !isVerbStem(stem))) return undefined;
  const future = `گ${ending}`;
  const cut = letters.length - 2;
  if (link.startsWith('ین')) return { rule: 'future', parts: [part(cut, `${stem}یں`), part(2, future)] };
  if (link.startsWith('ون')) return { rule: 'future', parts: [part(cut, `${stem}وں`), part(2, future)] };
  if (link.startsWith('ی') && !link.includes('ں')) return { rule: 'future', parts: [part(cut, `${stem}ے`), part(2, future)] };
  return { rule: 'future', parts: [part(cut, letters.slice(0, cut)), part(2, future)] };
}

/** ہونیوالے = ہونے والے, and آنیوالی. */
function cutAgent(letters: string): Cut | undefined {
  if (letters[letters.length - 2] !== 'ل') return undefined;
  const match = /^(.+ن)[یے]?(وال[ایے])$/.exec(letters);
  const [, infinitive = '', agent = ''] = match ?? [];
  if (!match || !isVerbStem(infinitive.slice(0, -1))) return undefined;
  const cut = letters.length - agent.length;
  return { rule: 'agent', parts: [part(cut, `${infinitive}ے`), part(agent.length, agent)] };
}

/** کیساتھ = کے ساتھ, کیطرف = کی طرف. */
function cutElidedKe(letters: string): Cut | undefined {
  if (!letters.startsWith('کی')) return undefined;
  const rest = letters.slice(2);
  if (AFTER_KE.has(rest)) return { rule: 'elided-ke', parts: [part(2, 'کے'), part(rest.length, rest)] };
  if (AFTER_KI.has(rest)) return { rule: 'elided-ke', parts: [part(2, 'کی'), part(rest.length, rest)] };
  return undefined;
}

/** انکے = ان کے, اسمیں = اس میں. */
function cutPronoun(letters: string): Cut | undefined {
  for (let cut = 2; cut <= 3; cut += 1) {
    const pronoun = letters.slice(0, cut);
    const rest = letters.slice(cut);
    if (PRONOUNS.has(pronoun) && POSTPOSITIONS.has(rest))
      return { rule: 'pronoun-postposition', parts: [part(cut, pronoun), part(rest.length, rest)] };
  }
  return undefined;
}

/** کردیا = کر دیا, ہوجائے = ہو جائے, جاسکتا = جا سکتا. */
function cutLightVerb(letters: string): Cut | undefined {
  if (!LIGHT_VERB_ENDS.includes(letters[letters.length - 1] ?? '')) return undefined;
  for (let length = Math.min(5, letters.length - 1); length >= 2; length -= 1) {
    const light = letters.slice(-length);
    const after = LIGHT_VERBS.has(light)
      ? isVerbStem
      : SHORT_LIGHT_VERBS.has(light)
        ? isSafeStem
        : light === KAR
          ? isStemBeforeKar
          : undefined;
    if (!after) continue;
    const stem = letters.slice(0, -length);
    if (after(stem)) return { rule: 'light-verb', parts: [part(stem.length, stem), part(length, light)] };
  }
  return undefined;
}

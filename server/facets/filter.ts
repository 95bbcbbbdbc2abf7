import { hasArabicScript } from '../shadow/shadow.js';
import { foldValue } from './fold.js';
import type { Spellings } from './spellings.js';

/** One piece of a filter expression, and where it stands. `value` is without quotes and escapes. */
interface Piece {
  readonly kind: 'text' | 'sign';
  readonly value: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

const PIECE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|!=|>=|<=|[=<>()[\],]|[^\s()[\],=<>!"']+/gs;

/** A condition on text in Urdu: `attribute operator values`. */
interface Condition {
  readonly attribute: Piece;
  readonly operator: string;
  readonly values: readonly Piece[];
  readonly start: number;
  readonly end: number;
}

/**
 * A filter in which conditions on Urdu text name every stored spelling: `tags = "کتاب"` → `tags IN ["کتاب", "كتاب"]`.
 * Everything else in it stays as it is, to the character. What is no filter goes through, for Meilisearch to refuse.
 */
export async function foldFilter(filter: unknown, uid: string, spellings: Spellings): Promise<unknown> {
  if (Array.isArray(filter)) return Promise.all(filter.map((part) => foldFilter(part, uid, spellings)));
  if (typeof filter !== 'string' || !isFolded(filter) || filter.replace(PIECE, '').trim() !== '') return filter;
  return foldText(foldNumbers(filter), uid, spellings);
}

/** Digits of Urdu and Arabic keyboards. */
const DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;
const NUMBER = /^[-+]?[\d\u0660-\u0669\u06F0-\u06F9]+(?:[.\u066B][\d\u0660-\u0669\u06F0-\u06F9]+)?$/;
const isFolded = (text: string): boolean => hasArabicScript(text) || text.search(DIGITS) !== -1;

/** A number in the digits that Meilisearch reads as one: \u06F1\u06F0\u06F0 is 100. Other text stays. */
function inAsciiDigits(text: string): string {
  if (!NUMBER.test(text)) return text;
  return text.replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0x0f)).replace('\u066B', '.');
}

/** The bounds of comparisons, which can only be numbers. */
function foldNumbers(filter: string): string {
  const pieces = [...filter.matchAll(PIECE)].map(read);
  let folded = '';
  let at = 0;
  pieces.forEach((piece, i) => {
    const [before, after] = [pieces[i - 1], pieces[i + 1]];
    const isBound = isComparison(before) || isWord(before, 'TO') || isWord(after, 'TO');
    if (!isBound || piece.kind !== 'text' || inAsciiDigits(piece.value) === piece.value) return;
    folded += filter.slice(at, piece.start) + inAsciiDigits(piece.value);
    at = piece.end;
  });
  return folded + filter.slice(at);
}

const isComparison = (piece: Piece | undefined): boolean => piece?.kind === 'sign' && /^[<>]=?$/.test(piece.value);
const isWord = (piece: Piece | undefined, word: string): boolean => piece?.kind === 'text' && !piece.quoted && piece.value === word;

async function foldText(filter: string, uid: string, spellings: Spellings): Promise<string> {
  let folded = '';
  let at = 0;
  for (const condition of conditions(filter)) {
    const written = await fold(condition, filter, uid, spellings);
    if (written === undefined) continue;
    folded += filter.slice(at, condition.start) + written;
    at = condition.end;
  }
  return folded + filter.slice(at);
}

async function fold(
  { attribute, operator, values }: Condition,
  filter: string,
  uid: string,
  spellings: Spellings,
): Promise<string | undefined> {
  const name = filter.slice(attribute.start, attribute.end);
  const not = operator.startsWith('NOT ') || operator === '!=';
  const [first] = values;
  if (operator.endsWith('CONTAINS') || operator.endsWith('STARTS WITH')) {
    const wanted = foldValue(first?.value ?? '');
    const such = await spellings.such(uid, attribute.value, (one) =>
      operator.endsWith('CONTAINS') ? one.includes(wanted) : one.startsWith(wanted),
    );
    if (such.length === 0 || first === undefined) return undefined;
    // The words of the client stay in it: there may be more values than were looked at.
    const asked = `${name} ${operator.replace('NOT ', '')} ${filter.slice(first.start, first.end)}`;
    return `${not ? 'NOT ' : ''}(${asked} OR ${name} IN ${list(such)})`;
  }
  const all = new Set<string>();
  for (const { value } of values) {
    all.add(value);
    all.add(inAsciiDigits(value));
    if (hasArabicScript(value)) for (const other of await spellings.alike(uid, attribute.value, value)) all.add(other);
  }
  return all.size === values.length ? undefined : `${name} ${not ? 'NOT ' : ''}IN ${list([...all])}`;
}

const list = (values: readonly string[]): string => `[${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(', ')}]`;

/** The conditions of a filter that compare text with Urdu text. */
function* conditions(filter: string): Generator<Condition> {
  const pieces = [...filter.matchAll(PIECE)].map(read);
  for (let i = 0; i < pieces.length; i += 1) {
    const attribute = pieces[i] as Piece;
    if (attribute.kind !== 'text') continue;
    const words: string[] = [];
    let k = i + 1;
    while (isOperator(pieces[k])) {
      words.push((pieces[k] as Piece).value);
      k += 1;
    }
    const operator = words.join(' ');
    const values: Piece[] = [];
    let last: Piece | undefined = pieces[k];
    if (/^(NOT )?IN$/.test(operator) && last?.value === '[' && !last.quoted) {
      for (k += 1; pieces[k] !== undefined && !isSign(pieces[k], ']'); k += 1) if (!isSign(pieces[k], ',')) values.push(pieces[k] as Piece);
      last = pieces[k];
    } else if (/^(=|!=|(NOT )?CONTAINS|(NOT )?STARTS WITH)$/.test(operator) && last?.kind === 'text') values.push(last);
    if (last === undefined || !values.some(({ value }) => isFolded(value))) continue;
    yield { attribute, operator, values, start: attribute.start, end: last.end };
    i = k;
  }
}

const isOperator = (piece: Piece | undefined): boolean =>
  piece !== undefined && !piece.quoted && /^(=|!=|NOT|IN|CONTAINS|STARTS|WITH)$/.test(piece.value);

const isSign = (piece: Piece | undefined, sign: string): boolean => piece?.kind === 'sign' && piece.value === sign;

function read(match: RegExpExecArray): Piece {
  const [text] = match;
  const quoted = text.startsWith('"') || text.startsWith("'");
  return {
    kind: quoted || !/^(!=|>=|<=|[=<>()[\],])$/.test(text) ? 'text' : 'sign',
    value: quoted ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text,
    quoted,
    start: match.index,
    end: match.index + text.length,
  };
}

/**
 * Loan words that Urdu spells in several ways, none of them wrong: no rule of letters could join them without joining words that differ (بل, بیل), and both spellings are common.
 * Source: written by the Justuju authors from the language. Format: a word a line, the usual spelling first, then the others, one space apart. To change: edit a line; what the analyzer reads alike anyway, or
 * what stands twice, is refused.
 */
import { analyze } from '@justuju/urdu';

const SPELLINGS = `
  بینک بنک
  پاؤنڈ پونڈ
  ڈائریکٹر ڈائرکٹر
  ڈائریکٹوریٹ ڈائرکٹوریٹ
  سیکرٹریٹ سیکریٹریٹ سکریٹریٹ
  انجینئر انجنیئر انجنیر انجینیئر
  انجینئرنگ انجنیئرنگ انجنیرنگ انجینیئرنگ
  بریگیڈیئر بریگیڈیر
  لیفٹیننٹ لیفٹنٹ لفٹیننٹ لیفٹینٹ
  کیپٹن کپٹن
  مینیجر منیجر مینجر
  مینجمنٹ منیجمنٹ مینیجمنٹ
  ڈیپارٹمنٹ ڈپارٹمنٹ
  گورنمنٹ گورمنٹ
  پارلیمنٹ پارلیمینٹ
  اسمبلی اسیمبلی
  ایمبیسی ایمبسی
  کمیشن کمشن
  کونسل کاؤنسل
  کونسلر کاؤنسلر
  الیکشن الکشن
  الیکٹرک الکٹرک
  الیکٹرانک الیکٹرونک الکٹرانک
  ٹیکنالوجی ٹکنالوجی ٹیکنولوجی
  ٹیکنیکل ٹکنیکل
  سرٹیفکیٹ سرٹیفیکیٹ
  ریسٹورنٹ ریسٹورینٹ ریستوران
  لیبارٹری لیباریٹری
  انسٹیٹیوٹ انسٹیٹوٹ
  ڈکشنری ڈیکشنری
  پٹرول پیٹرول
  پٹرولیم پیٹرولیم
  پولیس پولس
  پروفیسر پروفسر
  سیمینار سیمنار
  ٹورنامنٹ ٹورنامینٹ
  کانفرنس کانفرینس
  لائسنس لائسینس
  سائنس سائینس
  انشورنس انشورینس
  ایمبولینس ایمبولنس
  ڈسٹرکٹ ڈسٹریکٹ
  مجسٹریٹ میجسٹریٹ
  سپرنٹنڈنٹ سپرٹنڈنٹ
  پریزیڈنٹ پریذیڈنٹ
  یورپ یوروپ
  کینیڈا کنیڈا
  ڈیزائن ڈزائن
  گیلری گیلیری
  کمپیوٹر کمپوٹر
  اسمگلر سمگلر
  اسمارٹ سمارٹ
  اسموگ سموگ
  اسنوکر سنوکر
  اسلائیڈ سلائیڈ`;

interface Spelling {
  readonly term: string;
  readonly root: string;
}

const FAMILIES = readTable(SPELLINGS);

function readTable(table: string): ReadonlyMap<string, readonly Spelling[]> {
  const families = new Map<string, readonly Spelling[]>();
  for (const line of table.trim().split('\n')) {
    const words = line.trim().split(' ');
    const family = words.map((word): Spelling => {
      const [token, ...more] = analyze(word);
      if (token === undefined || more.length > 0) throw new TypeError(`"${word}" is not one word`);
      return { term: token.term, root: token.root };
    });
    for (const { root } of family) {
      if (families.has(root)) throw new TypeError(`"${line.trim()}" has a spelling that stands there before, or is read alike anyway`);
      families.set(root, family);
    }
  }
  return families;
}

/** The other spellings of a word, by its root: of بنک, and so of بنکوں, بینک. */
export const otherSpellings = (root: string): readonly Spelling[] => (FAMILIES.get(root) ?? []).filter((one) => one.root !== root);

/** The root of the usual spelling: the same for all spellings of a word. */
export const usualRoot = (root: string): string => FAMILIES.get(root)?.[0]?.root ?? root;

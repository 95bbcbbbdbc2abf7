import { explainHit } from '../../../server/highlight/explain.js';
import { type AskOptions, ask } from './ask.js';

const why = (query: string, document: Record<string, unknown>, how: AskOptions = {}): string[] =>
  explainHit(document, ask(query, how)).map(({ word, reason, field, form }) => `${word}: ${reason}, ${form} in ${field}`);

describe('why a hit was found', () => {
  const rows: readonly [what: string, query: string, text: string, reasons: string[], how?: AskOptions][] = [
    ['as typed', 'کتاب', 'ایک کتاب', ['کتاب: exact, کتاب in text']],
    ['as typed, decomposed', 'آم', 'ایک ا\u0653م', ['آم: exact, ا\u0653م in text']],
    ['in other letters', 'کتاب', 'ایک \u0643تاب', ['کتاب: spelling, \u0643تاب in text']],
    ['another spelling', 'لئے', 'میرے لیے', ['لئے: spelling, لیے in text']],
    ['with vowel marks', 'کتاب', 'ایک ک\u0650تاب', ['کتاب: spelling, ک\u0650تاب in text']],
    ['in another form', 'کتاب', 'پرانی کتابوں میں', ['کتاب: inflected, کتابوں in text']],
    ['begun', 'کتا', 'پرانی کتابچی', ['کتا: prefix, کتابچی in text'], { typing: true }],
    ['written as one', 'خوش گمان', 'وہ خوشگمان', ['خوش: joined, خوشگمان in text', 'گمان: joined, خوشگمان in text']],
    ['fused', 'کے ساتھ', 'دوست کیساتھ', ['کے: joined, کیساتھ in text', 'ساتھ: joined, کیساتھ in text']],
    ['written apart', 'خوشگمان', 'وہ خوش گمان', ['خوشگمان: split, خوش گمان in text']],
    ['corrected', 'حکومٹ', 'نئی حکومت', ['حکومٹ: corrected, حکومت in text'], { readings: { حکومٹ: [['حکومت', 'corrected']] } }],
    ['transliterated', 'kitab', 'نئی کتاب', ['kitab: transliterated, کتاب in text'], { readings: { kitab: [['کتاب', 'transliterated']] } }],
    ['a phrase', '"نئی کتاب"', 'ایک نئی کتاب', ['نئی کتاب: exact, نئی کتاب in text']],
    ['not there', 'قلم دوات', 'صرف دوات', ['دوات: exact, دوات in text']],
  ];
  it.each(rows.map(([what, query, text, expected, how = {}]) => [what, query, text, expected, how] as const))(
    '%s',
    (_, query, text, expected, how) => expect(why(query, { text }, how)).toEqual(expected),
  );

  it('takes the best reason of all fields, and the first field that has it', () => {
    expect(why('کتاب', { title: 'کتابیں', author: { name: 'کتاب' }, tags: ['کتاب'] })).toEqual(['کتاب: exact, کتاب in author.name']);
  });
});

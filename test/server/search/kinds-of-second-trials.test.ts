/** What a second reader's trial of the kinds that are kept apart found. */
import { describeKinds, type Kind } from './kind.js';

const KINDS: Readonly<Record<string, Kind>> = {
  'a first letter is no key of another layout': {
    texts: ['مسجد کے مینار بلند ہیں', 'موٹروے M-2 بند ہے', 'چڑیا گھر میں رش ہے', 'پارہ 48°C تک پہنچا', 'covid کی لہر'],
    includes: [
      ['م', [0, 1]],
      ['چ', [2]],
      ['مس', [0]],
      // Typed with the Urdu layout on: no word begins so.
      ['چہطید', [4]],
    ],
  },
  'two consonants at the beginning, with alef and without, in every number': {
    texts: ['سکولوں میں چھٹیاں ہیں', 'اسکول کی عمارت', 'سپیکروں کی آواز', 'اسپیکر خراب ہے', 'سکول کا میدان', 'سکولز بند ہیں'],
    finds: [
      ['سکول ', [0, 1, 4, 5]],
      ['اسکول ', [0, 1, 4, 5]],
      ['سکولز ', [0, 1, 4, 5]],
      ['سکولوں ', [0, 1, 4, 5]],
      ['اسکولوں ', [0, 1, 4, 5]],
      ['سپیکر ', [2, 3]],
      ['اسپیکروں ', [2, 3]],
      ['سپیکرز ', [2, 3]],
    ],
    all: [['سکول چھٹیاں', [0]]],
    tells: [['سکول چھٹیاں', []]],
  },
  'English plurals in seen, and with noon ghunna behind them': {
    texts: [
      'ڈاکٹرس نے ہڑتال کی',
      'ڈاکٹر نے معائنہ کیا',
      'ٹیچرس کی تنخواہ',
      'ٹیچروں کی بھرتی',
      'ممبرزں کی فہرست',
      'سائنس کی کتاب',
      'دکان پر نیا سائن لگا',
      'بنارس کی گلیاں',
    ],
    finds: [
      ['ڈاکٹر ', [0, 1]],
      ['ڈاکٹرس ', [0, 1]],
      ['ڈاکٹرز ', [0, 1]],
      ['ڈاکٹرزں ', [0, 1]],
      ['ٹیچر ', [2, 3]],
      ['ٹیچرز ', [2, 3]],
      ['ممبر ', [4]],
      ['ممبران ', [4]],
      ['سائنس ', [5]],
      ['سائن ', [6]],
      ['بنارس ', [7]],
    ],
  },
};

describeKinds(KINDS);

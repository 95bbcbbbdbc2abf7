/** Everything the interface says, in each of its languages. Numbers come in written as the reader wants them. */
import type { Trouble } from '../client/api-error.js';
import type { Language } from '../model/config.js';
import type { Reason } from '../model/why.js';

export interface Strings {
  readonly name: string;
  readonly tagline: string;
  readonly skip: string;
  readonly foot: string;
  readonly region: string;
  readonly ask: string;
  readonly placeholder: string;
  readonly clear: string;
  readonly search: string;
  readonly speak: string;
  readonly listening: string;
  readonly notHeard: string;
  readonly collection: string;
  readonly suggestions: string;
  readonly recent: string;
  readonly forget: string;
  readonly forgotten: string;
  readonly title: string;
  readonly options: (count: string, isOne: boolean) => string;
  readonly keyboard: string;
  readonly keyboardLayout: string;
  readonly phonetic: string;
  readonly standard: string;
  readonly typeUrdu: string;
  readonly space: string;
  readonly shift: string;
  readonly backspace: string;
  readonly halfSpace: string;
  readonly settings: string;
  readonly language: string;
  readonly script: string;
  readonly nastaliq: string;
  readonly naskh: string;
  readonly size: string;
  readonly sizes: readonly [string, string, string, string];
  readonly theme: string;
  readonly system: string;
  readonly light: string;
  readonly dark: string;
  readonly numerals: string;
  readonly sort: string;
  readonly relevance: string;
  readonly results: (count: string, isOne: boolean, isMore: boolean, milliseconds: string) => string;
  readonly none: string;
  readonly loading: string;
  readonly untitled: string;
  readonly searched: string;
  readonly searchExactly: string;
  readonly exactly: string;
  readonly searchWidely: string;
  readonly didYouMean: string;
  readonly notFound: string;
  readonly why: string;
  readonly whyThis: string;
  readonly sameAsTyped: string;
  readonly marksDiffer: string;
  readonly reasons: Readonly<Record<Exclude<Reason, 'exact'>, string>>;
  readonly pages: string;
  readonly page: (page: string) => string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly more: string;
  readonly filters: string;
  readonly clearFilters: string;
  readonly showAll: (count: string) => string;
  readonly showLess: string;
  readonly years: string;
  readonly from: string;
  readonly to: string;
  readonly any: string;
  readonly histogram: string;
  readonly inYears: (years: string, count: string) => string;
  readonly examples: string;
  readonly orTry: string;
  readonly latest: string;
  readonly empty: string;
  readonly emptyAdvice: string;
  readonly nothing: string;
  readonly nothingFiltered: string;
  readonly without: string;
  readonly withoutWord: (count: string) => string;
  readonly near: string;
  readonly advice: {
    readonly filters: string;
    readonly fewer: string;
    readonly spelling: string;
    readonly script: string;
    readonly part: string;
  };
  readonly noSuchPage: (pages: string) => string;
  readonly firstPage: string;
  readonly lastPage: string;
  readonly trouble: Readonly<Record<Trouble, readonly [title: string, advice: string]>>;
  readonly retry: string;
  readonly retriesAlone: string;
  readonly back: string;
  readonly noText: string;
  readonly missing: string;
  readonly missingAdvice: string;
  readonly tools: string;
  readonly previousMark: string;
  readonly nextMark: string;
  readonly marks: (at: string, of: string) => string;
  readonly previousArticle: string;
  readonly nextArticle: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly share: string;
  readonly origin: string;
  readonly months: readonly string[];
  readonly comma: string;
  /** Between a word and the form in which it was found, pointing as one reads. */
  readonly arrow: string;
}

const ur: Strings = {
  name: 'جستجو',
  tagline: 'املا کوئی بھی ہو، بات مل جائے',
  skip: 'سیدھے نتائج پر جائیں',
  foot: 'جستجو آزاد سافٹ ویئر ہے۔ تلاش Meilisearch کرتا ہے، اردو جستجو سمجھتی ہے۔',
  region: 'تلاش',
  ask: 'کیا تلاش کرنا ہے؟',
  placeholder: 'لفظ، نام یا جملہ لکھیے',
  clear: 'تلاش صاف کریں',
  search: 'تلاش کریں',
  speak: 'بول کر تلاش کریں',
  listening: 'سن رہے ہیں…',
  notHeard: 'آواز سمجھ میں نہیں آئی۔ لکھ کر دیکھیے۔',
  collection: 'ذخیرہ',
  suggestions: 'تجاویز',
  recent: 'پچھلی تلاش',
  forget: 'پچھلی تلاشیں مٹائیں',
  forgotten: 'پچھلی تلاشیں مٹا دی گئیں',
  title: 'مضمون',
  options: (count, isOne) => (isOne ? 'ایک تجویز' : `${count} تجاویز`),
  keyboard: 'اردو کی بورڈ',
  keyboardLayout: 'ترتیب',
  phonetic: 'صوتی',
  standard: 'معیاری',
  typeUrdu: 'اپنے کی بورڈ سے اردو لکھیں',
  space: 'فاصلہ',
  shift: 'شفٹ',
  backspace: 'پچھلا حرف مٹائیں',
  halfSpace: 'نیم فاصلہ',
  settings: 'ترتیبات',
  language: 'زبان',
  script: 'خط',
  nastaliq: 'نستعلیق',
  naskh: 'نسخ',
  size: 'حروف',
  sizes: ['چھوٹے', 'معمول', 'بڑے', 'بہت بڑے'],
  theme: 'رنگ',
  system: 'خودکار',
  light: 'روشن',
  dark: 'تاریک',
  numerals: 'ہندسے',
  sort: 'ترتیب',
  relevance: 'مطابقت',
  results: (count, isOne, isMore, milliseconds) =>
    `${isOne ? 'ایک نتیجہ' : isMore ? `${count} یا زیادہ نتائج` : `${count} نتائج`}، ${milliseconds} ملی سیکنڈ میں`,
  none: 'کوئی نتیجہ نہیں ملا',
  loading: 'تلاش ہو رہی ہے…',
  untitled: 'بے عنوان',
  searched: 'تلاش کیا گیا:',
  searchExactly: 'جیسا لکھا تھا، وہی ڈھونڈیں:',
  exactly: 'ہر لفظ جیسا لکھا گیا، ویسا ہی ڈھونڈا گیا۔',
  searchWidely: 'دوسری صورتیں بھی ڈھونڈیں',
  didYouMean: 'آپ کی مراد یہ تھی؟',
  notFound: 'کسی مضمون میں نہیں ملا:',
  why: 'کیوں؟',
  whyThis: 'یہ نتیجہ کیوں ملا:',
  sameAsTyped: 'بعینہٖ',
  marksDiffer: 'اعراب کا فرق',
  reasons: {
    spelling: 'املا کا فرق',
    prefix: 'لفظ کا آغاز',
    inflected: 'دوسری شکل',
    joined: 'ملا کر لکھا',
    split: 'الگ کر کے لکھا',
    synonym: 'ہم معنی لفظ',
    transliterated: 'رومن سے',
    corrected: 'املا درست کی گئی',
  },
  pages: 'صفحات',
  page: (page) => `صفحہ ${page}`,
  previousPage: 'پچھلا صفحہ',
  nextPage: 'اگلا صفحہ',
  more: 'مزید نتائج',
  filters: 'فلٹر',
  clearFilters: 'سب فلٹر ہٹائیں',
  showAll: (count) => `سب دکھائیں (${count})`,
  showLess: 'کم دکھائیں',
  years: 'سال',
  from: 'سے',
  to: 'تک',
  any: 'کوئی بھی',
  histogram: 'سالوں کے حساب سے نتائج',
  inYears: (years, count) => `${years}: ${count} نتائج`,
  examples: 'مثلاً:',
  orTry: 'یا دیکھیے:',
  latest: 'تازہ مضامین',
  empty: 'اس ذخیرے میں ابھی کوئی مضمون نہیں',
  emptyAdvice: 'مضامین شامل ہوتے ہی یہاں ملنے لگیں گے۔',
  nothing: 'اس تلاش کا کوئی نتیجہ نہیں ملا',
  nothingFiltered: 'ان فلٹروں میں کوئی مضمون نہیں',
  without: 'ایک لفظ چھوڑ کر دیکھیے:',
  withoutWord: (count) => `کے بغیر ${count}`,
  near: 'ملتے جلتے الفاظ:',
  advice: {
    filters: 'فلٹر کم کیجیے: نتیجہ کسی اور جگہ یا سال میں ہو سکتا ہے۔',
    fewer: 'کم الفاظ لکھیے، صرف وہ جو ضروری ہیں۔',
    spelling: 'املا دیکھیے، یا وہی بات کسی اور لفظ سے ڈھونڈیے۔',
    script: 'رومن یا انگریزی میں لکھا ہے تو اردو حروف میں بھی لکھ کر دیکھیے، اور اردو میں ہے تو رومن میں۔',
    part: 'نام کا صرف ایک حصہ لکھ کر دیکھیے۔',
  },
  noSuchPage: (pages) => `یہ صفحہ نہیں ہے: نتائج ${pages} صفحات پر ہیں`,
  firstPage: 'پہلا صفحہ',
  lastPage: 'آخری صفحہ',
  trouble: {
    offline: ['انٹرنیٹ کا رابطہ نہیں', 'رابطہ بحال ہوتے ہی تلاش خود جاری ہو جائے گی۔'],
    timeout: ['جواب آنے میں دیر ہو رہی ہے', 'ممکن ہے تلاش کا نظام ابھی شروع ہو رہا ہو۔'],
    key: ['یہ ذخیرہ سب کے لیے کھلا نہیں', 'اسے پڑھنے کی اجازت سائٹ چلانے والے دیتے ہیں۔'],
    'not-found': ['مضامین کا یہ ذخیرہ موجود نہیں', 'ممکن ہے ابھی کوئی مضمون شامل نہ کیا گیا ہو۔'],
    refused: ['یہ تلاش قبول نہیں ہوئی', 'تلاش مختصر کیجیے یا فلٹر بدل کر دیکھیے۔'],
    server: ['تلاش کا نظام اس وقت بند ہے', 'آپ کی تلاش میں کوئی غلطی نہیں۔'],
    garbled: ['جواب سمجھ میں نہیں آیا', 'تھوڑی دیر بعد کوشش کیجیے۔'],
  },
  retry: 'دوبارہ کوشش کریں',
  retriesAlone: 'صفحہ خود بھی کوشش کر رہا ہے۔',
  back: 'واپس نتائج پر',
  noText: 'اس مضمون کا متن خالی ہے۔',
  missing: 'یہ مضمون نہیں کھل سکا',
  missingAdvice: 'ممکن ہے کہ مضمون ہٹا دیا گیا ہو، یا پتا ادھورا ہو۔',
  tools: 'مضمون کے اوزار',
  previousMark: 'پچھلا نشان زد لفظ',
  nextMark: 'اگلا نشان زد لفظ',
  marks: (at, of) => `${at} از ${of}`,
  previousArticle: 'پچھلا مضمون',
  nextArticle: 'اگلا مضمون',
  copyLink: 'لنک نقل کریں',
  copied: 'لنک نقل ہو گیا',
  notCopied: 'لنک نقل نہیں ہو سکا',
  share: 'بھیجیں',
  origin: 'اصل صفحہ',
  months: ['جنوری', 'فروری', 'مارچ', 'اپریل', 'مئی', 'جون', 'جولائی', 'اگست', 'ستمبر', 'اکتوبر', 'نومبر', 'دسمبر'],
  comma: '، ',
  arrow: ' ← ',
};

const en: Strings = {
  name: 'Justuju',
  tagline: 'Search in Urdu, however it is spelled',
  skip: 'Skip to the results',
  foot: 'Justuju is free software. Meilisearch searches, Justuju understands Urdu.',
  region: 'Search',
  ask: 'What are you looking for?',
  placeholder: 'A word, a name or a sentence',
  clear: 'Clear the search',
  search: 'Search',
  speak: 'Search by voice',
  listening: 'Listening…',
  notHeard: 'That was not understood. Please type it.',
  collection: 'Collection',
  suggestions: 'Suggestions',
  recent: 'Searched before',
  forget: 'Erase recent searches',
  forgotten: 'Recent searches were erased',
  title: 'Article',
  options: (count, isOne) => (isOne ? 'One suggestion' : `${count} suggestions`),
  keyboard: 'Urdu keyboard',
  keyboardLayout: 'Layout',
  phonetic: 'Phonetic',
  standard: 'Standard',
  typeUrdu: 'Type Urdu on your own keyboard',
  space: 'Space',
  shift: 'Shift',
  backspace: 'Delete the last letter',
  halfSpace: 'Half space',
  settings: 'Settings',
  language: 'Language',
  script: 'Script',
  nastaliq: 'Nastaliq',
  naskh: 'Naskh',
  size: 'Letters',
  sizes: ['Small', 'Normal', 'Large', 'Very large'],
  theme: 'Colours',
  system: 'Automatic',
  light: 'Light',
  dark: 'Dark',
  numerals: 'Numerals',
  sort: 'Sort by',
  relevance: 'Relevance',
  results: (count, isOne, isMore, milliseconds) =>
    `${isOne ? 'One result' : isMore ? `${count} or more results` : `${count} results`} in ${milliseconds} ms`,
  none: 'No results',
  loading: 'Searching…',
  untitled: 'Untitled',
  searched: 'Searched for',
  searchExactly: 'Search exactly for',
  exactly: 'Each word was searched exactly as it was typed.',
  searchWidely: 'Search other forms too',
  didYouMean: 'Did you mean',
  notFound: 'Found in no article:',
  why: 'Why?',
  whyThis: 'Why this was found:',
  sameAsTyped: 'as typed',
  marksDiffer: 'other vowel marks',
  reasons: {
    spelling: 'spelled so',
    prefix: 'beginning of the word',
    inflected: 'inflected form',
    joined: 'joined',
    split: 'written apart',
    synonym: 'synonym',
    transliterated: 'from Roman letters',
    corrected: 'spelling corrected',
  },
  pages: 'Pages',
  page: (page) => `Page ${page}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',
  more: 'More results',
  filters: 'Filters',
  clearFilters: 'Remove all filters',
  showAll: (count) => `Show all (${count})`,
  showLess: 'Show fewer',
  years: 'Year',
  from: 'From',
  to: 'To',
  any: 'Any',
  histogram: 'Results by year',
  inYears: (years, count) => `${years}: ${count} results`,
  examples: 'For example:',
  orTry: 'Or try:',
  latest: 'Latest articles',
  empty: 'There is nothing in this collection yet',
  emptyAdvice: 'Articles can be found here as soon as they are added.',
  nothing: 'Nothing was found',
  nothingFiltered: 'No articles with these filters',
  without: 'Leave out one word:',
  withoutWord: (count) => `without it ${count}`,
  near: 'Similar words:',
  advice: {
    filters: 'Use fewer filters: what you look for may stand elsewhere or in another year.',
    fewer: 'Use fewer words, only those that matter.',
    spelling: 'Check the spelling, or say it in other words.',
    script: 'If you typed in Roman letters, try Urdu ones; if in Urdu, try Roman.',
    part: 'Try only a part of a name.',
  },
  noSuchPage: (pages) => `There is no such page: the results have ${pages}`,
  firstPage: 'First page',
  lastPage: 'Last page',
  trouble: {
    offline: ['You are offline', 'The search goes on by itself when the connection is back.'],
    timeout: ['The answer takes long', 'The search service may just be starting.'],
    key: ['This collection is not open to everybody', 'Those who run this site decide who may read it.'],
    'not-found': ['There is no such collection', 'Perhaps no article has been added yet.'],
    refused: ['This search was not accepted', 'Shorten it, or change the filters.'],
    server: ['The search service is down at the moment', 'Nothing is wrong with your search.'],
    garbled: ['The answer could not be read', 'Please try again in a while.'],
  },
  retry: 'Try again',
  retriesAlone: 'The page also keeps trying by itself.',
  back: 'Back to the results',
  noText: 'This article has no text.',
  missing: 'This article could not be opened',
  missingAdvice: 'It may have been removed, or the address may be incomplete.',
  tools: 'Tools for this article',
  previousMark: 'Previous marked word',
  nextMark: 'Next marked word',
  marks: (at, of) => `${at} of ${of}`,
  previousArticle: 'Previous article',
  nextArticle: 'Next article',
  copyLink: 'Copy link',
  copied: 'Link copied',
  notCopied: 'The link could not be copied',
  share: 'Share',
  origin: 'Original page',
  months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  comma: ', ',
  arrow: ' → ',
};

export const STRINGS: Readonly<Record<Language, Strings>> = { ur, en };

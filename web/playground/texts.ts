/** The words of the playground, in both languages. */

const ENGLISH = {
  title: 'Playground',
  pages: 'Pages',
  searchPage: 'Search page',
  reference: 'API reference',
  theme: 'Theme',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  searching: 'A search',
  query: 'Query',
  index: 'Index',
  key: 'Key',
  keyNote:
    'A key stays in the memory of this page and is gone when you leave it. Without one the key of the search page is sent, where there is one.',
  send: 'Send',
  sendNote: 'Ctrl+Enter in the request sends too',
  request: 'Request',
  response: 'Response',
  readings: 'How the words were read',
  typed: 'Typed',
  terms: 'Terms',
  roots: 'Roots',
  reason: 'Reason',
  weight: 'Weight',
  compare: 'With and without rewriting',
  compareNote: 'The same request, without and with urdu.exact.',
  rewritten: 'As it was understood',
  asTyped: 'As it was typed',
  onlyHere: 'only here',
  untitled: 'no text that is shown',
  analysis: 'Analysis of a text',
  text: 'Text',
  analyze: 'Analyze',
  word: 'Word',
  rules: 'Rules',
  none: 'none',
  noReadings: 'The query has nothing to do with Urdu, or nothing was sent yet: it is left to Meilisearch.',
  hits: (count: string) => `${count} hits`,
  answered: (status: number, milliseconds: number) => `Answered with ${status} in ${milliseconds} ms.`,
  analyzed: (count: number) => `${count} words.`,
  sending: 'Sending…',
  failed: (why: string) => `There is no answer: ${why}`,
  notJson: (why: string) => `The request is not JSON: ${why}`,
} as const;

type Texts = { readonly [Name in keyof typeof ENGLISH]: (typeof ENGLISH)[Name] extends string ? string : (typeof ENGLISH)[Name] };

const URDU: Texts = {
  title: 'آزمائش گاہ',
  pages: 'صفحات',
  searchPage: 'تلاش کا صفحہ',
  reference: 'حوالہ',
  theme: 'رنگ',
  system: 'نظام',
  light: 'روشن',
  dark: 'تاریک',
  searching: 'ایک تلاش',
  query: 'سوال',
  index: 'اشاریہ',
  key: 'کلید',
  keyNote:
    'کلید صرف اس صفحے کی یادداشت میں رہتی ہے اور صفحہ چھوڑتے ہی مٹ جاتی ہے۔ کلید نہ ہو تو تلاش کے صفحے کی کلید بھیجی جاتی ہے، اگر ہو۔',
  send: 'بھیجیں',
  sendNote: 'درخواست میں Ctrl+Enter سے بھی',
  request: 'درخواست',
  response: 'جواب',
  readings: 'الفاظ کیسے پڑھے گئے',
  typed: 'لکھا گیا',
  terms: 'املا',
  roots: 'اصل',
  reason: 'وجہ',
  weight: 'وزن',
  compare: 'تبدیلی کے ساتھ اور بغیر',
  compareNote: 'وہی درخواست، urdu.exact کے بغیر اور اس کے ساتھ۔',
  rewritten: 'جیسے سمجھا گیا',
  asTyped: 'جیسے لکھا گیا',
  onlyHere: 'صرف یہاں',
  untitled: 'دکھانے کو متن نہیں',
  analysis: 'متن کا تجزیہ',
  text: 'متن',
  analyze: 'تجزیہ کریں',
  word: 'لفظ',
  rules: 'قواعد',
  none: 'کوئی نہیں',
  noReadings: 'سوال کا اردو سے تعلق نہیں، یا ابھی کچھ بھیجا نہیں گیا: اسے Meilisearch پر چھوڑا جاتا ہے۔',
  hits: (count) => `${count} نتائج`,
  answered: (status, milliseconds) => `جواب ${status}، ${milliseconds} ملی سیکنڈ میں۔`,
  analyzed: (count) => `${count} الفاظ۔`,
  sending: 'بھیجا جا رہا ہے…',
  failed: (why) => `جواب نہیں آیا: ${why}`,
  notJson: (why) => `درخواست JSON نہیں: ${why}`,
};

export type Language = 'en' | 'ur';

export const textsOf = (language: Language): Texts => (language === 'ur' ? URDU : ENGLISH);
export type { Texts };

/** The words that stand in the page itself. */
export function translate(language: Language): void {
  const texts = textsOf(language);
  const named = (name: string | undefined): string => {
    const text = texts[name as keyof Texts];
    return typeof text === 'string' ? text : '';
  };
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ur' ? 'rtl' : 'ltr';
  document.title = language === 'ur' ? `جستجو: ${texts.title}` : `Justuju: ${texts.title.toLowerCase()}`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) element.textContent = named(element.dataset.text);
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) element.ariaLabel = named(element.dataset.label);
}

import { fold, foldedSet, pattern } from './fold.js';

/** Names of papers, agencies and broadcasters: what a report can come from. */

/** Without spaces: "یواین آئی" and "یو این آئی" are one. */
const keyOf = (name: string): string => fold(name).replace(/[\s.،,-]/gu, '');

const AGENCIES: ReadonlySet<string> = new Set(
  [
    'اے پی پی',
    'کے ایم ایس',
    'کشمیر میڈیا سروس',
    'ایس پی اے',
    'آئی این اے',
    'تسنیم',
    'این این آئی',
    'آئی این پی',
    'آن لائن',
    'اے ایف پی',
    'رائٹرز',
    'رائٹر',
    'اے پی',
    'یو این آئی',
    'پی ٹی آئی',
    'پی پی آئی',
    'یو پی آئی',
    'این این اے',
    'آئی اے این ایس',
    'اے این آئی',
    'ثناء نیوز',
    'ثنا نیوز',
    'صباح نیوز',
    'شنہوا',
    'ژنہوا',
    'سنہوا',
    'ڈی پی اے',
    'تاس',
    'انادولو',
    'ارنا',
    'مہر نیوز',
    'app',
    'afp',
    'ap',
    'nni',
    'inp',
    'ppi',
    'uni',
    'pti',
    'ani',
    'ians',
    'reuters',
    'xinhua',
  ].map(keyOf),
);

/** Papers and broadcasters whose names say nothing of the kind ("جنگ" is also a war), so they count only where a name is expected. */
const NAMES = foldedSet(
  'جنگ,ڈان,دنیا,ایکسپریس,نوائے وقت,خبریں,پاکستان,جسارت,اوصاف,امت,انقلاب,سیاست,منصف,اعتماد,راشٹریہ سہارا,قومی آواز,بی بی سی,بی بی سی اردو,وی نیوز,جیو,ہم نیوز,سماء,بول,اے آر وائی',
);

const KIND = pattern(
  '(?<!\\p{L})(?:روزنامہ|ہفت روزہ|سہ روزہ|پندرہ روزہ|ماہنامہ|سہ ماہی|ڈیلی|نیوز|اخبار|ٹائمز|ٹریبیون|پوسٹ|میگزین|ریڈیو|ٹی وی|بی بی سی|وائس آف|ڈی ڈبلیو|ڈوئچے ویلے|اردو|ڈاٹ کام|daily|news|times|tribune|post|magazine|weekly|radio|tv|bbc|dw)(?!\\p{L})',
);

export const isAgency = (name: string): boolean => AGENCIES.has(keyOf(name));

/** The name of a paper or broadcaster, by a word in it or because we know it. */
export const isOutlet = (name: string): boolean => KIND.test(fold(name)) || NAMES.has(fold(name));

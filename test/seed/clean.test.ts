import fc from 'fast-check';
import { readPage } from '../../seed/articles.js';
import { clean, droppedFrom } from '../../seed/clean.js';
import { isText } from '../../seed/lines.js';
import { stripMarkup } from '../../seed/markup.js';
import type { NoiseKind } from '../../seed/noise.js';
import { ARABIC_KEYBOARD, urduPage } from './pages.js';

const TITLE = 'نئے باغ میں ہزار درخت لگا دیے گئے';
const PROSE = 'شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں جن میں آم اور جامن شامل ہیں۔';

/** What happens to a line between two paragraphs. */
function kindOf(line: string, below: readonly string[] = [PROSE.replace('نئے', 'پرانے')]): NoiseKind | null {
  const page = [TITLE, '', PROSE, line, ...below].join('\n');
  return droppedFrom(clean(page)).find(({ number }) => number === 4)?.kind ?? null;
}

const textsOf = (text: string): string[] =>
  clean(text)
    .lines.filter(isText)
    .map((line) => line.text);

describe('noise', () => {
  it.each<[NoiseKind, string]>([
    ['ornament', '* * *'],
    ['ornament', '----------'],
    ['share', 'Shares:'],
    ['share', 'Shares: 17'],
    ['share', 'شیئر کریں'],
    ['share', 'ای میل کریں'],
    ['share', 'اس خبر کو دوستوں کے ساتھ شئیر کریں'],
    ['share', 'Facebook Twitter WhatsApp Email'],
    ['share', 'فیس بک | ٹوئٹر | واٹس ایپ'],
    ['share', 'Share on Facebook'],
    ['counter', 'ویوز: ۱۲۳'],
    ['counter', '1,234 views'],
    ['counter', 'ویوز 123'],
    ['counter', '3 منٹ میں پڑھیں'],
    ['counter', '325 بار دیکھا گیا'],
    ['counter', 'Post Views: 12'],
    ['counter', '0 تبصرے'],
    ['counter', 'اپ ڈیٹ کی گئی 2 گھنٹے قبل'],
    ['counter', 'آخری اپ ڈیٹ: 3 دن پہلے'],
    ['counter', 'Updated 5 hours ago'],
    ['counter', '۳ گھنٹے قبل'],
    ['counter', 'پڑھنے کا وقت: ۳ منٹ'],
    ['advertisement', 'Advertisement'],
    ['advertisement', '[اشتہار]'],
    ['advertisement', 'اشتہارات'],
    ['advertisement', 'Advertisement - scroll to continue'],
    ['copyright', '© 2025 باغ نامہ'],
    ['copyright', 'Copyright 2024, all rights reserved.'],
    ['copyright', 'جملہ حقوق بحق ادارہ محفوظ ہیں۔'],
    ['desk', 'ویب ڈیسک'],
    ['desk', '(نیوز ڈیسک)'],
    ['desk', 'شوبز ڈیسک'],
    ['section', 'مزید :'],
    ['section', 'صفحہ اول -'],
    ['section', 'ہوم > پاکستان > خبر'],
    ['link', 'مزید پڑھیں: درخت کاٹنے پر جرمانہ بڑھا دیا گیا'],
    ['link', 'مزید پڑھیے : درخت کاٹنے پر جرمانہ'],
    ['link', 'یہ بھی پڑھیں: کیا شہر ٹھنڈا ہو سکتا ہے؟'],
    ['link', 'یہ بھی پڑھیں درخت کاٹنے پر جرمانہ'],
    ['link', '»مزید پڑھیں'],
    ['link', 'پڑھیں: درخت کاٹنے پر جرمانہ'],
    ['link', 'Read More'],
    ['link', 'Read more: Trees of the city'],
    ['link', 'پوری خبر پڑھیں'],
    ['appeal', 'ہمارا واٹس ایپ چینل جوائن کریں'],
    ['appeal', 'تازہ خبروں کے لیے ہمیں ٹوئٹر پر فالو کریں!'],
    ['appeal', 'ہمارے یوٹیوب چینل کو سبسکرائب کریں۔'],
    ['appeal', 'خبریں موبائل پر پانے کے لیے واٹس ایپ گروپ میں شامل ہوں: https://example.org/g'],
    ['appeal', 'Join our WhatsApp channel for updates'],
    ['appeal', 'Follow us on Facebook'],
    ['appeal', 'گوگل نیوز پر ہمیں فالو کریں'],
    ['appeal', 'بی بی سی اردو اب واٹس ایپ پر'],
    ['appeal', 'ہماری خبریں اور فیچرز اپنے فون پر حاصل کریں اور سب سے پہلے جانیں'],
    ['appeal', 'سبسکرائب کرنے کے لیے کلک کریں'],
    ['credit', 'تصویر کے کاپی رائٹ Getty Images'],
    ['credit', '،تصویر کا ذریعہGetty Images'],
    ['credit', 'تصویر کے کاپی رائٹ AFP Image caption باغ کا ایک گوشہ'],
    ['credit', 'فوٹو: رائٹرز'],
    ['credit', 'فائل فوٹو'],
    ['credit', 'بچے باغ میں کھیلتے ہوئے۔ — فوٹو: رائٹرز'],
    ['credit', 'بچے باغ میں کھیل رہے ہیں۔—تصویر: ڈان'],
    ['credit', 'میئر باغ کے افتتاح پر خطاب کر رہے ہیں، فوٹو اے پی پی'],
    ['credit', 'باغ کا ایک گوشہ (فوٹو: سلیم وٹو)'],
    ['credit', 'اسکرین گریب'],
    ['credit', 'علامتی تصویر'],
    ['credit', 'باغ کا ایک منظر — فائل فوٹو'],
    ['credit', 'باغ کا ایک منظر۔ (فائل فوٹو)'],
    ['credit', 'فوٹو سوشل میڈیا'],
    ['credit', 'اسکرین گریب: یوٹیوب'],
    ['credit', '— اے ایف پی'],
    ['credit', 'ویڈیو: سلیم وٹو'],
    ['credit', 'زیر نظر تصویر میں باغ کا دروازہ دیکھا جا سکتا ہے (اے ایف پی)'],
    ['embed', '@bagh_news کی ٹوئٹر پر پوسٹ کا خاتمہ Old trees'],
    ['embed', 'Skip Twitter post'],
    ['embed', '— Salim Watto (@salim) June 14, 2023'],
    ['embed', 'https://www.youtube.com/watch?v=abc'],
    ['embed', '[embed]https://youtu.be/abc[/embed]'],
    ['footer', 'LEAVE A REPLY'],
    ['footer', 'اپنا تبصرہ بھیجیں'],
    ['footer', 'Name *'],
    ['footer', 'Loading...'],
    ['footer', 'A- A A+'],
    ['footer', 'This website uses cookies to improve your experience.'],
    ['footer', 'تبصرے (0) بند ہیں'],
    ['footer', 'Comments are closed.'],
    ['footer', 'Skip to content'],
    ['footer', 'نوٹ: ادارے کا مصنف کی رائے سے متفق ہونا ضروری نہیں۔'],
    ['footer', 'اگر آپ بھی ہمارے لیے بلاگ لکھنا چاہتے ہیں تو تحریر ای میل کر دیں۔'],
    ['footer', 'اس خبر پر اپنی رائے دیں'],
    ['footer', 'صفحہ 1 از 3'],
    ['footer', 'مواد پر جائیں'],
    ['footer', 'مضمون کی تفصیل'],
    ['footer', 'مزید لوڈ کریں'],
    ['footer', 'آپ کا براؤزر اس ویڈیو کو سپورٹ نہیں کرتا'],
    ['footer', 'جواب دیں جواب منسوخ کریں'],
    ['footer', 'Your email address will not be published. Required fields are marked *'],
    ['link', 'اسی بارے میں'],
    ['link', 'ویڈیو دیکھیں'],
    ['link', 'یہ خبر سنیں'],
    ['link', 'اس خبر کو سنیں'],
    ['link', 'مزید خبریں پڑھیں'],
    ['link', 'اس خبر کو بھی پڑھیں: درخت کاٹنے پر جرمانہ'],
    ['link', 'اس سے متعلق مزید پڑھیں: درخت کاٹنے پر جرمانہ'],
    ['link', 'اس موضوع پر مزید'],
    ['link', 'متعلقہ پوسٹس'],
    ['link', 'RELATED ARTICLES'],
    ['link', 'ویڈیو دیکھیں: باغ کا افتتاح'],
    ['link', 'تصاویر دیکھیے: باغ کے نایاب پھول'],
    ['appeal', 'ہمیں فالو کریں'],
    ['appeal', 'ہمیں سوشل میڈیا پر فالو کریں'],
    ['appeal', 'واٹس ایپ گروپ میں شامل ہونے کے لیے یہاں کلک کریں'],
    ['appeal', 'ہمارا یوٹیوب چینل سبسکرائب کرنے کے لیے اس لنک پر کلک کریں'],
    ['appeal', 'ہمارے فیس بک پیج کو لائک کریں اور تازہ خبریں پائیں'],
    ['appeal', 'ہمارا یوٹیوب چینل سبسکرائب کریں اور باخبر رہیں'],
    ['footer', 'ہمارے بارے میں | رابطہ | پرائیویسی پالیسی'],
    ['footer', 'About Us Contact Us Privacy Policy Terms & Conditions'],
    ['footer', 'Print Friendly, PDF & Email'],
    ['footer', 'نوٹ: یہ مضمون مصنف کی ذاتی رائے پر مبنی ہے، ادارے کا متفق ہونا ضروری نہیں۔'],
    ['footer', 'یہ لکھاری کے اپنے خیالات ہیں، ادارے کا ان سے اتفاق ضروری نہیں ہے'],
    ['markup', 'window.googletag = window.googletag || {cmd: []};'],
    ['markup', '(adsbygoogle = window.adsbygoogle || []).push({});'],
    ['markup', 'googletag.cmd.push(function() { googletag.display("ad-1"); });'],
    ['markup', '<div class="widget">'],
    ['markup', 'data-id="1f" data-type="widget">'],
    ['markup', '<br/>'],
    ['markup', '&nbsp;'],
  ])('%s: %s', (kind, line) => expect(kindOf(line)).toBe(kind));

  it.each<[string, string]>([
    ['a crosshead of years', '3 سال پہلے'],
    ['a crosshead of days', '2 دن پہلے'],
    ['a crosshead of hours in words', 'تین گھنٹے قبل'],
    ['a sentence about sharing', 'فیس بک نے تصویریں شیئر کرنے کا نیا طریقہ دیا ہے۔'],
    ['a crosshead that names a network', 'فیس بک'],
    ['a letter in a table', 'X'],
    ['a crosshead about the stock market', 'شیئرز'],
    ['a line about pictures', 'تصویر کے پیچھے کی کہانی'],
    ['a headline about a film', 'ویڈیو: باغ کا افتتاح اور شہریوں کی خوشی'],
    ['a list that goes on', '— اے ایف پی کا کردار'],
    ['views that are opinions', 'مناظر'],
    ['an opinion on opinions', 'ہر قاری کا اس رائے سے متفق ہونا ضروری نہیں۔'],
    ['a house that need not agree', 'کسی ادارے کا دوسرے سے اتفاق ضروری نہیں ہے اور باغ اسی بحث میں بند رہا۔'],
    ['a crosshead about tags', 'ٹیگ'],
    ['a paper that is told of', 'باغ اب واٹس ایپ پر'],
    ['a question about a picture', 'تصویر: یہ کون ہے؟'],
    ['a sentence about a photograph', 'میئر نے کہا کہ باغ کی یہ تصویر رائٹرز کے فوٹوگرافر نے بنائی تھی۔'],
    ['a picture that no agency made', 'باغ کی ایک یاد، تصویر پرانی'],
    ['a sentence that goes on behind a picture', 'باغ کا نقشہ، تصویر: جو ہم نے دیکھا وہ ایسا نہیں تھا۔'],
    ['a sentence on how long reading takes', 'پڑھنے کا وقت: صبح یا شام، جب دل چاہے'],
    ['the name of a field without a star', 'Name'],
    ['letters of a grade', 'A A'],
    ['a sentence about a film', 'ویڈیو دیکھیں تو باغ سو سال پرانا لگتا ہے۔'],
    ['a symbol', 'علامتی تصویر کا مطلب'],
    ['a crosshead that other sites put over lists', 'اہم خبریں'],
    ['a sentence that begins with a picture', 'تصویر میں باغ کا وہ حصہ دکھایا گیا ہے جو اب نہیں رہا۔'],
    ['a crosshead about answers', 'جواب'],
    ['a number of viewers in a sentence', 'اس میچ کو 12 لاکھ لوگوں نے دیکھا۔'],
    ['a sentence about advertisements', 'اشتہار میں دکھایا گیا باغ شہر میں نہیں ہے۔'],
    ['a ruling on copyright', 'عدالت نے کہا کہ کتاب کے جملہ حقوق مصنفہ کے نام محفوظ ہیں۔'],
    ['a sentence about a desk', 'نیوز ڈیسک پر بیٹھے عملے نے خبر کی تصدیق کی۔'],
    ['a sentence that begins with مزید', 'مزید درخت اگلے سال لگائے جائیں گے۔'],
    ['a crosshead that is a section', 'کھیل'],
    ['a sentence that begins like a link', 'مزید پڑھیں تو معلوم ہوتا ہے کہ باغ سو سال پرانا ہے۔'],
    ['a sentence that begins like a link, with a question behind', 'یہ بھی پڑھیں اور سوچیں کہ درخت کیوں کاٹے جاتے ہیں۔'],
    ['lives, not "know more"', 'مزید جانیں ضائع ہونے کا خدشہ'],
    ['a sentence that introduces a saying', 'مزید دیکھیے شاعر اسی باغ کے بارے میں کیا کہتا ہے:'],
    ['children who read', 'پڑھیں گے بچے تو بڑھے گا ملک'],
    ['a report about a channel', 'وزیر نے شہریوں سے کہا کہ وہ محکمے کا واٹس ایپ چینل جوائن کریں۔'],
    ['a report about a party', 'وہ نئی جماعت میں شامل ہوں گے اور چینل چھوڑ دیں گے۔'],
    ['a headline that asks to join', 'شجر کاری مہم میں شامل ہوں'],
    ['a step of a recipe to click', 'فارم بھرنے کے لیے یہاں کلک کریں'],
    ['a crosshead about contact', 'رابطہ'],
    ['a crosshead about privacy', 'پرائیویسی پالیسی'],
    ['a crosshead about a film', 'ویڈیو دیکھیں گے بچے'],
    ['a sentence that a film is looked at', 'ویڈیو دیکھیں: اس میں باغ سو سال پرانا لگتا ہے۔'],
    ['a sentence on those who follow', 'ہمیں فالو کریں گے تو راستہ ملے گا۔'],
    ['a sentence on staying informed', 'شہری موسم سے باخبر رہیں'],
    ['a line of code in a lesson', 'window.title = "باغ";'],
    ['a sentence on what advertisements are made with', 'اشتہار دکھانے کے لیے googletag.cmd.push لکھا جاتا ہے۔'],
    ['a writer who does not agree', 'مصنف نے کہا کہ ہر ادارے سے میرا متفق ہونا ضروری نہیں۔'],
    ['comparison signs', 'اگر a < b ہو تو b > a ہو گا۔'],
    ['a text about HTML', 'سطر توڑنے کے لیے <hr> اور <b> لکھا جاتا ہے۔'],
    ['a company with an ampersand', 'احمد & سنز نے باغ کو سو پودے دیے۔'],
    ['a date as a heading of a timeline', '14 اگست 1947'],
    ['a label that begins a sentence', 'ذریعہ: معلوم نہیں ہو سکا کہ خبر کہاں سے آئی ہے۔'],
    ['a sentence about comments', 'اس خبر پر تبصرے بند ہیں کیونکہ معاملہ عدالت میں ہے۔'],
    ['a sentence about a poet', 'شاعر، ادیب اور نقاد فیض احمد کی برسی آج منائی جا رہی ہے۔'],
  ])('keeps %s', (_why, line) => expect(kindOf(line)).toBeNull());
});

describe('noise that its place tells', () => {
  const bodyOf = (...lines: readonly string[]): string[] => textsOf(lines.join('\n\n'));

  it.each([
    ['sections', ['ہوم', 'پاکستان', 'کھیل', 'دنیا']],
    ['the list that is shown, and sections', ['تازہ ترین', 'پاکستان', 'بین الاقوامی', 'کھیل', 'شوبز']],
    ['two of them, the first of which is the front page', ['Home', 'Sports']],
  ])('drops the menu over a headline: %s', (_, menu) => {
    expect(bodyOf(...menu, TITLE, PROSE)).toEqual([TITLE, PROSE]);
    expect(bodyOf(...menu, TITLE, '14 جون 2023', PROSE)).toEqual([TITLE, PROSE]);
  });

  it.each([
    ['a story that is called so', ['پاکستان', PROSE]],
    ['sections that are listed', ['اخبار کے صفحے', 'پاکستان', 'کھیل', 'دنیا', PROSE]],
    ['three words that begin a poem', ['دنیا', 'موسم', 'صحت', 'ہوا چلی', 'شام ہوئی']],
    ['a title with two crossheads', ['کشمیر', 'موسم', PROSE]],
  ])('keeps %s', (_, lines) => expect(bodyOf(...lines)).toEqual(lines));

  const text = (page: string): string[] =>
    clean(page)
      .lines.filter(isText)
      .map((line) => line.text);

  it('drops the name of a list over the headline, and keeps one that is the title', () => {
    expect(text(['اہم خبریں', TITLE, '14 جون 2023', PROSE].join('\n\n'))).toEqual([TITLE, PROSE]);
    expect(text(['اہم خبریں', PROSE].join('\n\n'))).toEqual(['اہم خبریں', PROSE]);
    expect(text(['تازہ ترین', 'پہلا مصرع کچھ یوں ہے', 'دوسرا مصرع کچھ یوں ہے'].join('\n'))).toContain('تازہ ترین');
  });
  it('drops a headline that is repeated cut off', () => {
    for (const dots of ['...', ' ...', '…']) {
      expect(text([TITLE, '', `نئے باغ میں ہزار${dots}`, '', PROSE].join('\n'))).toEqual([TITLE, PROSE]);
    }
  });
  it('drops a headline that is repeated whole above the text', () =>
    expect(text([TITLE, TITLE, PROSE].join('\n'))).toEqual([TITLE, PROSE]));
  it('keeps words that trail off but repeat no headline', () => {
    const line = 'وہ باغ جو کبھی تھا...';
    expect(text([TITLE, PROSE, line, `${line.slice(0, -3)} اور اب نہیں رہا`].join('\n'))).toContain(line);
  });
  it('keeps a first verse that is also the title', () => {
    const verses = ['درخت بولتے نہیں کبھی', 'درخت بولتے نہیں کبھی', 'مگر سنا گیا انہیں', 'ہوا کے ساتھ شام کو'];
    expect(text(verses.join('\n'))).toEqual(verses);
  });
  it('drops buttons that stand one on each line', () =>
    expect(text([TITLE, 'Facebook', 'X', '0', 'Twitter', PROSE].join('\n'))).toEqual([TITLE, PROSE]));
  it('drops a list of names after an appeal at the end, also in several lines', () =>
    expect(text([TITLE, PROSE, 'ہمارا چینل سبسکرائب کریں', 'baghnews آم جامن', 'نئے باغ'].join('\n'))).toEqual([TITLE, PROSE]));
  it('keeps a sentence after an appeal', () => {
    const last = 'باغ اتوار کو بھی کھلا رہے گا';
    expect(text([TITLE, PROSE, 'ہمارا چینل سبسکرائب کریں', last].join('\n'))).toEqual([TITLE, PROSE, last]);
  });
  it('drops a list of names from the text at the very end, without an appeal', () =>
    expect(text([TITLE, PROSE, 'نئے باغ ایک ہزار درخت نئے باغ'].join('\n'))).toEqual([TITLE, PROSE]));
  it('keeps a last verse made of words from the poem', () => {
    const poem = [TITLE, PROSE, 'آم جامن درخت باغ', 'ایک ہزار درخت نئے باغ آم جامن'];
    expect(text(poem.join('\n'))).toEqual(poem);
  });
  it('drops a caption before the next dateline, and one before the trailers', () => {
    const second = 'ملتان (نمائندہ خصوصی) آم کے باغوں میں اس سال پیداوار بڑھ گئی ہے اور کسان خوش ہیں۔';
    expect(text([TITLE, '', `لاہور (سٹاف رپورٹر) ${PROSE}`, '', 'نئے باغ', '', second, '', 'کسان', '', 'مزید :'].join('\n'))).toEqual([
      TITLE,
      `لاہور (سٹاف رپورٹر) ${PROSE}`,
      second,
    ]);
  });
  it('drops the links behind a label, and keeps the crosshead behind them', () => {
    const label = 'اسی بارے میں';
    const links = ['پرانے درختوں کا کیا ہوا؟', 'شہر میں درخت کون لگاتا ہے'];
    const last = PROSE.replace('آم', 'کیلے');
    expect(text([TITLE, '', PROSE, '', label, '', ...links.flatMap((link) => [link, '']), 'پرانے باغ', '', last].join('\n'))).toEqual([
      TITLE,
      PROSE,
      'پرانے باغ',
      last,
    ]);
  });
  it.each(['سب سے زیادہ پڑھی جانے والی خبریں', 'آپ کی پسند کی خبریں', 'تازہ ترین خبریں:', 'Most Read'])(
    'drops the list "%s" below the text, and keeps it as a headline',
    (label) => {
      const links = ['نہر کی صفائی شروع ہو گئی', 'گندم کی نئی قسم تیار کر لی گئی'];
      expect(text([TITLE, '', PROSE, '', label, '', ...links].join('\n'))).toEqual([TITLE, PROSE]);
      expect(text([label, '', TITLE, '', PROSE].join('\n'))).toEqual([label, TITLE, PROSE]);
    },
  );
  it('drops the last field of a comment form, and no other line of that name', () => {
    expect(text([TITLE, '', PROSE, '', 'Leave a reply', 'Name *', 'Email *', 'Website'].join('\n'))).toEqual([TITLE, PROSE]);
    expect(text([TITLE, '', PROSE, '', 'Website'].join('\n'))).toEqual([TITLE, PROSE, 'Website']);
  });
  it('keeps verses behind a label', () => {
    const verses = ['ہوا کے ساتھ اک پتا گرا ہے', 'شجر نے آج کیا کیا کچھ سنا ہے', 'پرندہ شام سے پہلے گیا تھا', 'سویرے تک مگر رستہ کھلا ہے'];
    expect(text([TITLE, '', PROSE, '', 'پڑھیں:', '', ...verses].join('\n'))).toEqual([TITLE, PROSE, ...verses]);
  });
  it("keeps the author's list of networks, and a list at the end that a colon introduces", () => {
    const list = ['یہ ایپس سب سے مقبول ہیں:', 'فیس بک', 'انسٹاگرام', 'ٹیلی گرام'];
    expect(text([TITLE, '', PROSE, '', ...list, '', PROSE].join('\n'))).toEqual([TITLE, PROSE, ...list, PROSE]);
    expect(text([TITLE, '', PROSE, '', ...list].join('\n'))).toEqual([TITLE, PROSE, ...list]);
  });
  it('keeps a headline that is a word of noise, where the text follows', () =>
    expect(text(`اشتہار\n\n${PROSE}`)).toEqual(['اشتہار', PROSE]));
  it('keeps the headline of the next report, although its text has the words', () => {
    const second = 'ملتان (نمائندہ خصوصی) آم کی قیمت میں کمی ہو گئی ہے اور کسان پریشان ہیں۔';
    expect(text([TITLE, '', `لاہور (سٹاف رپورٹر) ${PROSE}`, '', 'آم کی قیمت میں کمی', '', second].join('\n'))).toContain(
      'آم کی قیمت میں کمی',
    );
  });
  it('drops the headlines beside "Previous article" and "Next article"', () =>
    expect(text([TITLE, '', PROSE, '', 'Previous article', '', 'نہر کی صفائی', '', 'Next article', '', 'گندم کی فصل'].join('\n'))).toEqual([
      TITLE,
      PROSE,
    ]));
  it('takes a share bar and the name of a desk from the beginning of a paragraph', () => {
    expect(text(`${TITLE}\n\nاس خبر کو شیئر کریں فیس بک ٹوئٹر واٹس ایپ ${PROSE}`)).toEqual([TITLE, PROSE]);
    for (const desk of ['ویب ڈیسک:', '(ویب ڈیسک)', 'نیوز ڈیسک -']) expect(text(`${TITLE}\n\n${desk} ${PROSE}`)).toEqual([TITLE, PROSE]);
    expect(text(`نیوز ڈیسک: ایک تعارف\n\n${PROSE}`)).toEqual(['نیوز ڈیسک: ایک تعارف', PROSE]);
  });
  it.each(['', '| ', '- '])('prints a headline once that stands twice in its line, "%s" between', (sign) =>
    expect(text(`${TITLE} ${sign}${TITLE}\n\n${PROSE}`)).toEqual([TITLE, PROSE]),
  );
  it('drops the title of the page over its headline, with the name of the site', () => {
    expect(text(`${TITLE} - باغ نامہ\n\n${TITLE}\n\n${PROSE}`)).toEqual([TITLE, PROSE]);
    expect(text(`${TITLE} - ایک رپورٹ\n\n${PROSE}`)).toEqual([`${TITLE} - ایک رپورٹ`, PROSE]);
  });
  it('takes the section over a headline that has its day below, and no title', () => {
    expect(text(`پاکستان\n\n${TITLE}\n\n14 جون 2023\n\n${PROSE}`)).toEqual([TITLE, PROSE]);
    for (const kept of [`پاکستان\n\n${PROSE}`, `کھیل\n\n${TITLE}\n\n${PROSE}`]) expect(text(kept)[0]).toBe(kept.split('\n')[0]);
  });
  it('drops a caption below its label, and no paragraph', () => {
    expect(text([TITLE, PROSE, '،تصویر کا کیپشن', 'باغ میں کام کرنے والے', PROSE].join('\n\n'))).toEqual([TITLE, PROSE, PROSE]);
    expect(text([TITLE, PROSE, '،تصویر کا کیپشن', PROSE].join('\n\n'))).toEqual([TITLE, PROSE, PROSE]);
  });
  it('drops the hour and the weekday beside the day, and no headline', () => {
    expect(text([TITLE, 'منگل', '14 جون 2023', '10:30 صبح', PROSE].join('\n'))).toEqual([TITLE, PROSE]);
    expect(text(['منگل', '14 جون 2023', PROSE].join('\n\n'))).toEqual(['منگل', PROSE]);
    expect(text([TITLE, PROSE, 'منگل', PROSE].join('\n\n'))).toEqual([TITLE, PROSE, 'منگل', PROSE]);
  });
  it('takes the label from a title over other labels, and from no other headline', () => {
    expect(text(['عنوان: نئے باغ کا افتتاح', 'مصنف: سلیم وٹو', '14 جون 2023', '', PROSE].join('\n'))).toEqual(['نئے باغ کا افتتاح', PROSE]);
    expect(text(['عنوان: ایک نظم', '', PROSE].join('\n'))).toEqual(['عنوان: ایک نظم', PROSE]);
  });
  it('takes tags one a line below their label for tags, and keeps a crosshead of that name', () => {
    expect(text([TITLE, PROSE, 'TAGS', 'باغ', 'درخت', 'Share'].join('\n\n'))).toEqual([TITLE, PROSE]);
    expect(text([TITLE, PROSE, 'TAGS', PROSE.replace('آم', 'انار')].join('\n\n'))).toContain('TAGS');
  });
  it('puts paragraphs apart that a crawler has glued, where the author writes blanks', () => {
    const [one, two] = [`${PROSE} ${PROSE}`, `اس موقع پر وزیر نے کہا کہ اگلے سال اور درخت لگائے جائیں گے۔ ${PROSE}`];
    expect(text(`${TITLE}\n\n${one}${two}`)).toEqual([TITLE, one, two]);
    const never = [PROSE, PROSE, PROSE].join('');
    expect(text(`${TITLE}\n\n${never}`)).toEqual([TITLE, never]);
  });
  it('makes text whole that was cut at a width or filled up to one, and leaves verses', () => {
    const long = `${PROSE} ${PROSE.replace('آم', 'کیلے')} ${PROSE.replace('آم', 'انار')} ${PROSE.replace('آم', 'انجیر')}`;
    const cut = long.match(/.{1,60}/gu) ?? [];
    expect(text(`${TITLE}\n\n${cut.join('\n')}`)).toEqual([TITLE, long]);
    const filled = long.match(/.{1,64}(?: |$)/gu)?.map((line) => line.trim()) ?? [];
    expect(text(`${TITLE}\n\n${filled.join('\n')}`)).toEqual([TITLE, long]);
    const verses = Array.from(
      { length: 4 },
      (_, i) => `شجر پر بیٹھ کر اک شب پرندہ گا رہا تھا یہ گیت سب کے لیے ${'اب'.repeat((i % 2) + 1)}`,
    );
    expect(text(verses.join('\n'))).toEqual(verses);
  });
  it('makes short paragraphs whole where a long one tells the width of the page', () => {
    const long = `${PROSE} ${PROSE.replace('آم', 'کیلے')} ${PROSE.replace('آم', 'انار')}`;
    const filled = (words: string): string => (words.match(/.{1,64}(?: |$)/gu) ?? []).map((line) => line.trim()).join('\n');
    expect(text([TITLE, filled(long), filled(PROSE)].join('\n\n'))).toEqual([TITLE, long, PROSE]);
    // By itself a sentence in lines may be verses.
    expect(text([TITLE, filled(PROSE)].join('\n\n'))).toEqual([TITLE, ...filled(PROSE).split('\n')]);
    const couplet = ['ہوا کے ساتھ اک پتا گرا ہے', 'شجر نے آج کیا کیا کچھ سنا ہے'];
    expect(text([TITLE, filled(long), couplet.join('\n')].join('\n\n'))).toEqual([TITLE, long, ...couplet]);
  });
  it('keeps a crosshead inside a report, although the text has its words', () =>
    expect(text([TITLE, '', PROSE, '', 'نئے باغ', '', PROSE.replace('آم', 'کیلے')].join('\n'))).toContain('نئے باغ'));
  it('drops the headline behind a bare link and goes on with the report', () => {
    const third = 'درخت محکمہ جنگلات نے مفت دیے ہیں۔';
    expect(text([TITLE, PROSE, 'مزید پڑھیں', 'پارکوں میں داخلہ مفت', third].join('\n'))).toEqual([TITLE, PROSE, third]);
  });
});

describe('stripMarkup', () => {
  it.each([
    ['<p>باغ</p>', 'باغ'],
    ['باغ<br>درخت', 'باغ درخت'],
    ['ایک <strong>بڑا</strong> باغ', 'ایک بڑا باغ'],
    ['ایک <a href="x">بڑا</a> باغ', 'ایک بڑا باغ'],
    ['آم&nbsp;اور&amp;nbsp;جامن', 'آم اور جامن'],
    ['&quot;باغ&quot; &#1576;', '"باغ" ب'],
    ['باغ <img src="a.png"', 'باغ'],
    ['&#0; &#xD800; &unknown; AT&T', '&#0; &#xD800; &unknown; AT&T'],
    ['مساوات x=1', 'مساوات x=1'],
  ])('%s -> %s', (line, expected) => expect(stripMarkup(line)).toBe(expected));
});

describe('laws', () => {
  const runs = { numRuns: 400, seed: 1 };
  const body = (page: string): string[] => readPage(page).reports.flatMap((article) => article.body.split('\n'));

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (page) => void readPage(page).reports),
      runs,
    );
    fc.assert(
      fc.property(urduPage, (page) => void readPage(page).reports),
      runs,
    );
  });
  it('makes bodies of lines of the input, in their order, untouched but for the spaces around them', () =>
    fc.assert(
      fc.property(urduPage, (page) => {
        const lines = page.split('\n').map((line) => line.trim());
        let from = 0;
        for (const paragraph of body(page)) {
          const at = lines.indexOf(paragraph, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + 1;
        }
      }),
      runs,
    ));
  it('finds nothing more in what it has cleaned', () =>
    fc.assert(
      fc.property(urduPage, (page) => {
        const kept = (text: string): string[] =>
          clean(text)
            .lines.filter(({ noise }) => noise === null)
            .map((line) => line.text);
        const once = kept(page);
        expect(kept(once.join('\n'))).toEqual(once);
      }),
      runs,
    ));
  it('loses no line: each is text, metadata or counted', () =>
    fc.assert(
      fc.property(urduPage, (page) => {
        const { lines, emptyLines } = clean(page);
        const all = page.split('\n');
        if (all.at(-1) === '') all.pop();
        expect(lines.length + emptyLines).toBe(all.length);
      }),
      runs,
    ));
  it('compares without regard to the letters an Arabic keyboard types', () =>
    expect(kindOf([...'مزید پڑھیں: درخت'].map((letter) => ARABIC_KEYBOARD[letter] ?? letter).join(''))).toBe('link'));
});

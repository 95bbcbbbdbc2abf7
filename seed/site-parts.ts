import { foldedSet, pattern } from './fold.js';
import { endsSentence, isProse } from './judge.js';
import { FINITE_VERBS, isText, type Line } from './lines.js';
import { type Drops, EDGE, END, REPORTING, START } from './noise.js';
import { isAgency } from './outlets.js';
import { personIn } from './persons.js';

/** Parts of a site's page that are told by their label: photo credits and captions, posts of social networks, the footer of a theme. */

/** Words of the longest caption. More is a paragraph that a credit ran into, and stays. */
const LONGEST_CAPTION = 40;

/** No edge behind: pages of the BBC glue what follows ("تصویر کا ذریعہGetty Images"). */
const PHOTO_LABEL = pattern(
  `${START}(?:تصویر کے کاپی رائٹ|تصویر کے جملہ حقوق|تصویر کے حقوق|تصویر کا ذریعہ|تصویر کا کیپشن|تصویر کا عنوان|ویڈیو کا کیپشن|(?:فوٹو|تصویری|تصویر) کیپشن|فوٹو کریڈٹ|فوٹو بشکریہ|تصویر بشکریہ|image (?:copyright|caption|source|credit)|media caption|photo (?:credit|courtesy|by)${EDGE}|getty images${EDGE})`,
);
const PHOTO_WITH_NAME = pattern(`${START}(?:فوٹو|تصویر|تصاویر|فوٹوز|فوٹو گرافر|ا?سکرین (?:گریب|شاٹ)|photos?|image|picture)\\s*[:/–—-]\\s*`);
const PHOTO_ALONE = pattern(
  `${START}(?:فائل فوٹو|فوٹو فائل|فوٹو[:/] ?فائل|(?:فوٹو:? |تصویر:? )?ا?سکرین (?:گریب|شاٹ)|علامتی (?:تصویر|فوٹو)|تصویر علامتی|file photo|getty images|(?:afp|reuters|ap|epa|getty)(?: photo)?)${END}`,
);
/** "فوٹو اے ایف پی": without a sign between them it must be an agency. */
const PHOTO_BY_AGENCY = pattern(`${START}(?:فوٹو|تصویر|تصاویر|photo) (.{2,30}?)${END}`);
/** Where a picture is from that nobody made: "تصویر سوشل میڈیا". */
const FROM_THE_NET = foldedSet('سوشل میڈیا,انٹرنیٹ,ٹوئٹر,ٹویٹر,ایکس,فیس بک,انسٹاگرام,یوٹیوب,فائل,گیٹی,گیٹی امیجز');
/** "زیر نظر تصویر میں مزدور دیکھے جا سکتے ہیں (اے ایف پی)": a paragraph of a report may end with its agency too, but does not begin so. */
const CAPTION_BY_AGENCY = pattern(`${START}(?:زیر نظر )?تصویر میں .*[(]([^()]{2,30})[)]${END}`);
/** "پل کا ایک منظر — فائل فوٹو": the kind of picture, behind a sign, with nothing behind it. */
const KIND_BEHIND = pattern('(?:\\s[-–—]\\s?|[—|(\\[])\\s*(?:فائل فوٹو|فوٹو فائل|علامتی (?:تصویر|فوٹو)|file photo)\\s*[)\\]۔.]*$');
/** Whoever made the film; what is no name is a headline ("ویڈیو: وزیر کا خطاب"). */
const MADE_BY = pattern(`${START}(?:ویڈیو|کیمرا|کیمرہ|کیمرہ مین|ایڈیٹنگ|گرافکس|عکاسی|video|camera|graphics)\\s*[:/]\\s*(.{2,40})$`);

/** Words of the longest name of a photographer with his agency. */
const LONGEST_PHOTOGRAPHER = 6;

/** "... پڑھتے ہوئے۔ — فوٹو: رائٹرز": behind a sign, with a sign before the name. Nothing stands behind the name, so no sentence about a picture is taken. */
const CREDIT_BEHIND = pattern(
  '(?:\\s[-–]\\s?|[—|(\\[،,۔]\\s?)(?:(?:فائل )?(?:فوٹوز?|تصویر|تصاویر)|photo|image|picture)\\s*([:/–—-]?)\\s*([\\p{L}][^:۔؟!]*)$',
);

/** A caption that ends with who made the picture. Without a sign before the name it must be an agency ("، فوٹو اے پی پی"). */
function endsWithCredit(folded: string): boolean {
  const [, sign = '', name = ''] = CREDIT_BEHIND.exec(folded) ?? [];
  const bare = name.replace(/[^\p{L}\p{N}]+$/u, '');
  if (bare === '' || bare.split(' ').length > LONGEST_PHOTOGRAPHER || bare.split(' ').some((word) => FINITE_VERBS.has(word))) return false;
  return sign !== '' || isAgency(bare) || bare === 'فائل';
}

/** A line about pictures ("تصویر کے پیچھے کی کہانی") has no such label, and one that goes on in sentences is told. */
export const isCredit: Drops = ({ folded, words }) => {
  if (words.length > LONGEST_CAPTION || (folded.match(/۔/gu)?.length ?? 0) > 1) return false;
  if (PHOTO_LABEL.test(folded) || PHOTO_ALONE.test(folded) || KIND_BEHIND.test(folded) || endsWithCredit(folded)) return true;
  // "— اے ایف پی": below a picture that is not there any more.
  if (/^[–—-]/u.test(folded) && isAgency(folded.replace(/^[–—-]\s*/u, ''))) return true;
  const [, from] = PHOTO_BY_AGENCY.exec(folded) ?? [];
  if (from !== undefined && (isAgency(from) || FROM_THE_NET.has(from))) return true;
  const [, agency] = CAPTION_BY_AGENCY.exec(folded) ?? [];
  if (agency !== undefined && isAgency(agency)) return true;
  const [, maker] = MADE_BY.exec(folded) ?? [];
  if (maker !== undefined && typeof personIn(maker) === 'string') return true;
  const label = PHOTO_WITH_NAME.exec(folded);
  if (label === null || endsSentence(folded)) return false;
  const name = folded.slice(label[0].length);
  return name.split(' ').length <= LONGEST_PHOTOGRAPHER && !name.split(' ').some((word) => FINITE_VERBS.has(word)) && !/[؟?]/u.test(folded);
};

const NETWORK_POST = '(?:ٹوئٹر|ٹویٹر|ایکس|x|فیس بک|انسٹاگرام|یوٹیوب|ٹک ٹاک|twitter|facebook|instagram|youtube|tiktok)';
const EMBED = [
  pattern(`^@?[\\w.]+ کی ${NETWORK_POST} پر پوسٹ`),
  pattern(`^(?:${NETWORK_POST} پوسٹ|پوسٹ) (?:کا خاتمہ|نظرانداز کریں|نظر انداز کریں)`),
  pattern(`^(?:skip|end of) ${NETWORK_POST} (?:post|video)`),
  pattern('^(?:allow .{2,30} content\\?|content is not available|view content on .{1,20}|مواد دستیاب نہیں ہے)'),
  /(?:pic\.twitter\.com|t\.co)\/\w+(?: — .{2,80})?$/u,
  // "— Nadia Khan (@nadia) January 2, 2024": who wrote it, below it.
  /^.{2,60}\(@\w{1,20}\) .{4,20}\d{4}$/u,
  pattern('^(?:view this post on \\p{L}+|(?:a|this) (?:post|reel) shared by .{2,80}\\(@[\\w.]+\\))$'),
  // The address of a film or a post, alone on its line: the page shows it there.
  /^(?:embed\])?https?:\/\/(?:(?:www|m)\.)?(?:youtube\.com\/(?:watch|embed|shorts|live)|youtu\.be\/|vimeo\.com\/\d|(?:twitter|x)\.com\/\w+\/status|instagram\.com\/(?:p|reel)\/|tiktok\.com\/@|facebook\.com\/\S*(?:videos|watch))\S*$/u,
];

export const isEmbed: Drops = ({ folded, words }) =>
  words.length <= LONGEST_CAPTION * 2 && EMBED.some((rule) => rule.test(folded.replace(/^[^\p{L}\p{N}@]+/u, '')));

const NEIGHBOUR = pattern(
  `${START}(?:previous (?:article|post|story)|next (?:article|post|story)|پچھلی خبر|اگلی خبر|گزشتہ خبر|گذشتہ خبر|پچھلا مضمون|اگلا مضمون|پچھلی پوسٹ|اگلی پوسٹ)${END}`,
);
/** The theme has the headline on the line of its label, often glued to it. */
const NEIGHBOUR_GLUED = pattern('^(?:previous|next)(?: (?:article|post|story))?\\s*[:–—-]?\\s*(?=[\\p{Script=Arabic}])');
const FOOTER = [
  NEIGHBOUR,
  NEIGHBOUR_GLUED,
  pattern(
    `${START}(?:leave a (?:reply|comment)(?: cancel reply)?|cancel reply|post a comment|log in to leave a comment|جواب منسوخ کریں|تبصرہ کریں|تبصرہ کیجیے|اپنا تبصرہ لکھیں|اپنا تبصرہ بھیجیں|تبصرہ بھیجیں|اپنی رائے کا اظہار کریں|جواب دیں)${END}`,
  ),
  pattern(
    '^(?:your email address will not be published|save my name, email|آپ کا ای میل (?:ایڈریس|پتہ) شائع نہیں|اس براؤزر میں میرا نام|required fields are marked|please enter your (?:comment|name)|you have entered an incorrect)',
  ),
  // Fields of the comment form, with the star of what must be filled in; "Loading..." of what a script would put there.
  pattern('^(?:name|email|e-mail|comment|نام|ای میل|تبصرہ)\\s*\\*$'),
  // Buttons for the size of letters: "A- A A+".
  /^(?=.*[-+])a[-+]?(?:\s*a[-+]?)+$/u,
  pattern('^(?:this (?:web)?site|we) uses? cookies(?![\\p{L}\\p{N}])'),
  pattern(`^(?:like )?loading\\s*(?:\\.{2,}|…)$`),
  pattern(`${START}(?:تبصرے|comments)\\s*(?:\\(\\s*\\d*\\s*\\)\\s*)?(?:بند ہیں|are closed)${END}`),
  // The last line of every item in a feed of WordPress, whatever the language of the site; a headline of any length stands in it.
  pattern(`${START}the post .+ (?:first appeared|appeared first) on .+$`),
  pattern(
    `${START}(?:comments|skip to (?:main )?content|مضمون کی تفصیل|jump to content|مواد پر جائیں|load more|show more|مزید لوڈ کریں|ویڈیو لوڈ ہو رہی ہے|واپس اوپر(?: جائیں)?|اوپر جائیں|فونٹ سائز|جواب دیں جواب منسوخ کریں|کمنٹ کریں|(?:اس (?:خبر|مضمون|تحریر) پر )?اپنی رائے دیں|share your thoughts|print friendly(?:, pdf & email)?|source link|page \\d+ of \\d+|صفحہ \\d+ از \\d+|(?:\\d+ )+next|(?:اگلا|پچھلا) صفحہ)${END}`,
  ),
  // Of paper: where the report goes on. Nothing else stands on the line.
  pattern(`${START}(?:باقی|بقیہ)(?= .*\\d)(?: ?(?:صفحہ|نمبر|بقیہ|باقی|پر|کالم|no|page|:|[،,]|\\d{1,3}))+${END}`),
  pattern(`${START}(?:rate it|search for)\\s*:?${END}`),
  pattern('^(?:views\\s*:\\s*\\d+ print article|about the author\\s*:.* articles with \\d+ views)'),
  pattern(`${START}click to (?:share|e-?mail|print).{0,60}\\(opens in new window\\)${END}`),
  // What a page says where it does not show the whole text.
  pattern(
    `${START}(?:مکمل|پورا|پوری|باقی) (?:مضمون|خبر|تحریر|رپورٹ|کالم|متن) پڑھنے کے ل(?:یے|ئے) (?:سبسکرائب|لاگ ان|رجسٹر|سائن ان|رکنیت حاصل) (?:کریں|کیجیے|کیجئے|ہوں)${END}`,
  ),
  pattern(
    `${START}(?:facebook comments(?: box)?|about the author|see author's posts|view all posts(?: by .{2,40})?|story continues below(?: (?:this )?advertisement)?|translate|post comment|short (?:link|url)(?:\\s*:\\s*https?://\\S+)?|[\\d.]+ [\\d.]+ votes?)${END}`,
  ),
  pattern('^(?:خبر کا کوڈ|خبر کوڈ|خبر نمبر|نیوز کوڈ|(?:news|article|story) (?:id|code|no))\\s*[:#.-]*\\s*\\d+$'),
  pattern(`${START}اگر آپ (?:بھی )?ہمارے لیے .{0,20}لکھنا چاہتے ہیں`),
  pattern('^(?:your browser does not support|آپ کا براؤزر .{2,40} (?:سپورٹ|معاونت) نہیں کرتا)'),
  pattern(`${START}(?:powered by|designed by|developed by|back to top|scroll to top|all rights reserved)${EDGE}.{0,40}$`),
];

const SITE_PAGE =
  '(?:ہمارے بارے میں|ہم سے رابطہ(?: کریں)?|رابطہ(?: کریں| کیجیے)?|پرائیویسی پالیسی|رازداری(?: کی پالیسی)?|شرائط و ضوابط|استعمال کی شرائط|سائٹ میپ|about(?: us)?|contact(?: us)?|privacy(?: policy)?|terms(?: of (?:use|service)| (?:and|&) conditions)?|advertise(?: with us)?|sitemap|disclaimer|careers)';
/** Two or more; one alone ("رابطہ") may be a crosshead. */
const SITE_PAGES = pattern(`${START}(?:${SITE_PAGE}${EDGE}[^\\p{L}\\p{N}]*){2,}$`);

/** Below columns: "یہ مصنف کی ذاتی رائے ہے، ادارے کا متفق ہونا ضروری نہیں". "اس رائے سے متفق ہونا ضروری نہیں" in a text names no house. */
const DISCLAIMER = pattern(
  `${START}(?:نوٹ\\s*[:-]\\s*)?(?:.{0,20} |.{0,60}(?:مصنف|مصنفہ|لکھاری|کالم نگار|مضمون نگار|بلاگر) .{0,40}[،۔] ?)?ادارے? .{0,60}(?:متفق ہونا|اتفاق) ضروری نہیں(?: ہے)?${END}`,
);

/** What somebody is told to have said of a house is no disclaimer. */
const isDisclaimer = ({ folded, words }: Line): boolean => DISCLAIMER.test(folded) && !words.some((word) => REPORTING.has(word));

/** Fields and buttons of forms, and the headlines beside the report, glued to their label. Elsewhere each may be the author's ("بند کریں" is what a crowd shouts). */
const BELOW_TEXT = [
  pattern(
    `${START}(?:بند کریں|آپ کا نام|آپ کا ای میل(?: ایڈریس)?|آپ کا تبصرہ|تبصرہ لکھیں|تبصرہ لکھیے|اپنا تبصرہ|آپ کے اشتہار یہاں|آپ کی رائے|قارئین کی رائے|ختم شد|تمام شد|یہاں اشتہار دیں|واپس جائیں|پرنٹ ورژن|newsletter|subscribe|notify of|guest|label|inline feedbacks|article rating|follow us|save|submit|search|close)${END}`,
  ),
  // Both neighbours of a post on one line.
  pattern(
    `${START}(?:پچھلی|پچھلا|اگلی|اگلا) (?:خبر|پوسٹ|تحریر|مضمون|صفحہ)\\s*[|•·/»«-]+\\s*(?:پچھلی|پچھلا|اگلی|اگلا) (?:خبر|پوسٹ|تحریر|مضمون|صفحہ)${END}`,
  ),
  pattern('^(?:پچھلی|اگلی|گزشتہ|گذشتہ) (?:خبر|پوسٹ|تحریر)[:»>←-]?\\s*(?=[\\p{Script=Arabic}])(?!(?:میں|کے|کی|کا|یہ|سے|پر|ہے))'),
];

/** Behind the last paragraph. A line that closes with a full stop is the author's. */
const isBelowText = ({ folded }: Line, page: readonly Line[], index: number): boolean =>
  !endsSentence(folded) &&
  BELOW_TEXT.some((rule) => rule.test(folded)) &&
  page.slice(0, index).some((line) => isText(line) && isProse(line)) &&
  !page.slice(index + 1).some((line) => isText(line) && isProse(line));

export const isFooter: Drops = (line, page, index) =>
  line.words.length <= LONGEST_CAPTION &&
  (FOOTER.some((rule) => rule.test(line.folded)) || SITE_PAGES.test(line.folded) || isDisclaimer(line) || isBelowText(line, page, index));

/** The last field of a comment form, which by itself may be a word of the author. */
const LAST_FIELD = pattern(`${START}(?:website|ویب سائٹ|accept(?: all)?|got it)${END}`);

const TAG_LABEL = pattern(`${START}(?:tags?|ٹیگز?)${END}`);
/** Words of the longest tag. */
const LONGEST_TAG = 4;

/** "TAGS" below the text, and tags below it, one a line, down to the end or to the next part of the site. It must not eat a crosshead, with text below it. */
export function followTagLabel(page: readonly Line[]): void {
  const index = page.findLastIndex((line) => isText(line) && TAG_LABEL.test(line.folded));
  const label = page[index];
  const below = page.slice(index + 1);
  if (label === undefined || !page.slice(0, index).some((line) => isText(line) && isProse(line))) return;
  const isTag = (line: Line): boolean => isText(line) && line.words.length <= LONGEST_TAG && !endsSentence(line.folded);
  const end = below.findIndex((line) => !isTag(line));
  const tags = end === -1 ? below : below.slice(0, end);
  if (tags.length === 0 || below.some((line) => isText(line) && isProse(line))) return;
  label.metadata = [{ field: 'tags', value: [] }];
  for (const line of tags) line.metadata = [{ field: 'tags', value: [line.text] }];
}

/** The label of a caption by itself: the caption is the line below, if that is no paragraph. */
const CAPTION_ALONE = pattern(`${START}(?:تصویر کا کیپشن|ویڈیو کا کیپشن|(?:image|media) caption)${END}`);

/** "Previous article" and "Next article" have one headline below them, which is another report's; below the fields of a form stands its last one. */
export function followNeighbours(page: readonly Line[]): void {
  page.forEach((line, index) => {
    const next = page[index + 1];
    if (line.noise === 'credit' && CAPTION_ALONE.test(line.folded) && next !== undefined && isText(next) && !isProse(next))
      next.noise = 'credit';
    if (line.noise !== 'footer') return;
    if (next !== undefined && isText(next) && LAST_FIELD.test(next.folded)) next.noise = 'footer';
    if (!NEIGHBOUR.test(line.folded)) return;
    if (next !== undefined && isText(next) && !isProse(next)) next.noise = 'footer';
  });
}

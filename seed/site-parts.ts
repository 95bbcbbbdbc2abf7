import { pattern } from './fold.js';
import { endsSentence, FINITE_VERBS, isProse } from './judge.js';
import { isText, type Line } from './lines.js';
import { type Drops, EDGE, END, START } from './noise.js';
import { isAgency } from './outlets.js';

/** Parts of a site's page that are told by their label: photo credits and captions, posts of social networks, the footer of a theme. */

/** Words of the longest caption. More is a paragraph that a credit ran into, and stays. */
const LONGEST_CAPTION = 40;

/** No edge behind: pages of the BBC glue what follows ("تصویر کا ذریعہGetty Images"). */
const PHOTO_LABEL = pattern(
  `${START}(?:تصویر کے کاپی رائٹ|تصویر کے جملہ حقوق|تصویر کے حقوق|تصویر کا ذریعہ|تصویر کا کیپشن|تصویر کا عنوان|ویڈیو کا کیپشن|فوٹو کریڈٹ|فوٹو بشکریہ|تصویر بشکریہ|image (?:copyright|caption|source|credit)|media caption|photo (?:credit|courtesy|by)${EDGE}|getty images${EDGE})`,
);
const PHOTO_WITH_NAME = pattern(`${START}(?:فوٹو|تصویر|تصاویر|فوٹوز|فوٹو گرافر|photos?|image|picture)\\s*[:/–—-]\\s*`);
const PHOTO_ALONE = pattern(
  `${START}(?:فائل فوٹو|فوٹو فائل|فوٹو[:/] ?فائل|(?:فوٹو:? |تصویر:? )?ا?سکرین (?:گریب|شاٹ)|علامتی (?:تصویر|فوٹو)|تصویر علامتی|file photo|getty images|(?:afp|reuters|ap|epa|getty)(?: photo)?)${END}`,
);
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
  if (PHOTO_LABEL.test(folded) || PHOTO_ALONE.test(folded) || endsWithCredit(folded)) return true;
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
];

export const isEmbed: Drops = ({ folded, words }) =>
  words.length <= LONGEST_CAPTION * 2 && EMBED.some((rule) => rule.test(folded.replace(/^[^\p{L}\p{N}@]+/u, '')));

const NEIGHBOUR = pattern(
  `${START}(?:previous (?:article|post|story)|next (?:article|post|story)|پچھلی خبر|اگلی خبر|گزشتہ خبر|گذشتہ خبر|پچھلا مضمون|اگلا مضمون|پچھلی پوسٹ|اگلی پوسٹ)${END}`,
);
/** The theme glues the headline to its label. */
const NEIGHBOUR_GLUED = pattern('^(?:previous|next) (?:article|post|story)(?=[\\p{Script=Arabic}])');
const FOOTER = [
  NEIGHBOUR,
  NEIGHBOUR_GLUED,
  pattern(
    `${START}(?:leave a (?:reply|comment)|cancel reply|post a comment|log in to leave a comment|جواب منسوخ کریں|تبصرہ کریں|تبصرہ کیجیے|اپنا تبصرہ لکھیں|اپنا تبصرہ بھیجیں|تبصرہ بھیجیں|اپنی رائے کا اظہار کریں|جواب دیں)${END}`,
  ),
  pattern(
    '^(?:your email address will not be published|save my name, email|آپ کا ای میل (?:ایڈریس|پتہ) شائع نہیں|اس براؤزر میں میرا نام|required fields are marked|please enter your (?:comment|name))',
  ),
  // Fields of the comment form, with the star of what must be filled in; "Loading..." of what a script would put there.
  pattern('^(?:name|email|e-mail|نام|ای میل)\\s*\\*$'),
  // Buttons for the size of letters: "A- A A+".
  /^(?=.*[-+])a[-+]?(?:\s*a[-+]?)+$/u,
  pattern('^(?:this (?:web)?site|we) uses? cookies(?![\\p{L}\\p{N}])'),
  pattern(`^loading\\s*(?:\\.{2,}|…)$`),
  pattern(`${START}(?:تبصرے|comments)\\s*(?:\\(\\s*\\d*\\s*\\)\\s*)?(?:بند ہیں|are closed)${END}`),
  // The last line of every item in a feed of WordPress, whatever the language of the site; a headline of any length stands in it.
  pattern(`${START}the post .+ (?:first appeared|appeared first) on .+$`),
  pattern(`${START}(?:powered by|designed by|developed by|back to top|scroll to top|all rights reserved)${EDGE}.{0,40}$`),
];

export const isFooter: Drops = ({ folded, words }) => words.length <= LONGEST_CAPTION && FOOTER.some((rule) => rule.test(folded));

/** The last field of a comment form, which by itself may be a word of the author. */
const LAST_FIELD = pattern(`${START}(?:website|ویب سائٹ|accept(?: all)?|got it)${END}`);

/** "Previous article" and "Next article" have one headline below them, which is another report's; below the fields of a form stands its last one. */
export function followNeighbours(page: readonly Line[]): void {
  page.forEach((line, index) => {
    if (line.noise !== 'footer') return;
    const next = page[index + 1];
    if (next !== undefined && isText(next) && LAST_FIELD.test(next.folded)) next.noise = 'footer';
    if (!NEIGHBOUR.test(line.folded)) return;
    if (next !== undefined && isText(next) && !isProse(next)) next.noise = 'footer';
  });
}

import { datelineOf } from './dateline.js';
import { foldedSet, pattern } from './fold.js';
import { endsSentence, isHeadline, isProse, LONGEST_STANDFIRST } from './judge.js';
import { isText, type Line } from './lines.js';
import { isBareMarker } from './links.js';
import { type Metadata, outletAndPlace, personAndOutlet, personAndPlace, personAndTown, readMetadata } from './metadata.js';
import { isAgency, isOutlet } from './outlets.js';
import { isRule, markPartings } from './partings.js';
import { personIn } from './persons.js';
import { knownPlace } from './places.js';
import { isSection } from './sections.js';
import { isPoem } from './verse.js';

/** Marks the lines of a page that say something about it. What may be a heading or a line of the author counts above and below the text only. */
export function markMetadata(page: readonly Line[]): void {
  const timeline = isTimeline(page);
  markPartings(page);
  markSection(page);
  markSectionBelow(page);
  markGenre(page);
  markListHead(page);
  markPaperOnTop(page);
  markPoet(page);
  markPageTitle(page);
  markBelowStandfirst(page);
  let inHeader = true;
  let isTop = true;
  for (const [index, line] of page.entries()) {
    if (line.noise !== null || line.opensReport) {
      if (line.opensReport || isBareMarker(line)) inHeader = isTop = true;
      continue;
    }
    if (line.metadata.length === 0) {
      const metadata = readMetadata(line.text, { isTop });
      const isSure = metadata.every(isLabelled);
      if (isSure || (inHeader && !(timeline && isDate(metadata)) && !(isTop && isTitle(metadata, page, index)))) line.metadata = metadata;
    }
    if (line.metadata.length === 0 && inHeader && !isTop) markSigned(line, page[index + 1]);
    // The paper or channel, and below it the day. Over a text about it, it is a crosshead.
    if (line.metadata.length === 0 && inHeader && !isTop && isOutletAlone(line) && isDate(readMetadata(page[index + 1]?.text ?? '')))
      line.metadata = [{ field: 'source', value: line.text }];
    if (line.metadata.length === 0 && inHeader && !isTop) markTownAlone(line, page, index);
    if (line.metadata.length === 0 && inHeader && !isTop) markTranslator(line);
    if (line.metadata.length > 0) continue;
    // A headline may close with a full stop, and the date still stands below it.
    if (isProse(line) && !(isTop && isHeadline(line, 'metadata'))) inHeader = false;
    isTop = false;
  }
  const ends = [...page.flatMap(({ opensReport }, index) => (opensReport ? [index] : [])), page.length];
  for (const [i, end] of ends.entries()) markTail(page, ends[i - 1] ?? -1, end);
}

/** "سکھر —" right over the first paragraph: a dateline whose paragraph a crawler put below it. */
const TOWN_ALONE = /^\s*([\p{L}\p{M}\p{Cf} ،,]{2,40}?)\s*[\u2012-\u2015-]\s*$/u;

/** The town, and the writer above it where the day stands above him. Without the town a name there may be a crosshead. */
function markTownAlone(line: Line, page: readonly Line[], index: number): void {
  const place = knownPlace(TOWN_ALONE.exec(line.text)?.[1] ?? '');
  const next = page[index + 1];
  if (place === undefined || next === undefined || !isText(next) || !isProse(next)) return;
  line.metadata = [{ field: 'place', value: place }];
  const [name, day] = [page[index - 1], page[index - 2]];
  if (name === undefined || day === undefined || !isText(name) || !isDate(day.metadata)) return;
  const author = isNobodyElse(name) ? personIn(name.text) : undefined;
  if (author !== undefined) name.metadata = [{ field: 'author', value: author }];
}

const TRANSLATOR = pattern('^(?:ترجمہ|مترجم|مترجمہ|اردو ترجمہ|انٹرویو نگار|translated by|translation|translator)\\s*:');
/** What is translated, which is nobody's name. */
const TRANSLATED = foldedSet('سورہ,سورت,آیت,آیات,قرآن,حدیث,نظم,غزل,شعر,اشعار,کتاب,عبارت,اقتباس,دعا,مکمل');

/** Below the headline, above the text: the writer where no other is named. In the text it is the translation of the line above it, and there it stays. */
function markTranslator(line: Line): void {
  if (!TRANSLATOR.test(line.folded) || line.words.some((word) => TRANSLATED.has(word))) return;
  const author = personIn(line.text.replace(/^[^:：]*[:：]/u, ''));
  if (typeof author === 'string') line.metadata = [{ field: 'author', value: author }];
}

/** The section over the headline ("پاکستان"), where the day or the writer stands below that. Over a text at once, or over a line that may be its first, it is the title of a story. */
function markSection([section, headline, below]: readonly Line[]): void {
  if (section === undefined || headline === undefined || below === undefined || section.metadata.length > 0) return;
  if (!isSection(section.folded) || headline.words.length <= section.words.length || !isHeadline(headline, 'metadata')) return;
  const said = readMetadata(headline.text).length === 0 ? readMetadata(below.text) : [];
  if (said.some(({ field }) => field === 'date' || field === 'author')) section.metadata = [{ field: 'topic', value: section.text }];
}

/** What a text is, as papers print it over the headline. None of them is what a report is about. */
const GENRES = foldedSet('اداریہ,ادارتی نوٹ,کالم,بلاگ,رائے,تجزیہ,فیچر,خصوصی رپورٹ,خصوصی تحریر,خصوصی مضمون,ادبی صفحہ,ادارتی صفحہ');
/** Words of a headline below it. */
const SHORTEST_HEADLINE = 3;

/** "اداریہ" over the headline, each by itself, and the text or its writer below. It must not eat the title of a text that begins at once. */
function markGenre([genre, headline, below]: readonly Line[]): void {
  if (genre === undefined || headline === undefined || below === undefined || genre.metadata.length > 0) return;
  if (!GENRES.has(genre.folded) || !headline.afterBlank || !below.afterBlank) return;
  if (isProse(headline) || headline.words.length < SHORTEST_HEADLINE || !isHeadline(headline, 'blank')) return;
  if (isProse(below) || personIn(below.text) !== undefined) genre.metadata = [{ field: 'topic', value: genre.text }];
}

/** Words of the longest name of a list of reports. */
const LONGEST_LIST = 6;

/** "مختصر خبریں" over a line of stars, below which reports stand with such lines between them: what all of them are called. It must not eat a headline over stars of one article. */
function markListHead(page: readonly Line[]): void {
  const [head, rule, headline, below] = page;
  if (head === undefined || rule === undefined || headline === undefined || below === undefined || head.metadata.length > 0) return;
  if (isRule(head.text) || !isRule(rule.text) || isRule(headline.text) || isProse(head) || head.words.length > LONGEST_LIST) return;
  if (isProse(headline) || !isHeadline(headline, 'blank') || !isProse(below)) return;
  if (page.slice(1).some(({ opensReport }) => opensReport)) head.metadata = [{ field: 'topic', value: head.text }];
}

/** The section below the headline, where the day, the writer or the dateline stands below that. It must not eat a crosshead: that stands over a paragraph without a dateline. */
function markSectionBelow([headline, section, below]: readonly Line[]): void {
  if (headline === undefined || section === undefined || below === undefined || section.metadata.length > 0) return;
  if (!isSection(section.folded) || headline.words.length <= section.words.length || !isHeadline(headline, 'metadata')) return;
  const said = readMetadata(below.text);
  if (said.some(({ field }) => field === 'date' || field === 'author') || (isProse(below) && datelineOf(below.text) !== null))
    section.metadata = [{ field: 'topic', value: section.text }];
}

/**
 * The paper or agency over the headline: an agency, or a name with the day right below it. It must not eat the title of a story, over a text or without a headline of its own below.
 */
function markPaperOnTop(page: readonly Line[]): void {
  const [paper, second, third, fourth] = page.filter(({ noise }) => noise === null);
  if (paper === undefined || second === undefined || third === undefined || paper.metadata.length > 0) return;
  const isDated = isDate(readMetadata(second.text));
  if (!(isAgency(paper.text) || (isDated && isOutletAlone(paper)))) return;
  const [headline, below] = isDated ? [third, fourth] : [second, third];
  if (below === undefined || isProse(headline) || !isHeadline(headline, 'blank')) return;
  if (isProse(below) || readMetadata(below.text).length > 0) paper.metadata = [{ field: 'source', value: paper.text }];
}

/** "(نعیم اختر)" or "— نعیم اختر" below a poem: who wrote it. It must not eat a verse: without such a sign a name is one. */
function markPoet(page: readonly Line[]): void {
  const last = page.at(-1);
  const [, inside, behind] = /^\s*(?:[(（]([^()（）]+)[)）]|[\u2010-\u2015-]\s*(\S.*))\s*$/u.exec(last?.text ?? '') ?? [];
  const author = personIn((inside ?? behind ?? '').trim());
  if (last === undefined || last.metadata.length > 0 || author === undefined) return;
  const verses = page.slice(0, -1).filter(isText);
  if (isPoem(verses) || isPoem(verses.slice(1))) last.metadata = [{ field: 'author', value: author }];
}

/** Words of the longest name of a site. */
const LONGEST_SITE = 5;

/** "پل کی مرمت شروع - روزنامہ ساحل" over "پل کی مرمت شروع": the title of the page names the site too, and its headline stands below. */
function markPageTitle([title, ...below]: readonly Line[]): void {
  // The way to the page through the site may stand between.
  const headline = below.find(({ noise }) => noise === null);
  if (title === undefined || headline === undefined || !title.folded.startsWith(headline.folded) || headline.words.length < 2) return;
  const [, site] = /\s[-\u2010-\u2015|»]\s+([^|»]+)$/u.exec(title.text) ?? [];
  if (site === undefined || title.words.length > headline.words.length + LONGEST_SITE) return;
  const isAllOfIt = /^\s+[-\u2010-\u2015|»]\s/u.test(title.folded.slice(headline.folded.length));
  if (isAllOfIt) title.metadata = [{ field: 'source', value: site.trim() }];
}

/** Below the headline: a name, and in the next line the paper and the town ("بی بی سی اردو، لاہور"). A name alone may be a crosshead. */
function markSigned(line: Line, below: Line | undefined): void {
  const text = withoutBullet(line.text);
  const beside = personAndPlace(text) ?? (isDate(readMetadata(below?.text ?? '')) ? personAndTown(text) : undefined);
  if (beside !== undefined) {
    line.metadata = [
      { field: 'author', value: beside.author },
      { field: 'place', value: beside.place },
    ];
    return;
  }
  const signed = personAndOutlet(text);
  if (signed !== undefined) {
    line.metadata = [
      { field: 'author', value: signed.author },
      { field: 'source', value: signed.source },
    ];
    return;
  }
  const author = personIn(text);
  const isOverDay = below !== undefined && !below.afterBlank && isDate(readMetadata(below.text));
  const town = isOverDay ? knownPlace(text) : undefined;
  if (town !== undefined) {
    line.metadata = [{ field: 'place', value: town }];
    return;
  }
  if (author !== undefined && isOverDay && isNobodyElse(line)) {
    line.metadata = [{ field: 'author', value: author }];
    return;
  }
  if (typeof author === 'string' && below !== undefined && isOffice(below)) {
    line.metadata = [{ field: 'author', value: author }];
    below.metadata = [{ field: 'author', value: null }];
    return;
  }
  const source =
    author === undefined || below === undefined || below.noise !== null ? undefined : outletAndPlace(withoutBullet(below.text));
  if (author === undefined || source === undefined || below === undefined) return;
  line.metadata = [{ field: 'author', value: author }];
  below.metadata = [{ field: 'source', value: source }];
}

/** Words right over the day may be a section, a paper or a kind of report as well. */
const isNobodyElse = ({ text, folded, words }: Line): boolean =>
  !isSection(folded) && !isOutlet(text) && !words.some((word) => NO_NAMES.has(word)) && !OF_TOWN.test(folded);
/** With which towns end that no list has ("الہ آباد"): a letter begins with one over its day. */
const OF_TOWN = pattern('(?:آباد|پور|نگر|گڑھ|گڈھ|کوٹ|شریف|ٹاؤن|کالونی|محلہ|گلی|روڈ|چوک)$');
const NO_NAMES = foldedSet('رپورٹ,خصوصی,سپیشل,اسپیشل,خبر,خبریں,ایڈیشن,قسط,حصہ,باب,شمارہ,ڈیسک,نیوز,انٹرویو,کالم,بلاگ,مضمون');

/** Writer and paper as items of a list: "• شمائلہ انور". */
const withoutBullet = (text: string): string => text.replace(/^\s*[\u2022\u25AA\u25CF\u00B7*–-]\s+/u, '');

/** "نمائندہ صبح نو، سوات": whose reporter the one above is, and where. A sentence about one goes on. */
const OFFICE_OF = pattern('^(?:نمائندہ|نامہ نگار|خبر نگار|وقائع نگار|سٹاف رپورٹر|اسٹاف رپورٹر|بیورو چیف|سینئر صحافی)(?![\\p{L}])');
const LONGEST_OFFICE = 6;

const isOffice = (line: Line): boolean =>
  line.noise === null && OFFICE_OF.test(line.folded) && line.words.length <= LONGEST_OFFICE && !endsSentence(line.folded);

/** What stands below a writer's name. */
const TRADE = foldedSet('نامہ نگار,صحافی,رپورٹر,کالم نگار,نمائندہ خصوصی,محقق,مصنف,مصنفہ,تجزیہ کار,journalist,reporter,correspondent');

/**
 * Headline, a sentence or two about the report, then a name (its trade below it) and the day. A day alone below the first paragraph may be a crosshead,
 * and so may a name; one below the other they are neither, nor is a day right over the dateline of a reporter.
 */
function markBelowStandfirst(page: readonly Line[]): void {
  const [headline, standfirst, name, ...below] = page.filter(({ noise }) => noise === null).slice(0, 5);
  if (headline === undefined || standfirst === undefined || name === undefined || name.metadata.length > 0) return;
  if (!isHeadline(headline, 'blank') || !isProse(standfirst) || standfirst.words.length > LONGEST_STANDFIRST) return;
  if (datelineOf(below[0]?.text ?? '')?.byReporter === true && isDate(readMetadata(name.text))) {
    name.metadata = readMetadata(name.text);
    return;
  }
  const author = personIn(withoutBullet(name.text));
  const trade = TRADE.has(below[0]?.folded ?? '') ? below[0] : undefined;
  const day = trade === undefined ? below[0] : below[1];
  if (author === undefined || isOutlet(name.text) || day === undefined || !isDate(readMetadata(day.text))) return;
  // At the end of the text they are the foot of the page.
  if (!page.slice(page.indexOf(day) + 1).some((line) => line.noise === null && isProse(line))) return;
  name.metadata = [{ field: 'author', value: author }];
  if (trade !== undefined) trade.metadata = [{ field: 'author', value: null }];
  day.metadata = readMetadata(day.text);
}

/** "تاریخ 12.03.2019" in the box that some broadcasters have below a report. */
const DAY_OF_BOX = /^تاریخ \d{1,2}[./-]\d{1,2}[./-]\d{4}$/u;
const LABEL_OF_BOX = pattern('^(?:مصنفہ?|موضوعات?|کلیدی الفاظ|پیرما لنک|ٹیگز?) (?=\\S)');
/** Lines of such a box. */
const LONGEST_BOX = 8;

/** Labels without a colon count beside such a day, below the text. It must not eat a line that begins with such a word elsewhere, nor a sentence. */
function markBox(page: readonly Line[], start: number, end: number): void {
  const day = page.slice(start + 1, end).findLastIndex(({ folded }) => DAY_OF_BOX.test(folded)) + start + 1;
  if (day <= start || page.slice(day, end).some((line) => isText(line) && isProse(line))) return;
  for (const line of page.slice(Math.max(start + 1, day - LONGEST_BOX), Math.min(end, day + LONGEST_BOX))) {
    const label = isText(line) && !endsSentence(line.folded) ? LABEL_OF_BOX.exec(line.folded)?.[0] : undefined;
    if (label === undefined) continue;
    const words = label.trim().split(' ').length;
    const written = line.text.trim().split(/\s+/u);
    line.metadata = readMetadata(`${written.slice(0, words).join(' ')}: ${written.slice(words).join(' ')}`);
  }
}

/** One by itself; several on a line are tags wherever they stand. */
const HASH_TAG = /^\s*#[\p{L}\p{N}\p{M}_]+\s*$/u;

/** From the end of a report upwards: the first line that says nothing ends it. */
function markTail(page: readonly Line[], start: number, end: number): void {
  markBox(page, start, end);
  for (let index = end - 1; index > start + 1; index -= 1) {
    const line = page[index] as Line;
    if (!isText(line)) continue;
    line.metadata = HASH_TAG.test(line.text)
      ? [{ field: 'tags', value: [line.text.trim().slice(1).replaceAll('_', ' ')] }]
      : readMetadata(line.text);
    if (line.metadata.length === 0 && isDate(page[index + 1]?.metadata ?? [])) line.metadata = saidOverDay(line);
    if (line.metadata.length === 0) line.metadata = signedFrom(line, page, index);
    if (line.metadata.length === 0) return;
  }
}

/** The paper, or the town in which it was written. */
function saidOverDay(line: Line): readonly Metadata[] {
  if (isOutletAlone(line)) return [{ field: 'source', value: line.text }];
  const place = knownPlace(line.text);
  return place === undefined ? [] : [{ field: 'place', value: place }];
}

/** "از نعیم اختر". */
const FROM = pattern('^از (?=\\p{L})');
/** What a text was taken from ("از کلیات میر"), and words that "از" has one meaning with ("از سر نو"). */
const WORKS = foldedSet(
  'کتاب,دیوان,کلیات,خود,سر,خاک,تفسیر,سورہ,صحیح,سنن,تاریخ,رسالہ,مجلہ,ماہنامہ,روزنامہ,اخبار,مقالات,خطبات,ملفوظات,مکتوبات,مثنوی,مجموعہ,انتخاب',
);

/** The writer below the last paragraph, without a sign. It must not eat a verse, above which no sentence ends. */
function signedFrom(line: Line, page: readonly Line[], index: number): readonly Metadata[] {
  const above = page.slice(0, index).findLast(isText);
  if (!FROM.test(line.folded) || above === undefined || !isProse(above) || !endsSentence(above.folded)) return [];
  const author =
    line.words.some((word) => WORKS.has(word)) || isOutlet(line.text) ? undefined : personIn(line.text.trim().replace(/^\S+\s+/u, ''));
  return author === undefined ? [] : [{ field: 'author', value: author }];
}

/** Words of the longest name of a paper. */
const LONGEST_OUTLET = 5;

/** Signs first: nearly every paragraph has one, and its words are not cut out for this. */
const isOutletAlone = (line: Line): boolean => !/\p{P}/u.test(line.folded) && line.words.length <= LONGEST_OUTLET && isOutlet(line.text);

/** Wherever it stands. An address, a bare date, a writer's name may be part of the text. */
const isLabelled = (metadata: Metadata): boolean =>
  metadata.field === 'date' ? metadata.labelled : metadata.field === 'source' || metadata.field === 'topic' || metadata.field === 'tags';

const isDate = ([first, ...others]: readonly Metadata[]): boolean =>
  others.length === 0 && (first?.field === 'date' || first?.field === 'dayless');

/** "لاہور، 14 اگست 1947" over a text that begins at once is its title. */
function isTitle(metadata: readonly Metadata[], page: readonly Line[], index: number): boolean {
  const next = page[index + 1];
  return metadata.length > 1 && (next === undefined || (isText(next) && isProse(next)));
}

/** Bare dates stand over several paragraphs: they are headings, and none is the day of the report. */
function isTimeline(page: readonly Line[]): boolean {
  const texts = page.filter((line) => line.noise === null);
  return texts.some((line, i) => {
    const [above, below] = [texts[i - 1], texts[i + 1]];
    // The headline may close with a full stop, and the date of the report stands below it.
    if (i < 2 || above === undefined || below === undefined || !isProse(above) || !isProse(below)) return false;
    const metadata = readMetadata(line.text);
    return isDate(metadata) && !metadata.every(isLabelled);
  });
}

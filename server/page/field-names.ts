/** What programs and editors call the parts of a document, and what the page calls them. */
import type { Words } from './settings.js';

interface PartNames {
  /** Letters and digits alone, in lower case; what is believed first stands first. */
  readonly names: readonly string[];
  readonly label: Words;
}

/** The parts that a page knows what to do with. */
export const PARTS = {
  headline: {
    names: ['headline', 'title', 'heading', 'posttitle', 'name', 'subject', 'عنوان', 'سرخی', 'شہسرخی', 'unwan'],
    label: { ur: 'عنوان', en: 'Title' },
  },
  text: {
    names: [
      ...[
        'body',
        'text',
        'content',
        'contenttext',
        'articlebody',
        'fulltext',
        'article',
        'story',
        'post',
        'verse',
        'verses',
        'lines',
        'poem',
        'ghazal',
        'nazm',
      ],
      ...[
        'متن',
        'خبر',
        'تحریر',
        'مضمون',
        'شعر',
        'اشعار',
        'غزل',
        'نظم',
        'کلام',
        'مصرعے',
        'matn',
        'summary',
        'description',
        'excerpt',
        'خلاصہ',
      ],
    ],
    label: { ur: 'متن', en: 'Text' },
  },
  date: {
    names: [
      ...['date', 'published', 'publishedat', 'publishdate', 'publicationdate', 'datepublished', 'pubdate', 'postdate'],
      ...['created', 'createdat', 'timestamp', 'time', 'updated', 'updatedat', 'تاریخ', 'تاریخاشاعت'],
    ],
    label: { ur: 'تاریخ', en: 'Date' },
  },
  source: {
    names: [
      'source',
      'publisher',
      'publication',
      'newspaper',
      'site',
      'sitename',
      'outlet',
      'channel',
      'book',
      'ماخذ',
      'ذریعہ',
      'اخبار',
      'کتاب',
    ],
    label: { ur: 'ماخذ', en: 'Source' },
  },
  author: {
    names: [
      'author',
      'authors',
      'authorname',
      'byline',
      'writer',
      'creator',
      'poet',
      'reporter',
      'مصنف',
      'شاعر',
      'لکھاری',
      'shair',
      'musannif',
    ],
    label: { ur: 'مصنف', en: 'Author' },
  },
  link: {
    names: ['url', 'link', 'permalink', 'canonical', 'href', 'address', 'پتہ', 'پتا', 'لنک', 'ربط'],
    label: { ur: 'ربط', en: 'Link' },
  },
  image: {
    names: ['image', 'imageurl', 'picture', 'photo', 'thumbnail', 'thumb', 'cover', 'poster', 'تصویر'],
    label: { ur: 'تصویر', en: 'Image' },
  },
  topic: {
    names: ['topic', 'category', 'categories', 'section', 'genre', 'subjectarea', 'موضوع', 'زمرہ', 'صنف'],
    label: { ur: 'موضوع', en: 'Topic' },
  },
  tags: { names: ['tags', 'tag', 'keywords', 'labels', 'ٹیگ', 'ٹیگز'], label: { ur: 'ٹیگ', en: 'Tags' } },
  place: { names: ['place', 'location', 'city', 'مقام', 'شہر'], label: { ur: 'مقام', en: 'Place' } },
} as const satisfies Record<string, PartNames>;

export type Part = keyof typeof PARTS;

const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Of these fields those that are called as a part is, the likeliest first. */
export function fieldsCalled(part: Part, fields: readonly string[]): readonly string[] {
  const names: readonly string[] = PARTS[part].names;
  const rankOf = (field: string): number => names.indexOf(keyOf(field));
  return fields.filter((field) => rankOf(field) !== -1).sort((a, b) => rankOf(a) - rankOf(b));
}

/** What the page calls a field: by its part, or as the field is called itself. */
export function labelOf(field: string): Words {
  const part = (Object.keys(PARTS) as Part[]).find((one) => fieldsCalled(one, [field]).length > 0);
  return part === undefined ? { ur: field, en: field } : PARTS[part].label;
}

/** The parts of a document that the page knows what to do with: which fields they are, and what readers call them. */
import { type Field, namedAs } from '../fields/field-names.js';
import type { Words } from './settings.js';

const PARTS = {
  headline: { fields: ['title'], label: { ur: 'عنوان', en: 'Title' } },
  text: { fields: ['body', 'summary'], label: { ur: 'متن', en: 'Text' } },
  date: { fields: ['date', 'updated'], label: { ur: 'تاریخ', en: 'Date' } },
  source: { fields: ['source'], label: { ur: 'ماخذ', en: 'Source' } },
  author: { fields: ['author'], label: { ur: 'مصنف', en: 'Author' } },
  link: { fields: ['url'], label: { ur: 'ربط', en: 'Link' } },
  image: { fields: ['image'], label: { ur: 'تصویر', en: 'Image' } },
  topic: { fields: ['topic'], label: { ur: 'موضوع', en: 'Topic' } },
  tags: { fields: ['tags'], label: { ur: 'ٹیگ', en: 'Tags' } },
  place: { fields: ['place'], label: { ur: 'مقام', en: 'Place' } },
} as const satisfies Record<string, { readonly fields: readonly Field[]; readonly label: Words }>;

export type Part = keyof typeof PARTS;

/** Of these fields those that are called as a part is, the likeliest first. */
export const fieldsCalled = (part: Part, fields: readonly string[]): readonly string[] => namedAs(PARTS[part].fields, fields);

/** What the page calls a field: by its part, or as the field is called itself. */
export function labelOf(field: string): Words {
  const part = (Object.keys(PARTS) as Part[]).find((one) => fieldsCalled(one, [field]).length > 0);
  return part === undefined ? { ur: field, en: field } : PARTS[part].label;
}

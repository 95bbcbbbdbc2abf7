import type { Input } from '../input.js';
import { textIn, xmlRecords } from '../xml.js';
import type { Format, Found } from './format.js';
import { rootOf } from './xml-root.js';

/** Sitemaps: the addresses of pages, or of further sitemaps, which are fetched in their turn. */

export const sitemap: Format = {
  name: 'sitemap',
  recognizes: ({ headText }) => ['urlset', 'sitemapindex'].includes(rootOf(headText) ?? ''),
  read,
};

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  for await (const { element } of xmlRecords(input.text(), (name) => name === 'url' || name === 'sitemap')) {
    const url = textIn(element, 'loc');
    if (url !== null && /^https?:\/\//i.test(url)) yield { kind: 'link', url };
  }
}

import { noText } from '../encoding.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import { articleXml } from './article-xml.js';
import { csv } from './csv.js';
import { docx } from './docx.js';
import { epub } from './epub.js';
import { feed } from './feed.js';
import type { Format } from './format.js';
import { htmlPage } from './html-page.js';
import { inpage } from './inpage.js';
import { json } from './json.js';
import { markdown } from './markdown.js';
import { mediawiki } from './mediawiki.js';
import { ndjson } from './ndjson.js';
import { pdf } from './pdf.js';
import { refusalOf } from './refused.js';
import { sitemap } from './sitemap.js';
import { subtitles } from './subtitles.js';
import { text } from './text.js';
import { wordpress } from './wordpress.js';

export type { Format, Found } from './format.js';

/** In the order in which they are asked: what is told by its bytes first, a kind of XML before XML, plain text last. */
export const FORMATS: readonly Format[] = [
  docx,
  epub,
  pdf,
  inpage,
  wordpress,
  feed,
  mediawiki,
  sitemap,
  htmlPage,
  articleXml,
  subtitles,
  ndjson,
  json,
  markdown,
  csv,
  text,
];

/** The format of a source. Throws `Unreadable` for what is no article: by its name where it is known. */
export function formatOf(input: Input): Format {
  const binary = FORMATS.slice(0, 4).find((format) => format.recognizes(input));
  if (binary !== undefined) return binary;
  const refusal = refusalOf(input);
  if (refusal !== undefined) throw new Unreadable(`is ${refusal.name}, which holds no articles that can be read`, refusal.wayOut);
  const format = FORMATS.slice(4).find((candidate) => candidate.recognizes(input));
  if (format === undefined) throw noText(input.head);
  return format;
}

import { NO_FIELDS } from '../fields.js';
import type { Input } from '../input.js';
import { childOf, childrenOf, textIn, xmlRecords } from '../xml.js';
import type { Format, Found } from './format.js';
import { withTablesAsRows } from './wiki-tables.js';
import { rootOf } from './xml-root.js';

/** Dumps of MediaWiki: the articles (namespace 0), without redirects, templates, talk. */

export const mediawiki: Format = { name: 'MediaWiki dump', recognizes: ({ headText }) => rootOf(headText) === 'mediawiki', read };

type Parser = typeof import('wtf_wikipedia')['default'];

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const { default: parser } = await import('wtf_wikipedia');
  for await (const { element, around } of xmlRecords(input.text(), (name) => name === 'page')) {
    // A dump with the history of its pages has the oldest first.
    const revision = childrenOf(element, 'revision').at(-1);
    const text = revision === undefined ? null : textIn(revision, 'text');
    const title = textIn(element, 'title');
    const namespace = textIn(element, 'ns');
    if (namespace === null ? NAMESPACE.test(title ?? '') : namespace !== '0') yield { kind: 'left', reason: 'not an article of the wiki' };
    else if (childOf(element, 'redirect') !== undefined || /^\s*#\s*(?:redirect|رجوع[ _]?مکرر)/i.test(text ?? ''))
      yield { kind: 'left', reason: 'a redirect' };
    else if (text === null) yield { kind: 'left', reason: 'without a text' };
    else {
      const { body, categories } = readWikitext(text, parser);
      yield {
        kind: 'record',
        isAmongMany: true,
        fields: {
          ...NO_FIELDS,
          key: textIn(element, 'id'),
          title,
          body,
          tags: categories,
          source: around.get('sitename') ?? null,
          updated: null,
        },
      };
    }
  }
}

/** What stands before the titles of pages that are no articles, for old dumps, which say it in no other way. */
const NAMESPACE =
  /^(?:سانچہ|زمرہ|صارف|فائل|تصویر|میڈیاویکی|ویکیپیڈیا|معاونت|باب|ماڈیول|خصوصی|تبادلۂ? خیال[^:]*|Template|Category|User|File|Image|MediaWiki|Wikipedia|Help|Portal|Module|Special|(?:[A-Z]\w+ )?[Tt]alk)\s*:/u;

/** Names that the wikis of Urdu and its neighbours give to what every wiki has: the parser knows the English ones. */
const LOCAL: readonly (readonly [RegExp, string])[] = [
  [/\[\[\s*(?:زمرہ|رده|تصنيف|श्रेणी)\s*:/gu, '[[Category:'],
  [/\[\[\s*(?:فائل|تصویر|ملف|پرونده|File|Image)\s*:/giu, '[[File:'],
  [/\{\{\s*(?:سانچہ|قالب)\s*:/gu, '{{'],
];
/** What stands below these headings is no text. */
const APPARATUS = /^(?:حوالہ جات|حوالے|مزید دیکھیے|مزید دیکھیں|بیرونی روابط|حواشی|کتابیات|references|external links|see also|notes)$/i;

function readWikitext(source: string, parser: Parser): { readonly body: string; readonly categories: readonly string[] } {
  const categories = [...source.matchAll(/\[\[\s*(?:زمرہ|Category)\s*:\s*([^\]|]+)/giu)].map(([, name = '']) => name.trim());
  const english = LOCAL.reduce((text, [local, name]) => text.replace(local, name), source)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<ref[^>]*\/>|<ref[^>]*>[\s\S]*?<\/ref>/gi, '')
    .replace(/<(math|chem|gallery|timeline|score|imagemap|graph|hiero)\b[^>]*>[\s\S]*?<\/\1>/gi, '')
    // Verses: each is a paragraph, or they would be one.
    .replace(/<poem[^>]*>([\s\S]*?)<\/poem>/gi, (_, verses: string) => `\n\n${verses.trim().replace(/\s*\n\s*/g, '\n\n')}\n\n`)
    // The program would write numbers before the items of such a list.
    .replace(/^#+(?=\s)/gm, '*');
  const lines: string[] = [];
  for (const section of parser(withTablesAsRows(english)).sections()) {
    const title = section.title().trim();
    if (APPARATUS.test(title)) continue;
    const text = section
      .text({})
      .split('\n')
      .map((line) =>
        line
          .replace(/^\s*[*#:;]+\s*/, '')
          // What is left of a bracket that held a template.
          .replace(/\s*\([\s،,؛;:]*\)/g, '')
          .trim(),
      )
      .filter((line) => line !== '');
    if (title !== '' && text.length > 0) lines.push(title);
    lines.push(...text);
  }
  return { body: lines.join('\n'), categories: [...new Set(categories)] };
}

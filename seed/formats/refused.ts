import type { Input } from '../input.js';
import { entryNames, isZip } from '../zip.js';
import { isOle } from './inpage.js';
import { rootOf } from './xml-root.js';

/** What is known and is no article: each is refused by name, with the way out. */
export interface Refusal {
  readonly name: string;
  readonly wayOut: string;
}

interface Rule extends Refusal {
  readonly is: (input: Input) => boolean;
}

const begins = (...bytes: readonly (number | string)[]): ((input: Input) => boolean) => {
  const start = Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))));
  return ({ head }) => Buffer.from(head.subarray(0, start.length)).equals(start);
};
const any =
  (...rules: readonly ((input: Input) => boolean)[]) =>
  (input: Input): boolean =>
    rules.some((is) => is(input));

const EXPORT =
  'Export the table that holds the articles as CSV or JSON (sqlite3 -json, psql --csv, mysql --batch), and nothing else of it: a dump holds passwords too.';
const AS_TEXT = 'Save it as DOCX, HTML or text (UTF-8).';
const UNPACK = 'Unpack it and name the folder.';
const MEDIA = 'Give the text that belongs to it; subtitles (.srt, .vtt) are read.';

/** Statements of SQL at the beginning of lines. An article about SQL has them inside sentences. */
const SQL =
  /^\s*(?:CREATE\s+(?:TABLE|DATABASE|TEMP)|INSERT\s+INTO\s+\S+|DROP\s+TABLE|PRAGMA\s+\w+\s*=|COPY\s+\S+.*\bFROM\s+stdin|LOCK\s+TABLES|SET\s+(?:NAMES|SQL_MODE|statement_timeout))\b/im;
/** The statements of Microsoft's server have names in brackets, and end with a line of their own. */
const SQL_OF_MICROSOFT = /^\s*(?:USE|INSERT(?: INTO)?|CREATE TABLE)\s+\[[^\]\n]+\]/im;
const isSql = ({ headText, extension }: Input): boolean =>
  headText !== null &&
  (extension === 'sql' ||
    /^(?:mysqldump|pma_xml_export)$/.test(rootOf(headText) ?? '') ||
    (SQL.test(headText) && /;\s*(?:--.*)?$/m.test(headText)) ||
    (SQL_OF_MICROSOFT.test(headText) && /^GO\s*$/m.test(headText)));

/** A letter says who sent it and how it is written, in lines above the first blank one. A report that begins "To: ..." has no such lines. */
function hasMailHeader(text: string): boolean {
  const header = text.slice(0, 4_000).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^[A-Za-z][A-Za-z-]*: /.test(header) && /^From: /m.test(header) && /^(?:MIME-Version|Message-ID|Received): /im.test(header);
}

/** A page with its pictures, as browsers save it in one file: a letter of several parts, the first of them the page. */
function isSavedPage(text: string): boolean {
  const header = text.slice(0, 4_000).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return (
    /^Content-Type:\s*multipart\/related/im.test(header) &&
    (/^Snapshot-Content-Location:/im.test(header) || /type="?text\/html/i.test(header))
  );
}

/** A headline behind one sign, and below it attributes or headings behind two. A wiki has such signs on both sides. */
const isAsciiDoc = (text: string): boolean => {
  const [first = '', ...more] = firstLines(text);
  return /^= \S.*[^=\s]\s*$/.test(first) && more.some((line) => /^(?::[a-z][\w-]*:(?: .*)?|={2,5} \S.*[^=\s])\s*$/.test(line));
};

/** Letters that are written as the number of each ("\\u0627"): so many that a text is. */
const ENOUGH_NUMBERS = 20;

/** A text of such numbers without a letter of Urdu beside them. An article about programs shows some among its words, JSON is read with them, and pages have them in scripts. */
const isOfNumbers = (text: string): boolean =>
  !/^\uFEFF?\s*[[{<"]/.test(text) &&
  !/\p{Script=Arabic}/u.test(text) &&
  (text.slice(0, 20_000).match(/\\u0[67][\da-f]{2}/gi)?.length ?? 0) >= ENOUGH_NUMBERS;

/** Nothing but variables of the environment (`DB_PASSWORD=...`) and comments. An article has other lines too. */
function isEnvironment(text: string): boolean {
  const lines = text.slice(0, 4_000).split(/\r?\n/);
  // The last one may be cut.
  if (text.length > 4_000) lines.pop();
  const told = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return told.length > 0 && told.every((line) => /^(?:export )?[A-Z][A-Z\d_]*=/.test(line));
}

/** How a program begins: with what it takes from others. */
const TAKES =
  /^(?:import (?:[\w*{][^'"\n]* from )?['"][^'"\n]+['"];?|import [\w.]+(?: as \w+)?;?|from [\w.]+ import [\w*, ]+|#include\s*[<"].+|package [\w.]+;?|using [\w.]+;|(?:const|var|let) [^=\n]+ = require\(.+)\s*$/;
const STATEMENT =
  /^\s*(?:def \w+\(.*:|class \w+.*[:{]|(?:async )?function\b.*\{|(?:const|let|var) \S+ = .+|(?:public|private|static|export)\b.*[{;(]|(?:int|void) \w+\(.*|\w+\(.*\);?|\w+ = .+|if __name__.*)\s*$/m;

/** Its first line takes something from another program, and a statement stands below. An article that shows such a line has its headline above it. */
function isProgram(text: string): boolean {
  const [first = '', ...more] = text
    .slice(0, 4_000)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return TAKES.test(first) && more.some((line) => STATEMENT.test(line));
}

/** "192.0.2.1 - - [14/Jun/2023:10:00:00 +0500] "GET / ...": whom a server has served. */
const SERVED = /^\S+ \S+ \S+ \[\d{2}\/\w{3}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] "/;

/** "2022-01-05 08:00:01,456 WARN  slow query", "Jan  5 08:00:00 host sshd[123]: ...": a time and how bad it is, or which program says it. */
const LOGGED =
  /^\[?(?:\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}\S*\s+.{0,60}?\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b|[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \S+ [\w./-]+(?:\[\d+\])?: )/;

/** The lines of a text that hold something, as many as tell what it is; without the last of them, which may be cut. */
const firstLines = (text: string): readonly string[] =>
  text
    .slice(0, 4_000)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .slice(0, text.length > 4_000 ? -1 : undefined)
    .filter((line) => line.trim() !== '');

/** A report that begins with a line of a log has its text below. */
const isLog = (text: string): boolean => {
  const [first = '', second = ''] = firstLines(text);
  return LOGGED.test(first) && LOGGED.test(second);
};

/** Which pages of a site programs may fetch. */
const isRobots = (text: string): boolean => {
  const lines = firstLines(text).filter((line) => !line.startsWith('#'));
  return /^User-agent:\s*\S/i.test(lines[0] ?? '') && lines.some((line) => /^(?:Dis)?allow:/i.test(line));
};

/** Sections in brackets, and below them nothing but `name=value` and comments. */
const isSettings = (text: string): boolean => {
  const [first = '', ...more] = firstLines(text).filter((line) => !/^\s*[;#]/.test(line));
  return /^\[[\w .:-]+\]\s*$/.test(first) && more.length > 0 && more.every((line) => /^\s*(?:\[[\w .:-]+\]|[\w.-]+\s*=.*)$/.test(line));
};

/** `name=value` and comments, nothing else: the texts of a program by their names. */
const isProperties = (text: string): boolean => {
  const lines = firstLines(text).filter((line) => !/^\s*[;#!]/.test(line));
  return lines.length > 1 && lines.every((line) => /^[A-Za-z][\w.-]*\s*=/.test(line));
};

/** Characters of the shortest line of bytes that are written as letters (base64). */
const SHORTEST_OF_BYTES = 60;

/** Every line is one word of Latin letters and figures, as long as the first; the last is what was left. */
const isBytes = (text: string): boolean => {
  const lines = firstLines(text.length > 4_000 ? text.slice(0, 4_000).replace(/\r?\n[^\n]*$/, '') : text);
  return (
    (lines[0]?.length ?? 0) >= SHORTEST_OF_BYTES &&
    lines.every((line, i) => /^[A-Za-z\d+/]+={0,2}\r?$/.test(line) && (line.length === lines[0]?.length || i === lines.length - 1))
  );
};

/** Who said what when, as WhatsApp hands a chat on: "05/01/2022, 08:01 - ", "[05/01/2022, 08:01:00] ". */
const CHAT = /^[\u200E\u200F]?\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}(?::\d{2})?(?:[\s\u202F][AaPp]\.?[Mm]\.?)?(?:\] | - )\S/;
const isChat = (text: string): boolean => {
  const [first = '', ...more] = firstLines(text);
  return CHAT.test(first) && more.some((line) => CHAT.test(line));
};

const RULES: readonly Rule[] = [
  { name: 'an SQLite database', wayOut: EXPORT, is: begins('SQLite format 3\0') },
  { name: 'an Access database', wayOut: EXPORT, is: any(begins(0, 1, 0, 0, 'Standard Jet DB'), begins(0, 1, 0, 0, 'Standard ACE DB')) },
  { name: 'a PostgreSQL dump', wayOut: EXPORT, is: begins('PGDMP') },
  { name: 'an SQL dump', wayOut: EXPORT, is: isSql },
  { name: 'a Parquet table', wayOut: 'Export it as CSV or NDJSON.', is: begins('PAR1') },
  { name: 'an RTF document', wayOut: AS_TEXT, is: begins('{\\rtf') },
  { name: 'PostScript', wayOut: AS_TEXT, is: begins('%!PS') },
  { name: 'a DjVu document', wayOut: AS_TEXT, is: begins('AT&TFORM') },
  {
    name: 'an OpenDocument file',
    wayOut: AS_TEXT,
    is: ({ head }) => entryNames(head)[0] === 'mimetype' && Buffer.from(head.subarray(0, 200)).includes('application/vnd.oasis'),
  },
  {
    name: 'an Excel workbook',
    wayOut: 'Save its sheet as CSV (UTF-8).',
    is: ({ head, extension }) => isZip(head) && (extension === 'xlsx' || Buffer.from(head).includes('xl/workbook')),
  },
  {
    name: 'a PowerPoint presentation',
    wayOut: AS_TEXT,
    is: ({ head, extension }) => isZip(head) && (extension === 'pptx' || Buffer.from(head).includes('ppt/')),
  },
  { name: 'an old Word, Excel or other Office document (OLE2)', wayOut: AS_TEXT, is: ({ head }) => isOle(head) },
  {
    name: 'a MOBI or Kindle book',
    wayOut: 'Make an EPUB of it.',
    is: ({ head }) => Buffer.from(head.subarray(60, 68)).toString('latin1') === 'BOOKMOBI',
  },
  { name: 'a rar archive', wayOut: UNPACK, is: begins('Rar!') },
  { name: 'a 7-Zip archive', wayOut: UNPACK, is: begins('7z', 0xbc, 0xaf) },
  { name: 'an archive packed by xz', wayOut: UNPACK, is: begins(0xfd, '7zXZ') },
  {
    name: 'an archive packed by bzip2',
    wayOut: UNPACK,
    is: ({ head }) => /^BZh[1-9]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')),
  },
  { name: 'an archive packed by zstd', wayOut: UNPACK, is: begins(0x28, 0xb5, 0x2f, 0xfd) },
  { name: 'a tar archive', wayOut: UNPACK, is: ({ head }) => Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar' },
  {
    name: 'a picture',
    wayOut: MEDIA,
    is: any(
      begins(0x89, 'PNG'),
      begins(0xff, 0xd8, 0xff),
      begins('GIF8'),
      begins('II*', 0),
      begins('MM', 0, '*'),
      begins('8BPS'),
      begins(0, 0, 1, 0),
      // Behind the size of the file four bytes are kept empty.
      ({ head }) => /^BM....\0{4}/s.test(Buffer.from(head.subarray(0, 10)).toString('latin1')),
      ({ head }) => Buffer.from(head.subarray(8, 12)).toString('latin1') === 'WEBP',
    ),
  },
  {
    name: 'sound or film',
    wayOut: MEDIA,
    is: any(
      begins('ID3'),
      begins(0xff, 0xfb),
      begins(0xff, 0xf3),
      begins('OggS'),
      begins('fLaC'),
      begins(0x1a, 0x45, 0xdf, 0xa3),
      ({ head }) => ['ftyp'].includes(Buffer.from(head.subarray(4, 8)).toString('latin1')),
      ({ head }) => /^RIFF....(?:WAVE|AVI )/s.test(Buffer.from(head.subarray(0, 12)).toString('latin1')),
    ),
  },
  {
    name: 'a program',
    wayOut: 'Name the files that hold articles.',
    is: any(begins(0x7f, 'ELF'), begins('MZ'), begins(0xca, 0xfe, 0xba, 0xbe), begins(0, 'asm'), begins('#!/'), ({ head }) =>
      entryNames(head).some((name) => /^(?:META-INF\/MANIFEST\.MF|AndroidManifest\.xml)$/.test(name)),
    ),
  },
  { name: 'an InDesign document', wayOut: 'Export it as EPUB or HTML.', is: begins(6, 6, 0xed, 0xf5, 0xd8, 0x1d, 0x46, 0xe5) },
  {
    name: 'a document of Pages, Numbers or Keynote',
    wayOut: AS_TEXT,
    is: ({ head }) => entryNames(head).some((name) => /^Index\/.*\.iwa$/.test(name)),
  },
  {
    name: 'a font',
    wayOut: 'Name the files that hold articles.',
    is: any(begins(0, 1, 0, 0, 0), begins('OTTO'), begins('wOFF'), begins('wOF2')),
  },
  {
    name: 'an archive of a crawler (WARC)',
    wayOut: 'Take the pages out of it (warcio extract, or any program that replays such archives), and give them as HTML.',
    is: ({ headText, head }) => /^WARC\/\d\.\d\r?\n/.test(headText ?? Buffer.from(head.subarray(0, 12)).toString('latin1')),
  },
  {
    name: 'the answer of a server with its header',
    wayOut: 'Fetch it without the header (curl without -i), or give its address to this command.',
    is: ({ headText }) => /^HTTP\/\d(?:\.\d)? \d{3}\b.*\r?\n[A-Za-z-]+:/.test(headText ?? ''),
  },
  {
    name: 'what a browser has fetched (HAR)',
    wayOut: 'Give the addresses, or the pages as HTML: passwords stand in such a file.',
    is: ({ headText }) => /^\uFEFF?\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator)"/.test(headText ?? ''),
  },
  {
    name: 'a file with two versions in conflict (git)',
    wayOut: 'Keep one of them.',
    is: ({ headText }) => /^<{7} /m.test(headText ?? '') && /^={7}\r?$/m.test(headText ?? '') && /^>{7} /m.test(headText ?? ''),
  },
  {
    name: 'a web page as MHTML',
    wayOut: 'Save it as "Web page, HTML only".',
    is: ({ headText }) => isSavedPage(headText ?? ''),
  },
  {
    name: 'text whose letters are written as numbers (\\u0627)',
    wayOut: 'Give the JSON that it was taken from, or write the letters out: native2ascii -reverse OLD NEW, or a few lines of any program.',
    is: ({ headText }) => isOfNumbers(headText ?? ''),
  },
  {
    name: 'a mailbox or message',
    wayOut: 'Save the text of the message as .txt or .html.',
    is: ({ headText }) =>
      /^(?:From \S+ .*\d{4}|Return-Path:|Received:|Delivered-To:|MIME-Version:)/.test(headText ?? '') || hasMailHeader(headText ?? ''),
  },
  {
    name: 'subtitles as ASS, SSA or SBV',
    wayOut: 'Save them as SRT or WebVTT (ffmpeg -i OLD NEW.srt).',
    is: ({ headText }) => /^\uFEFF?(?:\[Script Info\]|\d+:\d{2}:\d{2}\.\d{3},\d+:\d{2}:\d{2}\.\d{3}\r?\n)/i.test(headText ?? ''),
  },
  {
    name: 'YAML',
    wayOut: 'Give it as JSON (yq -o json OLD > NEW.json); front matter of Markdown is read.',
    is: ({ headText, extension }) => /^ya?ml$/.test(extension) || /^\uFEFF?(?:---\r?\n)?- [\w-]+:[^\n]*\n {2}[\w-]+:/.test(headText ?? ''),
  },
  {
    name: 'lyrics with times (LRC)',
    wayOut: 'Save them as SRT or WebVTT, or as text without times.',
    is: ({ headText }) =>
      /^\uFEFF?(?:\[(?:ti|ar|al|by|offset|length|re|ve|au):[^\]\n]*\]\s*)*\[\d{1,3}:\d{2}[.:]\d{1,3}\]/.test(headText ?? ''),
  },
  {
    name: 'the settings of a program',
    wayOut: 'Name the files that hold articles. Passwords stand in such files.',
    is: ({ headText }) => isEnvironment(headText ?? '') || isSettings(headText ?? '') || isProperties(headText ?? ''),
  },
  {
    name: 'translations of a program (gettext)',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText }) => /^\uFEFF?(?:#[^\n]*\n|\s*\n)*msgid "/.test(headText ?? ''),
  },
  {
    name: 'a key or certificate',
    wayOut: 'Keep it where nobody sees it.',
    is: ({ headText }) => /^-----BEGIN [A-Z ]+-----/.test(headText ?? ''),
  },
  {
    name: 'a calendar or address book',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText }) => /^BEGIN:V(?:CALENDAR|CARD)/.test(headText ?? ''),
  },
  {
    name: 'AsciiDoc',
    wayOut: 'Make HTML of it (asciidoctor).',
    is: ({ headText }) => isAsciiDoc(headText ?? ''),
  },
  {
    name: 'a TeX document',
    wayOut: 'Make HTML of it (pandoc, htlatex).',
    is: ({ headText }) => /^\s*\\documentclass/m.test((headText ?? '').slice(0, 4_000)),
  },
  {
    name: 'a vector drawing (SVG)',
    wayOut: MEDIA,
    is: ({ headText }) => /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/.test(headText ?? ''),
  },
  {
    name: 'a list of changes (diff)',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText }) => /^\uFEFF?(?:diff --git |Index: \S+\r?\n=+|--- \S+.*\r?\n\+\+\+ )/.test(headText ?? ''),
  },
  {
    name: 'a list of references (BibTeX)',
    wayOut: 'Give the texts themselves.',
    is: ({ headText }) =>
      /^\uFEFF?\s*@(?:article|book|inbook|incollection|inproceedings|misc|phdthesis|techreport|online)\s*\{/i.test(headText ?? ''),
  },
  {
    name: 'a list of downloads (BitTorrent)',
    wayOut: 'Give what it leads to.',
    is: ({ headText, head }) =>
      /^d\d+:(?:announce|created by|info|comment)/.test(headText ?? Buffer.from(head.subarray(0, 40)).toString('latin1')),
  },
  {
    name: 'settings of a Mac (plist)',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText }) => /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE plist[^>]*>\s*)?<plist[\s>]/.test(headText ?? ''),
  },
  {
    name: 'the log of a server',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText }) => SERVED.test(headText ?? '') || isLog(headText ?? ''),
  },
  {
    name: 'what a site tells crawlers (robots.txt)',
    wayOut: 'Give the sitemap that it names.',
    is: ({ headText }) => isRobots(headText ?? ''),
  },
  {
    name: 'bytes that are written as letters (base64)',
    wayOut: 'Decode it (base64 -d OLD > NEW), and give what comes of it.',
    is: ({ headText }) => isBytes(headText ?? ''),
  },
  {
    name: 'a chat of WhatsApp',
    wayOut: 'Copy what readers may find out of it, into a text for each article: names and numbers of people stand in a chat.',
    is: ({ headText }) => isChat(headText ?? ''),
  },
  {
    name: 'the source of a program',
    wayOut: 'Name the files that hold articles.',
    is: ({ headText, extension }) =>
      /^(?:js|mjs|cjs|ts|tsx|jsx|css|scss|less|py|rb|sh|bat|ps1|c|h|cpp|java|go|rs|ini|cfg|conf|env|toml|lock|log|map)$/.test(extension) ||
      /^\s*<\?php/.test(headText ?? '') ||
      isProgram(headText ?? ''),
  },
];

export const refusalOf = (input: Input): Refusal | undefined => RULES.find(({ is }) => is(input));

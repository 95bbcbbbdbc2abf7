import { gzipSync } from 'node:zlib';
import { utils as container, write as writeContainer } from 'cfb';
import { formatReport, formatSkipped } from '../../seed/report.js';
import { type ReadFile, readsFiles } from '../support/seed-file.js';
import { zipOf } from '../support/zip.js';

const ONE = 'شہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں جن میں آم اور جامن شامل ہیں۔';
const TITLE = 'نئے باغ کا افتتاح';

const readFile = readsFiles('hostile');

async function read(name: string, content: string | Uint8Array): Promise<ReadFile & { readonly said: string }> {
  const found = await readFile(name, content);
  const told = found.report.skipped.map((skipped) => formatSkipped(skipped).replaceAll(`${found.folder}/`, ''));
  return { ...found, said: told.join('\n') };
}

const bytes = (...parts: readonly (number | string)[]): Buffer =>
  Buffer.concat([
    ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
    Buffer.alloc(100, 1),
  ]);
const NOT = 'which holds no articles that can be read';

/** What must never become an article, under the name that would tempt one to read it: refused by what it is, with the way out. */
describe('is refused by name', () => {
  it.each<[string, string, string | Uint8Array, string]>([
    ['an SQLite database', 'news.txt', bytes('SQLite format 3\0'), `is an SQLite database, ${NOT}`],
    ['an Access database', 'news.txt', bytes(0, 1, 0, 0, 'Standard Jet DB'), `is an Access database, ${NOT}`],
    ['a PostgreSQL dump', 'news.txt', bytes('PGDMP'), `is a PostgreSQL dump, ${NOT}`],
    [
      'an SQL dump of MySQL',
      'a.txt',
      `-- MySQL dump 10.13\n\nSET NAMES utf8mb4;\nDROP TABLE IF EXISTS posts;\nINSERT INTO posts VALUES (1,'${ONE}');\n`,
      `is an SQL dump, ${NOT}`,
    ],
    [
      'an SQL dump of PostgreSQL',
      'a.txt',
      `SET statement_timeout = 0;\nCREATE TABLE public.users (password text);\nCOPY public.users (password) FROM stdin;\nx\n\\.\n`,
      `is an SQL dump, ${NOT}`,
    ],
    [
      'an SQL dump in small letters',
      'a',
      `begin;\ncreate table a(b text);\ninsert into a values('${ONE}');\ncommit;\n`,
      `is an SQL dump, ${NOT}`,
    ],
    ['a letter', 'a.txt', `From: a@example.pk\nSubject: x\nMIME-Version: 1.0\n\n${ONE}\n`, `is a mailbox or message, ${NOT}`],
    ['YAML', 'a.txt', `- title: ${TITLE}\n  body: ${ONE}\n- title: پل\n  body: ${ONE}\n`, `is YAML, ${NOT}`],
    ['lyrics with times', 'a.txt', `[ti:گیت]\n[ar:گلوکار]\n[00:12.00]${ONE}\n`, `is lyrics with times (LRC), ${NOT}`],
    ['settings with passwords', 'a.txt', '# site\nDB_PASSWORD=secret\n\nexport API_KEY=abc\n', `is the settings of a program, ${NOT}`],
    ['subtitles as ASS', 'a.txt', '[Script Info]\nTitle: x\n', `is subtitles as ASS, SSA or SBV, ${NOT}`],
    ['subtitles as SBV', 'a.txt', `0:00:01.000,0:00:03.000\n${ONE}\n`, `is subtitles as ASS, SSA or SBV, ${NOT}`],
    ['a Parquet table', 'a.txt', bytes('PAR1'), `is a Parquet table, ${NOT}`],
    ['RTF', 'a.txt', '{\\rtf1\\ansi text}', `is an RTF document, ${NOT}`],
    ['PostScript', 'a.txt', '%!PS-Adobe-3.0\n', `is PostScript, ${NOT}`],
    ['DjVu', 'a.txt', bytes('AT&TFORM'), `is a DjVu document, ${NOT}`],
    [
      'OpenDocument',
      'a.odt',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
      `is an OpenDocument file, ${NOT}`,
    ],
    ['Excel', 'a.xlsx', zipOf({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' }), `is an Excel workbook, ${NOT}`],
    [
      'PowerPoint',
      'a.pptx',
      zipOf({ '[Content_Types].xml': '<x/>', 'ppt/presentation.xml': '<x/>' }),
      `is a PowerPoint presentation, ${NOT}`,
    ],
    [
      'old Word',
      'a.doc',
      writeContainer(container.cfb_new(), { type: 'buffer' }) as Uint8Array,
      `is an old Word, Excel or other Office document (OLE2), ${NOT}`,
    ],
    ['rar', 'a.txt', bytes('Rar!', 0x1a), `is a rar archive, ${NOT}`],
    ['7-Zip', 'a.txt', bytes('7z', 0xbc, 0xaf), `is a 7-Zip archive, ${NOT}`],
    ['xz', 'a.txt', bytes(0xfd, '7zXZ'), `is an archive packed by xz, ${NOT}`],
    ['bzip2', 'a.txt', bytes('BZh9'), `is an archive packed by bzip2, ${NOT}`],
    ['zstd', 'a.txt', bytes(0x28, 0xb5, 0x2f, 0xfd), `is an archive packed by zstd, ${NOT}`],
    ['tar', 'a.txt', Buffer.concat([Buffer.alloc(257, 0x61), Buffer.from('ustar'), Buffer.alloc(250)]), `is a tar archive, ${NOT}`],
    ['PNG', 'a.txt', bytes(0x89, 'PNG'), `is a picture, ${NOT}`],
    ['JPEG', 'a.txt', bytes(0xff, 0xd8, 0xff), `is a picture, ${NOT}`],
    ['GIF', 'a.txt', bytes('GIF89a'), `is a picture, ${NOT}`],
    [
      'SVG',
      'a.xml',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>باغ</text></svg>',
      `is a vector drawing (SVG), ${NOT}`,
    ],
    ['MP3', 'a.txt', bytes('ID3'), `is sound or film, ${NOT}`],
    ['MP4', 'a.txt', bytes(0, 0, 0, 24, 'ftypmp42'), `is sound or film, ${NOT}`],
    ['a program', 'a.txt', bytes(0x7f, 'ELF'), `is a program, ${NOT}`],
    ['a script', 'a.txt', '#!/bin/sh\necho x\n', `is a program, ${NOT}`],
    ['a font', 'a.txt', bytes('wOF2'), `is a font, ${NOT}`],
    ['a mailbox', 'a.txt', 'From a@b Sat Jan  3 01:05:34 2026\nSubject: x\n\nx\n', `is a mailbox or message, ${NOT}`],
    ['a key', 'a.txt', '-----BEGIN PRIVATE KEY-----\nMIIE\n', `is a key or certificate, ${NOT}`],
    [
      "an SQL dump of Microsoft's server",
      'a.txt',
      `USE [news]\nGO\nINSERT [dbo].[posts] ([body]) VALUES (N'${ONE}')\nGO\n`,
      `is an SQL dump, ${NOT}`,
    ],
    ['MP3 without a mark', 'a.txt', bytes(0xff, 0xfb, 0x90, 0x64), `is sound or film, ${NOT}`],
    ['BMP', 'a.txt', bytes('BM', 0x36, 1, 2, 3, 0, 0, 0, 0), `is a picture, ${NOT}`],
    ['Photoshop', 'a.txt', bytes('8BPS', 0, 1), `is a picture, ${NOT}`],
    ['WebAssembly', 'a.txt', bytes(0, 'asm', 1, 0, 0, 0), `is a program, ${NOT}`],
    ['a packed program', 'a.zip', zipOf({ 'META-INF/MANIFEST.MF': 'x', 'a.txt': ONE }), `is a program, ${NOT}`],
    ['InDesign', 'a.txt', bytes(6, 6, 0xed, 0xf5, 0xd8, 0x1d, 0x46, 0xe5), `is an InDesign document, ${NOT}`],
    ['Pages', 'a.zip', zipOf({ 'Index/Document.iwa': 'x' }), `is a document of Pages, Numbers or Keynote, ${NOT}`],
    [
      'the log of a program',
      'a.txt',
      '2022-01-05 08:00:00,123 INFO  server started\n2022-01-05 08:00:01,456 WARN  slow query 230ms\n\tat Main.run\n',
      `is the log of a server, ${NOT}`,
    ],
    [
      'the log of a machine',
      'a.txt',
      'Jan  5 08:00:00 host sshd[123]: Accepted\nJan  5 08:00:01 host cron[7]: run\n',
      `is the log of a server, ${NOT}`,
    ],
    ['robots.txt', 'robots.txt', '# site\nUser-agent: *\nDisallow: /wp-admin/\n', `is what a site tells crawlers (robots.txt), ${NOT}`],
    [
      'settings in sections',
      'a.txt',
      '; site\n[database]\nhost = localhost\npassword=secret\n\n[mail]\nfrom=a\n',
      `is the settings of a program, ${NOT}`,
    ],
    [
      'bytes as letters',
      'a.txt',
      `${Buffer.alloc(3_000, 'abcXYZ').toString('base64')}\n`,
      `is bytes that are written as letters (base64), ${NOT}`,
    ],
    [
      'a chat',
      'a.txt',
      `05/01/2022, 08:00 - Messages are encrypted.\n05/01/2022, 08:01 - \u0633\u0644\u0645\u0627\u0646: ${ONE}\n`,
      `is a chat of WhatsApp, ${NOT}`,
    ],
    ['a diff', 'a.txt', `diff --git a/x b/x\n--- a/x\n+++ b/x\n+${ONE}\n`, `is a list of changes (diff), ${NOT}`],
    ['BibTeX', 'a.txt', `@book{x,\n title = {${TITLE}},\n}\n`, `is a list of references (BibTeX), ${NOT}`],
    ['a torrent', 'a.txt', 'd8:announce3:abce', `is a list of downloads (BitTorrent), ${NOT}`],
    [
      'settings of a Mac',
      'a.txt',
      '<?xml version="1.0"?><plist version="1.0"><dict><key>a</key></dict></plist>',
      `is settings of a Mac (plist), ${NOT}`,
    ],
    ['an address book', 'a.txt', 'BEGIN:VCARD\nFN:x\nEND:VCARD\n', `is a calendar or address book, ${NOT}`],
    ['TeX', 'a.txt', '\\documentclass{article}\n\\begin{document}باغ\\end{document}\n', `is a TeX document, ${NOT}`],
    ['source code', 'a.py', `text = "${ONE}"\n`, `is the source of a program, ${NOT}`],
    ['Python', 'a.txt', `import os\nfrom math import pi\n\ndef main():\n    print("${ONE}")\n`, `is the source of a program, ${NOT}`],
    ['JavaScript', 'a.txt', `import fs from 'node:fs';\nconst title = '${TITLE}';\n`, `is the source of a program, ${NOT}`],
    ['C', 'a.txt', `#include <stdio.h>\nint main(void) { puts("${TITLE}"); }\n`, `is the source of a program, ${NOT}`],
    [
      'what a server has served',
      'a.txt',
      '192.0.2.1 - - [14/Jun/2023:10:00:00 +0500] "GET / HTTP/1.1" 200 12\n'.repeat(3),
      `is the log of a server, ${NOT}`,
    ],
    ['PHP', 'a.txt', `<?php $password = "x"; ?>\n${ONE}\n`, `is the source of a program, ${NOT}`],
  ])('%s', async (_what, name, content, reason) => {
    const { articles, said } = await read(name, content);
    expect(articles).toEqual([]);
    expect(said).toMatch(
      new RegExp(`^${name.replace('.', '\\.')}: the file ${reason.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\. [A-Z].+\\.$`),
    );
  });
});

/** What only begins like one of these. */
it.each([
  ['an article on a language', `import os\n\n${ONE} پروگرام اسی سطر سے شروع ہوتا ہے۔\n`],
  ['an English headline', `from garden import plants\n\n${ONE}\n`],
  ['an article on logs', `192.0.2.1\n\n${ONE} [14/Jun/2023]\n`],
])('%s is read', async (_, content) => {
  expect((await read('a.txt', content)).articles).toMatchObject([{ body: expect.stringContaining(ONE) as string }]);
});

const DEEP = 100_000;

/** What is broken, cut off or made to break what reads it: it ends, says why, and keeps what could be read. */
describe('is survived', () => {
  it.each<[string, string, string | Uint8Array, number, RegExp | '']>([
    ['an empty file', 'a.csv', '', 0, /is empty/],
    ['a gzip of nothing', 'a.txt.gz', gzipSync(''), 0, /is empty/],
    ['a gzip that is cut off', 'a.txt.gz', gzipSync(`${TITLE}\n\n${ONE}`).subarray(0, 60), 0, /is a gzip file that is cut off/],
    [
      'a gzip that is damaged',
      'a.txt.gz',
      Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(40, 7)]),
      0,
      /is a damaged gzip file/,
    ],
    [
      'a gzip in a gzip in a gzip in a gzip in a gzip',
      'a.txt',
      [1, 2, 3, 4, 5].reduce((packed) => gzipSync(packed), Buffer.from(ONE)),
      0,
      /is packed more than 3 times/,
    ],
    ['a zip that is cut off', 'a.zip', zipOf({ 'a.txt': ONE }).subarray(0, 50), 0, /is a damaged zip/],
    ['a zip with a password', 'a.zip', zipOf({ 'a.txt': ONE }, { encrypted: true }), 0, /is a zip with a password \(a\.txt\)/],
    [
      'a zip that becomes a thousand times as much',
      'a.zip',
      zipOf({ 'a.txt': Buffer.alloc(50_000_000, 0x61) }),
      0,
      /would become 50000000 bytes/,
    ],
    ['a zip with a path that leads out', 'a.zip', zipOf({ '../../a.txt': `${TITLE}\n\n${ONE}` }), 0, /is a damaged zip/],
    ['a zip of nothing', 'a.zip', zipOf({}), 0, /nothing but empty lines and noise|no text file|holds a NUL/],
    [
      'a table whose last row is cut off',
      'a.csv',
      `title,body\n"${TITLE}","${ONE}"\n"x","${ONE}`,
      1,
      /is no whole table: a quote is opened behind line 2 and never closed/,
    ],
    ['a table with rows of all lengths', 'a.csv', `title,body\n${TITLE}\nx,"${ONE}",y,z\n,\n`, 1, ''],
    ['a table of a header only', 'a.csv', 'title,body\n', 0, /nothing but empty lines/],
    ['a quote inside a cell', 'a.csv', `title,body\nباغ "نیا",${ONE}\n`, 1, ''],
    ['JSON that is cut off', 'a.json', `[{"title":"${TITLE}","body":"${ONE}"},{"title":"x`, 1, /holds no whole JSON/],
    ['an object of JSON that is cut off', 'a.json', `{"items":[{"title":"${TITLE}","body":"${ONE}"}`, 0, /holds no whole JSON/],
    ['JSON with words behind it', 'a.json', `[{"title":"${TITLE}","body":"${ONE}"}] یہ کیا`, 1, /holds no whole JSON/],
    ['JSON nested a hundred thousand times', 'a.json', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, 0, /./],
    ['objects of JSON nested a hundred thousand times', 'a.json', `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`, 0, /./],
    ['JSON of numbers', 'a.json', '[1,2,3]', 0, /is JSON without an object in it/],
    [
      'JSON with names that are not theirs',
      'a.json',
      `[{"__proto__":{"body":"x"},"constructor":"x","title":"${TITLE}","body":"${ONE}"}]`,
      1,
      '',
    ],
    ['JSON where a text should be and is not', 'a.json', '[{"title":null,"body":{"a":[1,{}]}},{"body":7}]', 1, ''],
    [
      'NDJSON with a broken line',
      'a.ndjson',
      `${JSON.stringify({ title: TITLE, body: ONE })}\n{"title":\n${JSON.stringify({ title: 'x', body: ONE })}\n`,
      2,
      /holds no JSON in line 2/,
    ],
    ['NDJSON with an array', 'a.ndjson', `${JSON.stringify({ title: TITLE, body: ONE })}\n[1]\n`, 1, /holds no object in line 2/],
    [
      'XML that is cut off',
      'a.xml',
      `<?xml version="1.0"?><rss><channel><item><title>${TITLE}</title><description>${ONE}</description></item><item><ti`,
      1,
      /is cut off inside/,
    ],
    [
      'XML of a billion laughs',
      'a.xml',
      `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ہا"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><title>&b;</title><description>${ONE}</description></item></channel></rss>`,
      1,
      '',
    ],
    [
      'XML that asks for a file',
      'a.xml',
      `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>${TITLE}</title><description>&f; ${ONE}</description></item></channel></rss>`,
      1,
      '',
    ],
    [
      'XML nested a hundred thousand times',
      'a.xml',
      `<?xml version="1.0"?><rss><channel><item>${'<a>'.repeat(DEEP)}${'</a>'.repeat(DEEP)}</item></channel></rss>`,
      0,
      /has elements 200 levels deep/,
    ],
    [
      'a feed with signs that are not escaped',
      'a.rss',
      `<rss><channel><item><title>آم & جامن</title><description>${ONE} & اور</description></item></channel></rss>`,
      1,
      '',
    ],
    ['a feed without items', 'a.rss', '<rss><channel><title>x</title></channel></rss>', 0, /nothing but/],
    [
      'an export of drafts only',
      'a.xml',
      '<rss xmlns:wp="x"><channel><item><title>x</title><wp:status>draft</wp:status></item></channel></rss>',
      0,
      '',
    ],
    [
      'a page nested a hundred thousand times',
      'a.html',
      `<!doctype html><html><body>${'<div>'.repeat(20_000)}<p>${ONE}</p></body></html>`,
      0,
      /is nested deeper than can be read/,
    ],
    ['a page of scripts only', 'a.html', '<!doctype html><html><body><script>var a = "<p>x</p>"</script></body></html>', 0, ''],
    [
      'a page that closes what it never opened',
      'a.html',
      `<!doctype html></p></div><html><body></span><article><h1>${TITLE}<p>${ONE}<p>${ONE.replace('آم', 'کیلے')}`,
      1,
      '',
    ],
    ['front matter that is no YAML', 'a.md', `---\ntitle: "باغ\nx: [1\n---\n${ONE}\n`, 0, /has front matter that is no YAML/],
    ['front matter in TOML that is none', 'a.md', `+++\ntitle = x\n+++\n${ONE}\n`, 0, /has front matter that is no TOML/],
    ['front matter in TOML with a name twice', 'a.md', `+++\ntitle = "x"\ntitle = "y"\n+++\n${ONE}\n`, 0, /is no TOML/],
    ['YAML that grows', 'a.md', `---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: ${TITLE}\n---\n${ONE}\n`, 1, ''],
    [
      'a Word document that is none',
      'a.docx',
      zipOf({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<broken' }),
      0,
      /is no Word document that can be read/,
    ],
    [
      'an EPUB without contents',
      'a.epub',
      zipOf({ mimetype: 'application/epub+zip', 'a.xhtml': '<p>x</p>' }),
      0,
      /is an EPUB without a list of contents/,
    ],
    ['a PDF that is none', 'a.pdf', '%PDF-1.7\nnonsense\n', 0, /is a PDF that cannot be read|without a layer of text/],
    [
      'an InPage document that is damaged',
      'a.inp',
      bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
      0,
      /is a damaged InPage document|without a text of InPage/,
    ],
    ['subtitles without times', 'a.vtt', 'WEBVTT\n\nباغ\n', 0, ''],
    [
      'a wiki whose braces never close',
      'a.xml',
      `<mediawiki><page><title>باغ</title><ns>0</ns><revision><text>${'{{'.repeat(5_000)} ${ONE}</text></revision></page></mediawiki>`,
      1,
      '',
    ],
    ['a line of a million letters', 'a.txt', 'ب'.repeat(1_000_000), 1, ''],
    ['fifty thousand short lines', 'a.txt', 'پڑھیں:\n'.repeat(49_000), 0, /./],
    ['lines that are all alike', 'a.txt', `${'فیس بک\n'.repeat(2_000)}`, 0, /nothing but/],
    [
      'UTF-16 that is cut in a letter',
      'a.txt',
      Buffer.concat([Buffer.from(`\uFEFF${TITLE}\n\n${ONE}`, 'utf16le'), Buffer.from([0x28])]),
      0,
      /is not UTF-16LE/,
    ],
    ['UTF-32 with what is no letter', 'a.txt', Buffer.from([0xff, 0xfe, 0, 0, 0xff, 0xff, 0xff, 0xff]), 0, /is not UTF-32/],
    [
      'mojibake that has lost letters',
      'a.txt',
      Buffer.from(
        Buffer.from(`${TITLE}\n\n${ONE}`)
          .toString('latin1')
          .replace(/\u0088/g, ''),
      ),
      0,
      /letters were lost on the way/,
    ],
    [
      'damaged UTF-8 behind the first 64 KB',
      'a.txt',
      Buffer.concat([Buffer.from(`${ONE}\n`.repeat(600)), Buffer.from([0xff])]),
      0,
      /is not UTF-8: byte 0xFF/,
    ],
    ['invisible signs only', 'a.txt', '\u200B\u200E\uFEFF\n\u00AD\n', 0, /nothing but/],
    ['a NUL byte', 'a.txt', `${ONE}\0`, 0, /holds a NUL byte/],
    ['bytes of a program that are Windows-1256 by chance', 'a.txt', Buffer.alloc(400, Uint8Array.of(1, 0xc7, 2, 0xe1)), 0, /is not UTF-8/],
    [
      'a Word document whose XML is a bomb',
      'a.docx',
      zipOf({ '[Content_Types].xml': '<x/>', 'word/document.xml': Buffer.alloc(50_000_000, 0x61) }),
      0,
      /would become 50000000 bytes/,
    ],
    [
      'a wiki whose tables never close',
      'a.xml',
      `<mediawiki><page><title>باغ</title><ns>0</ns><revision><text>${'{|\n|\n'.repeat(2_000)} ${ONE}${'\n|}'.repeat(1_000)}</text></revision></page></mediawiki>`,
      1,
      '',
    ],
  ])('%s', async (_what, name, content, articles, said) => {
    const found = await read(name, content);
    expect(found.articles).toHaveLength(articles);
    if (said === '') expect(found.said).toBe('');
    else expect(found.said).toMatch(said);
    // Each has its line in the report.
    const report = formatReport(found.report, { indexed: null, dryRun: true, failure: null }, true);
    expect(found.report.articles + found.report.skipped.length + found.report.leftOut).toBeGreaterThan(0);
    for (const { reason } of found.report.skipped) expect(report).toContain(reason);
  });

  it('tells nothing of a file that XML asks for', async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>${TITLE}</title><description>&f; ${ONE}</description></item></channel></rss>`;
    expect(JSON.stringify((await read('a.xml', xml)).articles)).not.toContain('root:');
  });
  it('keeps an article about SQL, and one that begins with brackets or braces', async () => {
    for (const text of [
      `${TITLE}\n\nجدول CREATE TABLE سے بنتا ہے؛ ${ONE}`,
      `[${TITLE}]\n\n${ONE}`,
      `{${TITLE}}\n\n${ONE}`,
      `<<${TITLE}>>\n\n${ONE}`,
      `[${TITLE}]\nنام=سلمان\n\n${ONE}`,
      `2022-01-05 08:00:00 INFO server started\n\n${ONE}`,
      `05/01/2022, 08:00 - ${TITLE}\n\n${ONE}`,
    ]) {
      const { articles, report } = await read('a.txt', text);
      expect(articles).toHaveLength(1);
      expect(report.formats).toEqual({ text: 1 });
    }
  });
});

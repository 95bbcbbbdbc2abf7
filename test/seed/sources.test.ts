import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Article, readArticles } from '../../seed/articles.js';
import { newReport, type SeedReport } from '../../seed/report.js';

const TEXT = 'نئے باغ کا افتتاح\n\nشہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔\n';
const other = (n: number): string => TEXT.replace('ہزار', `${n}`);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-seed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

async function read(...paths: string[]): Promise<{ articles: Article[]; report: SeedReport; said: string[] }> {
  const report = newReport();
  const articles: Article[] = [];
  for await (const article of readArticles(paths, { report })) articles.push(article);
  const said = report.skipped.map(({ file, reason, wayOut }) => `${file}: ${reason}. ${wayOut}`.replaceAll(folder, 'F'));
  return { articles, report, said };
}

describe('readArticles', () => {
  it('reads the files of a folder in the order of their names and leaves pictures alone', async () => {
    for (const [i, name] of ['b.txt', 'a/z.txt', 'a/c/y.TXT', '.hidden/x.txt', 'node_modules/w.txt', 'c.md', 'a/photo.jpg'].entries())
      put(name, other(i));
    const { articles, report } = await read(folder);
    expect(articles.map(({ file }) => file)).toEqual(['a/c/y.TXT', 'a/z.txt', 'b.txt', 'c.md']);
    expect(report).toMatchObject({ filesRead: 4, articles: 4, leftAlone: 1, skipped: [] });
  });

  it('reads a file that is named, whatever its name', async () => {
    const path = put('article.bak', TEXT);
    expect((await read(path)).articles).toMatchObject([{ file: 'article.bak', title: 'نئے باغ کا افتتاح', titleDerived: false }]);
  });

  it('gives an article the same id in every run, also when the folder has moved', async () => {
    put('one/a.txt', TEXT);
    put('two/a.txt', TEXT);
    const [first, again, moved] = await Promise.all([read(join(folder, 'one')), read(join(folder, 'one')), read(join(folder, 'two'))]);
    expect(first.articles[0]?.id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(again.articles[0]?.id).toBe(first.articles[0]?.id);
    expect(moved.articles[0]?.id).toBe(first.articles[0]?.id);
  });

  it('loses no article when two folders hold files of the same name', async () => {
    put('one/a.txt', other(1));
    put('two/a.txt', other(2));
    const { articles } = await read(join(folder, 'one'), join(folder, 'two'));
    expect(new Set(articles.map(({ id }) => id)).size).toBe(2);
  });

  it('takes the same article in two files once and names both', async () => {
    put('a.txt', TEXT);
    put('b.txt', `Shares:\n${TEXT.replaceAll('ی', '\u064A')}`);
    const { articles, report } = await read(folder);
    expect(articles).toHaveLength(1);
    expect(report.duplicates).toEqual([{ file: join(folder, 'b.txt'), sameAs: join(folder, 'a.txt') }]);
  });

  it('follows links, but never in a circle, and reads a file that is reached twice once', async () => {
    put('a.txt', TEXT);
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('a.txt', join(folder, 'b.txt'));
    const { articles, report } = await read(folder, folder, join(folder, 'a.txt'));
    expect(articles).toHaveLength(1);
    expect(report).toMatchObject({ filesRead: 1, skipped: [], duplicates: [] });
  });

  it('takes a BOM and Windows line ends for what they are', async () => {
    put('a.txt', `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`);
    expect((await read(folder)).articles[0]).toMatchObject({ title: 'نئے باغ کا افتتاح', body: TEXT.split('\n')[2] });
  });

  it('names each file it cannot take, why, and the way out, and goes on with the rest', async () => {
    put('good.txt', TEXT);
    put('empty.txt', '');
    put('noise.txt', 'Shares:\n\nمزید پڑھیں\n');
    put('nul.txt', 'باغ\0');
    put('broken.txt', Buffer.concat([Buffer.from('باغ\nدرخت '), Buffer.from([0xff]), Buffer.from(' آم اور جامن')]));
    truncateSync(put('huge.txt', 'x'), 100 * 1024 * 1024);
    symlinkSync('nowhere', join(folder, 'gone.txt'));
    symlinkSync('self.txt', join(folder, 'self.txt'));
    mkdirSync(join(folder, 'sub'));
    const { articles, said } = await read(folder, join(folder, 'missing'), join(folder, 'sub'));
    expect(articles).toHaveLength(1);
    expect(said.sort()).toEqual([
      'F/broken.txt: the file is not UTF-8: byte 0xFF at offset 16 (line 2). Save it as UTF-8. When you know its encoding: iconv -f ENCODING -t UTF-8 OLD > NEW; to drop the damaged bytes: iconv -c -f UTF-8 -t UTF-8 OLD > NEW',
      'F/empty.txt: the file is empty. Fetch the article again, or remove the file.',
      'F/gone.txt: a symbolic link to a file that is not there. Remove the link, or bring its target back.',
      'F/huge.txt: the file holds a NUL byte at offset 1 (line 1), so it is no text file. Give the text of the article as a UTF-8 file.',
      'F/missing: no such file or folder. Check the spelling; a relative PATH counts from the folder you are in.',
      'F/noise.txt: nothing but empty lines and noise in this file. See with --dry-run --verbose what was dropped; fetch the article again.',
      'F/nul.txt: the file holds a NUL byte at offset 6 (line 1), so it is no text file. Give the text of the article as a UTF-8 file.',
      'F/self.txt: a symbolic link that leads back to itself (ELOOP). Remove the link, or name its target.',
    ]);
  });

  it('refuses a table of many lines, which would take minutes', async () => {
    put('rows.txt', 'باغ\n'.repeat(60_000));
    expect((await read(folder)).said).toEqual([
      'F/rows.txt: the file has 60001 lines, more than the limit of 50000. An article is never that long: cut it into one file per article, for example with csplit.',
    ]);
  });

  it('says that a folder holds no article', async () => {
    put('sub/a.jpg', TEXT);
    expect((await read(folder)).said).toEqual([
      'F: no file with articles in this folder (1 other file). Give a folder that holds articles, or name the files themselves.',
    ]);
  });

  // Root may read everything.
  (process.getuid?.() === 0 ? it.skip : it)('names a file that may not be read', async () => {
    chmodSync(put('a.txt', TEXT), 0);
    expect((await read(folder)).said).toEqual(["F/a.txt: may not be read (EACCES). Give yourself the right: chmod u+rX 'F/a.txt'"]);
  });

  it('stops between two files when it is asked to', async () => {
    for (const i of [1, 2, 3]) put(`${i}.txt`, other(i));
    const stopping = new AbortController();
    const articles = readArticles([folder], { signal: stopping.signal });
    await articles.next();
    stopping.abort(new Error('enough'));
    await expect(articles.next()).rejects.toThrow('enough');
  });
});

describe('encodings', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'was UTF-16LE, read as such'],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le'), 'was UTF-16LE, read as such'],
    ['UTF-16, the other way round', Buffer.from(TEXT, 'utf16le').swap16(), 'was UTF-16BE, read as such'],
    ['UTF-32 with a mark', utf32(`\uFEFF${TEXT}`), 'was UTF-32LE, read as such'],
    [
      'UTF-8 read as Latin-1',
      Buffer.from(Buffer.from(TEXT).toString('latin1')),
      'was UTF-8 read as Latin-1 or Windows-1256 and saved again ("Ø¨Ø§", "ط¨ط§"): mended',
    ],
    [
      'the same twice',
      Buffer.from(Buffer.from(Buffer.from(TEXT).toString('latin1')).toString('latin1')),
      'was UTF-8 read as Latin-1 or Windows-1256 and saved again ("Ø¨Ø§", "ط¨ط§"): mended',
    ],
  ])('reads %s and says so', async (_what, bytes, note) => {
    const path = put('a.txt', bytes);
    const { articles, report } = await read(path);
    expect(articles).toMatchObject([{ title: 'نئے باغ کا افتتاح', body: TEXT.split('\n')[2] }]);
    expect(report.notes).toEqual([{ file: path, note }]);
  });

  it('tells Windows-1256 in short lines among the times of subtitles', async () => {
    const spoken = 'آپ كہاں جا رہے ہيں';
    const times = `1\n00:00:01,000 --> 00:00:03,000\n${spoken}\n\n2\n00:00:04,000 --> 00:00:06,000\n${spoken}\n`;
    const { articles, report } = await read(put('a.srt', encode(times, 'windows-1256')));
    expect(articles).toMatchObject([{ body: `${spoken} ${spoken}` }]);
    expect(report.notes.map(({ note }) => note)).toEqual(['was Windows-1256, read as such']);
  });

  it('does not read French as Arabic for its accents', async () => {
    const times = '1\n00:00:01,000 --> 00:00:03,000\n\u00C0 l\u00E9cole, d\u00E9j\u00E0 vu, \u00E9t\u00E9\n';
    const { articles, report } = await read(put('a.srt', encode(times, 'windows-1252')));
    expect(articles).toEqual([]);
    expect(report.skipped[0]?.reason).toContain('is not UTF-8');
  });

  it('tells Windows-1256 and ISO-8859-6 apart', async () => {
    // "السلام عليكم يا اهل المدينة" in both.
    const windows = [0xc7, 0xe1, 0xd3, 0xe1, 0xc7, 0xe3, 0x20, 0xda, 0xe1, 0xed, 0xdf, 0xe3, 0x20, 0xed, 0xc7, 0x20, 0xc7, 0xe5, 0xe1];
    const iso = [0xc7, 0xe4, 0xd3, 0xe4, 0xc7, 0xe5, 0x20, 0xd9, 0xe4, 0xea, 0xe3, 0xe5, 0x20, 0xea, 0xc7, 0x20, 0xc7, 0xe7, 0xe4];
    const names = ['a.txt', 'b.txt'];
    for (const [i, bytes] of [windows, iso].entries())
      put(names[i] ?? '', Uint8Array.from([...bytes, 0x0a, 0x0a, ...bytes, 0x20, ...bytes, 0x2e]));
    const { articles, report } = await read(join(folder, 'a.txt'), join(folder, 'b.txt'));
    expect(report.notes.map(({ note }) => note)).toEqual(['was Windows-1256, read as such', 'was ISO-8859-6, read as such']);
    expect(articles[0]?.title).toBe('السلام عليكم يا اهل');
    expect(report.duplicates).toHaveLength(1);
  });
});

/** Bytes of a code page of one byte a letter. Throws for a letter it has not. */
function encode(text: string, encoding: string): Uint8Array {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(Array.from(text), (letter) => {
    const byte = letters.indexOf(letter);
    if (byte === -1) throw new Error(`${encoding} has no ${letter}`);
    return byte;
  });
}

function utf32(text: string): Uint8Array {
  const codes = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  return new Uint8Array(Uint32Array.from(codes).buffer);
}

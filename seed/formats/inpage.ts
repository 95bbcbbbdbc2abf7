import { readTable } from '../data-file.js';
import type { Input } from '../input.js';
import { Unreadable } from '../unreadable.js';
import type { Format, Found } from './format.js';

/**
 * InPage: an OLE2 container whose stream `InPage100` or `InPage200` holds text in InPage's own code (a letter is 0x04 and a byte), or `InPage300` UTF-16LE.
 * The text is in its logical order; frames stand one behind the other. The same code without a container is what is left where text was copied out of InPage.
 */
export const inpage: Format = {
  name: 'InPage',
  recognizes: ({ head, extension }) => (isOle(head) ? extension === 'inp' || holdsInPage(head) : isBareCode(head)),
  read,
};

export const isOle = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, 8)).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));

/** Names of streams stand in UTF-16LE in the directory of the container. */
const holdsInPage = (head: Uint8Array): boolean => Buffer.from(head).includes(Buffer.from('InPage', 'utf16le'));

/** Part of the bytes that are a mark, or a letter behind one, in text of that code. */
const LEAST_CODED = 0.6;

const isBareCode = (head: Uint8Array): boolean => {
  const sample = head.subarray(0, 4_096);
  const letters = sample.filter((byte, i) => byte === MARK && (sample[i + 1] ?? 0) >= 0x81).length;
  return sample.length >= 16 && letters * 2 >= sample.length * LEAST_CODED;
};

/** Bytes. */
const LARGEST = 200 * 1024 * 1024;

async function* read(input: Input): AsyncGenerator<Found, void, undefined> {
  const bytes = await input.bytes(LARGEST);
  if (!isOle(input.head)) {
    yield { kind: 'page', text: fromLegacy(bytes, input) };
    return;
  }
  const { find, read: readContainer } = await import('cfb');
  const stream = (name: string): Uint8Array | undefined => {
    try {
      const content = find(readContainer(bytes, { type: 'buffer' }), name)?.content;
      return content === undefined ? undefined : Uint8Array.from(content);
    } catch (error) {
      throw new Unreadable(`is a damaged InPage document (${(error as Error).message})`, 'Open it in InPage and save it again.');
    }
  };
  const unicode = stream('InPage300');
  const legacy = stream('InPage200') ?? stream('InPage100');
  if (unicode === undefined && legacy === undefined)
    throw new Unreadable(
      'is an OLE2 document without a text of InPage',
      'Open it in the program that made it and save its text as .txt (UTF-8) or .docx.',
    );
  const text = unicode !== undefined ? utf16Runs(unicode) : fromLegacy(legacy ?? new Uint8Array(), input);
  if (!/\p{Script=Arabic}{2}/u.test(text)) yield { kind: 'left', reason: 'without a text' };
  else yield { kind: 'page', text };
}

/** Letters of Urdu in a row from which bytes are text and not the description of a page. */
const SHORTEST_RUN = 4;
const RUN = /[\t\n\r \u00A0-\u00BF!-~\u060C-\u06FF\u0750-\u077F\u200C-\u200F\u2018-\u201D\u2026\uFB50-\uFDFF\uFE70-\uFEFC]+/gu;

function utf16Runs(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-16le').decode(bytes);
  const runs = (text.match(RUN) ?? []).filter((run) => (run.match(/\p{Script=Arabic}/gu)?.length ?? 0) >= SHORTEST_RUN);
  return runs.map((run) => run.replaceAll('\r', '\n').trim()).join('\n');
}

const MARK = 0x04;
/** Part of the letters that may be unknown before the text is not worth having. */
const MOST_UNKNOWN = 0.02;

function fromLegacy(bytes: Uint8Array, input: Input): string {
  const table = new Map(
    readTable('inpage.tsv', 3).map(({ cells: [code = '', point = ''] }) => [code, String.fromCodePoint(Number.parseInt(point, 16))]),
  );
  const { text, letters, unknown } = decodeLegacy(bytes, table);
  const count = [...unknown.values()].reduce((sum, n) => sum + n, 0);
  const listed = [...unknown].map(([code, n]) => `0x${code} ${n} times`).join(', ');
  if (count > letters * MOST_UNKNOWN)
    throw new Unreadable(
      `is an InPage document with codes that are not known (${listed})`,
      'Save it from InPage as Unicode text, and tell us what these codes are.',
    );
  if (count > 0) input.note(`codes of InPage that are not known were left out: ${listed}`);
  return text;
}

export function decodeLegacy(
  bytes: Uint8Array,
  table: ReadonlyMap<string, string>,
): { text: string; letters: number; unknown: ReadonlyMap<string, number> } {
  const lines: string[] = [];
  const unknown = new Map<string, number>();
  let letters = 0;
  let line = '';
  let gap = false;
  const hex = (byte: number | undefined): string => (byte ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const end = (): void => {
    if (/\p{L}/u.test(line)) lines.push(line.trim());
    line = '';
    gap = false;
  };
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === MARK && i + 1 < bytes.length) {
      const code = hex(bytes[i + 1]);
      const both = bytes[i + 2] === MARK ? table.get(`${code}+${hex(bytes[i + 3])}`) : undefined;
      const letter = both ?? table.get(code);
      if (letter === undefined) unknown.set(code, (unknown.get(code) ?? 0) + 1);
      else {
        // Between runs of letters stand bytes of layout: a word has ended.
        if (gap && line !== '' && !line.endsWith(' ')) line += ' ';
        line += letter;
        letters += 1;
      }
      gap = false;
      i += both === undefined ? 1 : 3;
    } else if (byte === 0x0d || byte === 0x0a || byte === 0x0c) end();
    else if (byte === 0x20) line += ' ';
    else gap = true;
  }
  end();
  return { text: lines.map(shaped).join('\n'), letters, unknown };
}

const YEH_BARREE = '\u06D2';
const YEH = '\u06CC';
const HAMZA = '\u0621';
const YEH_HAMZA = '\u0626';

/** One code stands for both yehs, and one for the hamza by itself and on its tooth: the place in the word tells. */
const shaped = (line: string): string =>
  line.replace(new RegExp(`${YEH_BARREE}(?=\\p{L})`, 'gu'), YEH).replace(new RegExp(`(?<=\\p{L})${HAMZA}(?=\\p{L})`, 'gu'), YEH_HAMZA);

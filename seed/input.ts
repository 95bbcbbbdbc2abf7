import { decodeStream, type Encoding, encodingOf, nameOf, noText, SAMPLE } from './encoding.js';
import type { FieldMap } from './fields.js';
import { isMojibake, mendStream } from './mojibake.js';
import { Unreadable } from './unreadable.js';

export interface InputOptions {
  /** `--map title=headline`. */
  readonly map?: FieldMap;
  /** `--comments`. */
  readonly comments?: boolean;
  /** `--types`: the types of posts of WordPress that are articles; undefined: posts and pages. */
  readonly types?: readonly string[];
  /** Something that people should know of this source: it was converted, these fields are taken for those. */
  readonly onNote?: (note: string) => void;
}

/**
 * One source, read once: its beginning to tell what it is, then its bytes or its text.
 * The text is decoded by its mark or by what it reads like; what was converted is noted.
 */
export class Input {
  private constructor(
    /** Below the PATH that was given, or the address. */
    readonly name: string,
    /** Up to 64 KiB. */
    readonly head: Uint8Array,
    private readonly rest: AsyncIterator<Uint8Array>,
    readonly options: InputOptions,
    /** The beginning as text; null: it is none. */
    readonly headText: string | null,
    private readonly encoding: Encoding | null,
  ) {}

  static async open(name: string, chunks: AsyncIterable<Uint8Array>, options: InputOptions = {}): Promise<Input> {
    const rest = chunks[Symbol.asyncIterator]();
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < SAMPLE) {
      const next = await rest.next();
      if (next.done === true) break;
      parts.push(next.value);
      length += next.value.length;
    }
    const head = Buffer.concat(parts);
    const sample = head.subarray(0, SAMPLE);
    const told = encodingOf(sample);
    const encoding = isSure(told, sample) ? told : (declaredIn(head) ?? told);
    return new Input(name, head, rest, options, encoding === null ? null : await textOf(head, encoding), encoding);
  }

  /** Lower case, without the dot; '' where there is none. */
  get extension(): string {
    return /\.([^./\\]+)$/.exec(this.name)?.[1]?.toLowerCase() ?? '';
  }

  /** The name without folders and extension, and without the number that files are put in order by. */
  get stem(): string {
    const base = this.name.split(/[/\\]/).at(-1) ?? this.name;
    const bare = base.replace(/(\.[^./\\]{1,8})+$/, '');
    return (
      bare
        .replace(/^\d{1,4}[-_. ]+(?=\S)/, '')
        .replace(/[_-]+/g, ' ')
        .trim() || bare
    );
  }

  note(text: string): void {
    this.options.onNote?.(text);
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.head.length > 0) yield this.head;
    for (let next = await this.rest.next(); next.done !== true; next = await this.rest.next()) yield next.value;
  }

  /** All bytes, for formats that must see the end first. */
  async bytes(limit: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.chunks()) {
      length += chunk.length;
      if (length > limit) throw tooLarge(limit);
      parts.push(chunk);
    }
    return Buffer.concat(parts);
  }

  /** The text in pieces. Throws where it is none. */
  async *text(): AsyncGenerator<string, void, undefined> {
    if (this.encoding === null) throw noText(this.head);
    if (this.encoding !== 'utf-8') this.note(`was ${nameOf(this.encoding)}, read as such`);
    refuseLost(this.headText ?? '');
    const pieces = decodeStream(this.chunks(), this.encoding);
    if (this.headText !== null && isMojibake(this.headText)) {
      this.note('was UTF-8 read as Latin-1 or Windows-1256 and saved again ("Ø¨Ø§", "ط¨ط§"): mended');
      yield* mendStream(pieces);
    } else yield* withoutMark(pieces);
  }

  async wholeText(limit: number): Promise<string> {
    let text = '';
    for await (const piece of this.text()) {
      text += piece;
      if (text.length > limit) throw tooLarge(limit);
    }
    return text;
  }

  async close(): Promise<void> {
    await this.rest.return?.();
  }
}

/** Part of the letters from which on a text is not worth reading. */
const MOST_LOST = 0.02;

/** Each U+FFFD stands for a letter that a program could not read and that is lost; a few are a slip. */
function refuseLost(text: string): void {
  const lost = text.match(/\uFFFD/g)?.length ?? 0;
  if (lost <= 1 || lost < text.length * MOST_LOST) return;
  throw new Unreadable(
    `has lost letters: ${lost} of its first ${text.length} are signs for what could not be read (U+FFFD)`,
    'Fetch it again, and save it as UTF-8.',
  );
}

/** Without the marks of the encoding that stand at beginnings of lines where files were put together. */
async function* withoutMark(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let isLineStart = true;
  for await (const piece of pieces) {
    if (piece === '') continue;
    const begun = isLineStart ? piece.replace(/^\uFEFF/, '') : piece;
    yield begun.includes('\uFEFF') ? begun.replace(/(?<=\n)\uFEFF/g, '') : begun;
    isLineStart = piece.endsWith('\n');
  }
}

/** Letters beyond ASCII that are UTF-8, or come with a mark or in pairs of bytes, are so by no chance, whatever the page says of itself. */
const isSure = (encoding: Encoding | null, sample: Uint8Array): boolean =>
  encoding?.startsWith('utf') === true && (encoding !== 'utf-8' || sample.some((byte) => byte >= 0x80));

/** What pages and XML say of themselves, where it is not UTF-8: half of those that say UTF-8 are something else. */
function declaredIn(head: Uint8Array): Encoding | null {
  const start = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  const name = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(start)?.[1] ?? /<meta[^>]+charset=["']?([\w-]+)/i.exec(start)?.[1];
  switch (name?.toLowerCase()) {
    case 'windows-1256':
    case 'cp1256':
      return 'windows-1256';
    case 'iso-8859-6':
      return 'iso-8859-6';
    default:
      return null;
  }
}

async function textOf(head: Uint8Array, encoding: Encoding): Promise<string | null> {
  // A sample may end inside a letter; what is damaged is told when the text itself is read.
  if (encoding === 'utf-8' || encoding.startsWith('utf-16') || !encoding.startsWith('utf')) return new TextDecoder(encoding).decode(head);
  let text = '';
  for await (const piece of decodeStream(once(head.subarray(0, head.length - (head.length % 4))), encoding)) text += piece;
  return text;
}

async function* once(chunk: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(chunk);
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const tooLarge = (limit: number, size?: number): Unreadable =>
  new Unreadable(
    `${size === undefined ? 'is' : `has ${megabytes(size)},`} more than the limit of ${megabytes(limit)}`,
    'An article is never that long: cut it into one file per article, for example with csplit, or give it as NDJSON, CSV or XML, which are read piece by piece.',
  );

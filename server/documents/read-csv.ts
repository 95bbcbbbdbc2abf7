import { Readable } from 'node:stream';
import { CsvError, parse as csvParser } from 'csv-parse';
import { malformed } from './malformed.js';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** The rows of a CSV body as JSON texts, as Meilisearch reads them: the header names the fields, `name:number` and `name:boolean` give types, an empty cell is null. */
export async function* readCsv(body: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<string> {
  const source = Readable.from(inUtf8(body));
  let header: Column[] | undefined;
  let line = 0;
  try {
    // Throws by itself for a delimiter that it cannot tell from a quote or from the end of a line.
    const rows = source.pipe(csvParser({ delimiter, columns: false, relax_quotes: true, bom: true, max_record_size: 0 }));
    // `pipe` hands no errors on, and without that the reader would wait for ever.
    source.on('error', (error) => rows.destroy(error));
    for await (const row of rows as AsyncIterable<string[]>) {
      if (header === undefined) {
        header = row.map(readHeader);
        continue;
      }
      line += 1;
      const document: Record<string, unknown> = {};
      header.forEach(({ name, type }, i) => {
        document[name] = readCell(row[i] ?? '', type, line);
      });
      yield JSON.stringify(document);
    }
  } catch (error) {
    throw error instanceof CsvError ? malformed('csv', `CSV error: ${error.message}`) : error;
  }
}

/** The same bytes, or an error where they are no UTF-8, also where a letter begins in one piece and ends in the next. */
async function* inUtf8(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (decode: () => string): void => {
    try {
      decode();
    } catch {
      throw malformed('csv', 'CSV parse error: invalid utf-8');
    }
  };
  for await (const chunk of body) {
    check(() => decoder.decode(chunk, { stream: true }));
    yield chunk;
  }
  check(() => decoder.decode());
}

function readHeader(cell: string): Column {
  const [, name = cell, type = 'string'] = /^(.*):(string|number|boolean)$/s.exec(cell) ?? [];
  return { name, type };
}

function readCell(cell: string, type: string, line: number): unknown {
  const text = cell.trim();
  if (text === '') return null;
  if (type === 'number') {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text))
      throw malformed('csv', `Error parsing number "${cell}" at line ${line}: invalid float literal`);
    return Number(text);
  }
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false')
      throw malformed('csv', `Error parsing boolean "${cell}" at line ${line}: provided string was not \`true\` or \`false\``);
    return text === 'true';
  }
  return cell;
}

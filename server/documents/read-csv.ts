import { Readable } from 'node:stream';
import { CsvError, parse as csvParser } from 'csv-parse';
import { malformed } from './malformed.js';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** The rows of a CSV body as JSON texts, as Meilisearch reads them: the header names the fields, `name:number` and `name:boolean` give types, an empty cell is null. */
export async function* readCsv(body: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<string> {
  const source = Readable.from(body);
  const rows = source.pipe(csvParser({ delimiter, columns: false, relax_quotes: true, bom: true, max_record_size: 0 }));
  // `pipe` hands no errors on, and without that the reader would wait for ever.
  source.on('error', (error) => rows.destroy(error));
  let header: Column[] | undefined;
  let line = 0;
  try {
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

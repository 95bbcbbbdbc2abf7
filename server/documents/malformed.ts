import { BadRequest } from '../errors.js';
import type { DocumentFormat } from './format.js';

/** A body that is not what its content type says, in Meilisearch's words (which put a colon for CSV and a full stop for JSON). */
export const malformed = (format: DocumentFormat, why: string): BadRequest =>
  new BadRequest(
    format === 'csv'
      ? `The \`csv\` payload provided is malformed: \`${why}\`.`
      : `The \`${format}\` payload provided is malformed. \`${why}\`.`,
    'malformed_payload',
  );

/** NDJSON that is cut off: what came before was taken. */
export class CutOffPayload extends BadRequest {
  /**
   * @param line on which the document that is cut off begins
   * @param before how many documents stand before it
   */
  constructor(line: number, before: number, taskUid: number) {
    const taken = before === 1 ? 'The document before it was taken' : `The ${before} documents before it were taken`;
    super(
      `The \`ndjson\` payload provided is malformed: it is cut off in line ${line}. ${taken} as task ${taskUid}; send the rest again, from line ${line} on.`,
      'malformed_payload',
    );
  }
}

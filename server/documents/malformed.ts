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

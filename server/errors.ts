/**
 * Errors as Meilisearch writes them: `{message, code, type, link}`.
 * The message names the offending value and the way out; tests hold it word for word.
 */
export type ErrorType = 'invalid_request' | 'internal' | 'auth' | 'system';

export interface ErrorBody {
  readonly message: string;
  readonly code: string;
  readonly type: ErrorType;
  readonly link: string;
}

/** Base of every error that Justuju itself answers with. `status` is the HTTP status. */
export class JustujuError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly type: ErrorType,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }

  toBody(): ErrorBody {
    return { message: this.message, code: this.code, type: this.type, link: `https://docs.meilisearch.com/errors#${this.code}` };
  }
}

/** The request cannot be served as it stands; the caller can mend it. */
export class BadRequest extends JustujuError {
  constructor(message: string, code = 'bad_request', status = 400) {
    super(status, code, 'invalid_request', message);
  }
}

/** A body larger than the operator allows. In Meilisearch's words. */
export class PayloadTooLarge extends BadRequest {
  constructor(limit: number) {
    super(
      `The provided payload reached the size limit. The maximum accepted payload size is ${readable(limit)}.`,
      'payload_too_large',
      413,
    );
  }
}

/** 100 MB, 1.5 GB: decimal units, as Meilisearch writes them. */
function readable(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1_000 ** power).toFixed(2))} ${units[power]}`;
}

/** Justuju cannot start, or cannot go on, for a reason that the operator can mend. Printed without a stack. */
export class OperatorError extends JustujuError {
  constructor(message: string, options?: ErrorOptions) {
    super(500, 'operator_action_needed', 'system', message, options);
  }
}

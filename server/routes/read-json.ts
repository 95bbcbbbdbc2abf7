import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { BadRequest } from '../errors.js';
import { asUndecodable } from './body.js';

/** The largest JSON body that is read here, in bytes, whatever the operator allows. */
const JSON_LIMIT_BYTES = 20 * 1024 * 1024;

/** Content types are refused in Meilisearch's words, since clients know those. */
export const checkJsonType: RequestHandler = (request, _response, next) => {
  const type = request.headers['content-type'];
  if (type === undefined) {
    next(
      new BadRequest(
        'A Content-Type header is missing. Accepted values for the Content-Type header are: `application/json`',
        'missing_content_type',
        415,
      ),
    );
  } else if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    next(
      new BadRequest(
        `The Content-Type \`${type}\` is invalid. Accepted values for the Content-Type header are: \`application/json\``,
        'invalid_content_type',
        415,
      ),
    );
  } else next();
};

/** Reads a JSON body. @param payloadLimit of the operator, in bytes */
export const readJson = (payloadLimit: number): readonly RequestHandler[] => [
  checkJsonType,
  express.json({ limit: Math.min(payloadLimit, JSON_LIMIT_BYTES), strict: false, type: () => true }),
];

interface BodyError {
  readonly type?: string;
  readonly message?: string;
  readonly limit?: number;
}

/** Turns the errors of the body reader into Meilisearch's. */
export const bodyErrors: ErrorRequestHandler = (error: BodyError, _request, _response, next) => {
  switch (error.type) {
    case 'entity.parse.failed':
      next(new BadRequest(`The json payload provided is malformed. \`${error.message ?? 'not JSON'}\`.`, 'malformed_payload'));
      return;
    case 'entity.too.large':
      next(
        new BadRequest(
          `The provided payload reached the size limit. The maximum accepted payload size is ${error.limit ?? JSON_LIMIT_BYTES} bytes.`,
          'payload_too_large',
          413,
        ),
      );
      return;
    case 'encoding.unsupported':
    case 'charset.unsupported':
      next(new BadRequest(`The body cannot be decoded: ${error.message ?? ''}. Send UTF-8.`, 'bad_request', 415));
      return;
    case 'request.aborted':
      return;
    case 'request.size.invalid':
      next(new BadRequest('The body is shorter or longer than its Content-Length says.'));
      return;
    default:
      next(asUndecodable(error));
  }
};

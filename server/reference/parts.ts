/** Pieces of which the descriptions of routes are made. */
import type { Answer, Content, Example, Parameter } from './openapi.js';

export const ref = (name: string): { readonly $ref: string } => ({ $ref: `#/components/schemas/${name}` });

export const only = (value: unknown): Readonly<Record<string, Example>> => ({ example: { value } });

export function json(schema: string, examples: Readonly<Record<string, Example>>): Content {
  return { 'application/json': { schema: ref(schema), examples } };
}

export const answer = (description: string, schema: string, value: unknown): Answer => ({
  description,
  content: json(schema, only(value)),
});

/** Errors that any route may give come last, without an example of their own. */
export const refused: Answer = { description: 'Refused.', content: { 'application/json': { schema: ref('Error') } } };
export const error = (description: string, message: string, code: string): Answer =>
  answer(description, 'Error', { message, code, type: 'invalid_request', link: `https://docs.meilisearch.com/errors#${code}` });

export const enqueued = (type: string): Answer =>
  answer('Taken; it is done in turn.', 'Enqueued', {
    taskUid: 1,
    indexUid: 'books',
    status: 'enqueued',
    type,
    enqueuedAt: '2025-01-01T12:00:00.000000000Z',
  });

export const uid: Parameter = {
  name: 'uid',
  in: 'path',
  required: true,
  description: 'The name of the index.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,400}$' },
  example: 'books',
};

export const query = (name: string, description: string, schema: Parameter['schema'], example?: string | number): Parameter => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

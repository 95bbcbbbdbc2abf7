import { z } from 'zod';
import { VERSION } from '../version.js';
import type { JsonSchema, OpenApi } from './openapi.js';
import { OPERATIONS, TAGS } from './operations.js';
import { schemas } from './schemas.js';

const PROSE = `Justuju is Meilisearch’s API with Urdu put in: any client of Meilisearch works with Justuju’s address. Here stands what Justuju adds and what it changes.

Everything else is Meilisearch’s own API and goes through untouched: indexes, tasks, batches, keys, tenant tokens, dumps, snapshots, experimental features, chats, webhooks. Lists and counts do not show what Justuju keeps for itself. See Meilisearch’s reference for those routes, and for all parameters that are not named here.

Keys and tenant tokens are Meilisearch’s own: the \`Authorization\` header goes through untouched, and its rules hold. Errors have Meilisearch’s shape and codes.`;

/** The description of the API, as `GET /openapi.json` gives it. */
export const description: OpenApi = {
  openapi: '3.1.0',
  info: { title: 'Justuju', version: VERSION, description: PROSE, license: { name: 'MIT', identifier: 'MIT' } },
  externalDocs: { description: 'Meilisearch’s reference', url: 'https://www.meilisearch.com/docs/reference/api/overview' },
  servers: [{ url: '.' }],
  tags: TAGS,
  security: [{ key: [] }],
  paths: paths(),
  components: {
    securitySchemes: {
      key: {
        type: 'http',
        scheme: 'bearer',
        description: 'A key of Meilisearch’s, or a tenant token. Not needed where Justuju was started without keys.',
      },
    },
    schemas: componentSchemas(),
  },
};

function paths(): OpenApi['paths'] {
  const all: Record<string, OpenApi['paths'][string]> = {};
  for (const { method, path, ...operation } of OPERATIONS) all[path] = { ...all[path], [method]: operation };
  return all;
}

function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  // As of input, objects are open: who reads answers must expect more fields in versions to come.
  const { schemas: made } = z.toJSONSchema(schemas, { uri: (id) => `#/components/schemas/${id}`, io: 'input' });
  return Object.fromEntries(Object.entries(made).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema as JsonSchema]));
}

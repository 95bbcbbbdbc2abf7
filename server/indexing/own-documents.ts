import { type Access, storedDocuments } from '../meilisearch/stored-documents.js';
import { ownFields } from '../shadow/shadow.js';

/** The documents of an index without any shadows, of whatever version. */
export async function* ownDocuments(access: Access, uid: string): AsyncGenerator<Record<string, unknown>> {
  for await (const document of storedDocuments(access, uid)) yield ownPart(document);
}

/** A document as it is sent again to another index. */
export function ownPart(stored: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const own = ownFields(stored);
  // Vectors that Meilisearch made itself it makes again; those that came from outside must be kept.
  if (Object.keys(own['_vectors'] ?? {}).length === 0) delete own['_vectors'];
  return own;
}

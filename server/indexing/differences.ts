import { stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { type Access, storedDocuments } from '../meilisearch/stored-documents.js';
import { ownFields } from '../shadow/shadow.js';
import { CompactMap } from './compact-map.js';

export interface Listed {
  count: number;
  /** The first of them. */
  readonly ids: string[];
}

export interface Differences {
  same: number;
  readonly missing: Listed;
  readonly changed: Listed;
  readonly extra: Listed;
}

/** Compares what an index holds with documents, field by field; fields that others added to a document are no difference. Nothing is written. */
export async function differences(
  address: EngineAddress,
  uid: string,
  documents: AsyncIterable<Record<string, unknown>>,
  { listed, primaryKey = 'id' }: { readonly listed: number; readonly primaryKey?: string },
): Promise<Differences> {
  const found: Differences = { same: 0, missing: { count: 0, ids: [] }, changed: { count: 0, ids: [] }, extra: { count: 0, ids: [] } };
  const note = (list: Listed, id: string): void => {
    list.count += 1;
    if (list.ids.length < listed) list.ids.push(id);
  };
  const wanted = new CompactMap();
  const fields = new Map<string, readonly string[]>();
  const ids: string[] = [];
  for await (const document of documents) {
    const id = String(document[primaryKey]);
    wanted.set(id, stringifyExactly(document));
    fields.set(id, Object.keys(document));
    ids.push(id);
  }
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  try {
    for await (const stored of storedDocuments(access, uid)) {
      const own = ownFields(stored);
      const id = String(own[primaryKey]);
      const ours = Object.fromEntries((fields.get(id) ?? []).map((field) => [field, own[field]]));
      const same = wanted.take(id, stringifyExactly(ours));
      if (same === undefined) note(found.extra, id);
      else if (same) found.same += 1;
      else note(found.changed, id);
    }
  } finally {
    await http.close();
  }
  for (const id of ids) if (!wanted.wasTaken(id)) note(found.missing, id);
  return found;
}

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
  /** What people know these by, in the same order. */
  readonly names: string[];
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
  { listed, primaryKey = 'id', nameField }: { readonly listed: number; readonly primaryKey?: string; readonly nameField: string },
): Promise<Differences> {
  const found: Differences = { same: 0, missing: none(), changed: none(), extra: none() };
  const note = (list: Listed, id: string, name: string): void => {
    list.count += 1;
    if (list.ids.length >= listed) return;
    list.ids.push(id);
    list.names.push(name);
  };
  const nameOf = (document: Record<string, unknown>): string => {
    const name = document[nameField];
    return typeof name === 'string' ? name : '';
  };
  const wanted = new CompactMap();
  const fields = new Map<string, readonly string[]>();
  const ids: { readonly id: string; readonly name: string }[] = [];
  for await (const document of documents) {
    const id = String(document[primaryKey]);
    wanted.set(id, stringifyExactly(document));
    fields.set(id, Object.keys(document));
    ids.push({ id, name: nameOf(document) });
  }
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  try {
    for await (const stored of storedDocuments(access, uid)) {
      const own = ownFields(stored);
      const id = String(own[primaryKey]);
      const ours = Object.fromEntries((fields.get(id) ?? []).map((field) => [field, own[field]]));
      const same = wanted.take(id, stringifyExactly(ours));
      if (same === undefined) note(found.extra, id, nameOf(own));
      else if (same) found.same += 1;
      else note(found.changed, id, nameOf(own));
    }
  } finally {
    await http.close();
  }
  for (const { id, name } of ids) if (!wanted.wasTaken(id)) note(found.missing, id, name);
  return found;
}

const none = (): Listed => ({ count: 0, ids: [], names: [] });

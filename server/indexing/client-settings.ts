import { OperatorError } from '../errors.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { isEmbedders } from '../settings/embedders.js';
import { readNote } from '../settings/note.js';
import { PINS_SETTING } from '../settings/pins.js';
import { type Settings, toClient } from '../settings/terms.js';
import { versionOf } from '../shadow/shadow.js';
import { type EmbedderKeys, withKeys } from './embedder-keys.js';

/** What the client had set on an index: without the defaults, which a new index has anyway. Keys of embedders are put in place of what Meilisearch shows of them. */
export async function clientSettingsOf(address: EngineAddress, uid: string, keys: EmbedderKeys = new Map()): Promise<Settings> {
  const http = new EngineHttp(address.url);
  try {
    const answer = await http.request({
      method: 'GET',
      path: `/indexes/${encodeURIComponent(uid)}/settings`,
      authorization: adminAuthorization(address),
    });
    if (answer.status !== 200)
      throw new OperatorError(`Meilisearch at ${address.url} does not tell the settings of \`${uid}\`: ${answer.text}`);
    const settings = clientSettings(answer.json() as Settings);
    if (isEmbedders(settings['embedders'])) settings['embedders'] = withKeys(settings['embedders'], keys, uid);
    return settings;
  } finally {
    await http.close();
  }
}

/** Pins among them, under their own name: who builds an index anew sets all of this again. */
export function clientSettings(settings: Settings): Settings {
  const analyzed = versionOf((settings['searchableAttributes'] ?? []) as string[]) !== undefined;
  const { pins } = readNote(settings['synonyms']);
  const own = Object.entries(analyzed ? toClient(settings) : settings).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(own), ...(pins !== undefined && { [PINS_SETTING]: pins }) };
}

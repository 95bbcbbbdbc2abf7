/**
 * The keys of embedders, when the settings of an index are copied. Meilisearch shows of a key its first characters at most, and takes what it shows for a key:
 * the copy would hold a wrong one, and that would be found out when the first document is embedded.
 */
import { OperatorError } from '../errors.js';
import { isObject } from '../json/is-object.js';
import type { Embedder, Embedders } from '../settings/embedders.js';
import { reindexCommand } from './command.js';

/** Keys by the names of their embedders. */
export type EmbedderKeys = ReadonlyMap<string, string>;

export const KEYS_OPTION = 'embedder-key';
/** For keys that shall not stand in a list of processes or in a terminal: several are separated by blanks. */
export const KEYS_VARIABLE = 'JUSTUJU_EMBEDDER_KEYS';

/** What Meilisearch 1.21 puts in place of the rest of a key. */
const REST_OF_KEY = /XXX\.\.\.$/;

/** Embedders inside a composite one. Meilisearch 1.21 shows their keys whole; should another hide them, they are given as `NAME.searchEmbedder`. */
const INNER: readonly string[] = ['searchEmbedder', 'indexingEmbedder'];

/** @param pairs `NAME=KEY`; of two for the same name the last holds */
export function readEmbedderKeys(pairs: readonly string[]): EmbedderKeys {
  return new Map(
    pairs.map((pair) => {
      const [, name, key] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
      // What was given is not repeated: it may be a key.
      if (name === undefined || key === undefined)
        throw new OperatorError(
          `The key of an embedder is given as NAME=KEY, for example --${KEYS_OPTION} default=sk-..., or ${KEYS_VARIABLE}="default=sk-...".`,
        );
      return [name, key];
    }),
  );
}

/** The keys that stand in the environment. */
export const embedderKeysIn = (env: NodeJS.ProcessEnv): EmbedderKeys => readEmbedderKeys(pairsIn(env));

export const pairsIn = (env: NodeJS.ProcessEnv): readonly string[] => (env[KEYS_VARIABLE] ?? '').split(/\s+/).filter((pair) => pair !== '');

/** The embedders of an index as they were read, their keys made whole. Throws where one is not given. */
export function withKeys(embedders: Embedders, keys: EmbedderKeys, uid: string): Embedders {
  const missing: string[] = [];
  const whole = (embedder: Embedder, name: string): Embedder =>
    Object.fromEntries(
      Object.entries(embedder).map(([field, value]) => {
        if (INNER.includes(field) && isObject(value)) return [field, whole(value, `${name}.${field}`)];
        if (field !== 'apiKey' || !REST_OF_KEY.test(String(value))) return [field, value];
        if (!keys.has(name)) missing.push(name);
        return [field, keys.get(name)];
      }),
    );
  const all = Object.entries(embedders).map(([name, embedder]) => [name, embedder === null ? null : whole(embedder, name)] as const);
  if (missing.length > 0) throw new MissingKeys(uid, missing);
  return Object.fromEntries(all);
}

class MissingKeys extends OperatorError {
  constructor(uid: string, names: readonly string[]) {
    const [keys, them] = names.length === 1 ? ['key of the embedder', 'it'] : ['keys of the embedders', 'them'];
    const pairs = names.map((name) => `${name}=KEY`);
    super(
      `Meilisearch shows the ${keys} ${names.map((name) => `\`${name}\``).join(', ')} of \`${uid}\` only in part, so Justuju cannot copy ${them}. The index stays as it was. ` +
        `Give ${them}: ${reindexCommand(uid)} ${pairs.map((pair) => `--${KEYS_OPTION} ${pair}`).join(' ')}, or in the environment: ${KEYS_VARIABLE}="${pairs.join(' ')}".`,
    );
  }
}

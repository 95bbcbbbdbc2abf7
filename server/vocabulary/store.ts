import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { adminAuthorization, type EngineAddress } from '../engine/client.js';
import type { EngineAnswer, EngineHttp } from '../engine/http.js';
import { patiently } from '../engine/patiently.js';
import { Vocabulary } from './vocabulary.js';

/** Where vocabularies lie: an index of Justuju's own in Meilisearch, so that every Justuju process finds them. */
export const STORE_INDEX = '_justuju_vocabulary';

/** One vocabulary as stored. `stamp` changes with each save. */
interface StoredVocabulary {
  readonly id: string;
  readonly stamp: string;
  readonly documents: number;
  /** Lines `word<TAB>documents with the term<TAB>documents with the root<TAB>root<TAB>spelling`, gzipped, in base64. */
  readonly words: string;
}

/** Reads and writes vocabularies in Meilisearch. */
export class VocabularyStore {
  constructor(
    private readonly http: EngineHttp,
    private readonly address: EngineAddress,
  ) {}

  /** The stamp of the stored vocabulary of an index, or undefined where there is none. */
  async stampOf(uid: string): Promise<string | undefined> {
    const answer = await this.read(uid, '?fields=stamp');
    return answer.status === 200 ? (answer.json() as { stamp?: string }).stamp : undefined;
  }

  /** The stored vocabulary of an index, or undefined where there is none. */
  async load(uid: string): Promise<{ readonly vocabulary: Vocabulary; readonly stamp: string } | undefined> {
    const answer = await this.read(uid);
    if (answer.status !== 200) return undefined;
    const { stamp, documents, words } = answer.json() as StoredVocabulary;
    const lines = (await promisify(gunzip)(Buffer.from(words, 'base64'))).toString('utf8').split('\n');
    const vocabulary = new Vocabulary();
    for (const line of lines) {
      const [word, termDocs, rootDocs, root, spelling] = line.split('\t');
      if (word !== undefined && word !== '') vocabulary.restore(word, Number(termDocs), Number(rootDocs), root ?? '', spelling ?? word);
    }
    vocabulary.documents = documents;
    return { vocabulary, stamp };
  }

  /** @returns the stamp of what was stored, or the reason why it could not be */
  async save(uid: string, vocabulary: Vocabulary): Promise<{ readonly stamp: string } | { readonly refused: string }> {
    const lines: string[] = [];
    for (const entry of vocabulary.entries()) lines.push(entry.join('\t'));
    const words = (await promisify(gzip)(lines.join('\n'))).toString('base64');
    const stamp = `${Date.now()}-${vocabulary.generation}`;
    // Nothing of it is to be searched: without this Meilisearch would index the packed words.
    await this.http.send('PATCH', `/indexes/${STORE_INDEX}/settings`, this.authorization, { searchableAttributes: ['id'] });
    const stored: StoredVocabulary = { id: uid, stamp, documents: vocabulary.documents, words };
    const answer = await this.http.send('POST', `/indexes/${STORE_INDEX}/documents?primaryKey=id`, this.authorization, [stored]);
    return answer.status === 202 ? { stamp } : { refused: answer.text };
  }

  async remove(uid: string): Promise<void> {
    await this.http.request({
      method: 'DELETE',
      path: `/indexes/${STORE_INDEX}/documents/${encodeURIComponent(uid)}`,
      authorization: this.authorization,
    });
  }

  private read(uid: string, fields = ''): Promise<EngineAnswer> {
    const path = `/indexes/${STORE_INDEX}/documents/${encodeURIComponent(uid)}${fields}`;
    return patiently(() => this.http.request({ method: 'GET', path, authorization: this.authorization }));
  }

  private get authorization(): string | undefined {
    return adminAuthorization(this.address);
  }
}

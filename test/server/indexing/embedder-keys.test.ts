import { readEmbedderKeys, withKeys } from '../../../server/indexing/embedder-keys.js';

// What Meilisearch 1.21 shows of keys of 40, 25, 15 and 5 characters.
it.each(['01234XXXXXX...', '012XXXXX...', '01XXXX...', 'XXX...'])('a key shown as %s is made whole', (apiKey) => {
  const inner = { source: 'composite', searchEmbedder: { source: 'rest', apiKey }, indexingEmbedder: { source: 'huggingFace' } };
  const embedders = { a: { source: 'openAi', apiKey, dimensions: 3 }, b: inner, c: { source: 'rest', headers: { apiKey } }, d: null };
  const keys = readEmbedderKeys(['a=old', 'a=k=1', 'b.searchEmbedder=k2', 'unknown=k3']);
  expect(withKeys(embedders, keys, 'books')).toEqual({
    ...embedders,
    a: { source: 'openAi', apiKey: 'k=1', dimensions: 3 },
    b: { ...inner, searchEmbedder: { source: 'rest', apiKey: 'k2' } },
  });
});

it('a key that is shown whole stays', () => {
  const embedders = { a: { source: 'rest', apiKey: 'whole' }, b: { source: 'rest' } };
  expect(withKeys(embedders, readEmbedderKeys(['a=other']), 'books')).toEqual(embedders);
});

it('a key that is not given is asked for', () => {
  const embedders = { a: { source: 'composite', searchEmbedder: { source: 'rest', apiKey: 'XXX...' } } };
  expect(() => withKeys(embedders, readEmbedderKeys(['a=k']), 'books')).toThrow(
    'Meilisearch shows the key of the embedder `a.searchEmbedder` of `books` only in part, so Justuju cannot copy it. The index stays as it was. ' +
      'Give it: npm run reindex -- books --embedder-key a.searchEmbedder=KEY, or in the environment: JUSTUJU_EMBEDDER_KEYS="a.searchEmbedder=KEY".',
  );
});

it.each(['sk-secret', '=sk-secret', 'a='])('%s names no embedder or no key, and is not repeated', (pair) => {
  expect(() => readEmbedderKeys([pair])).toThrow(
    'The key of an embedder is given as NAME=KEY, for example --embedder-key default=sk-..., or JUSTUJU_EMBEDDER_KEYS="default=sk-...".',
  );
});

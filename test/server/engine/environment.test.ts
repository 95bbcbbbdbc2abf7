import { environmentOf } from '../../../server/engine/environment.js';

describe('the environment of a local engine', () => {
  it('has what the operator sets of Meilisearch', () => {
    const set = { MEILI_HTTP_PAYLOAD_SIZE_LIMIT: '1MB', MEILI_MAX_INDEXING_MEMORY: '2GiB', MEILI_EXPERIMENTAL_ENABLE_METRICS: 'true' };
    expect(environmentOf({ PATH: '/bin', ...set })).toEqual({ PATH: '/bin', ...set });
  });

  it('has defaults for what is not set, or set to nothing', () => {
    expect(environmentOf({ MEILI_MAX_INDEXING_MEMORY: '' })).toEqual({
      MEILI_HTTP_PAYLOAD_SIZE_LIMIT: '10GiB',
      MEILI_MAX_INDEXING_MEMORY: expect.stringMatching(/^\d+$/) as string,
    });
  });

  it.each(['HTTP_ADDR', 'DB_PATH', 'MASTER_KEY', 'ENV', 'SSL_CERT_PATH', 'IMPORT_DUMP', 'API_KEY', 'URL'])('has no MEILI_%s', (name) => {
    expect(environmentOf({ [`MEILI_${name}`]: 'x' })).not.toHaveProperty(`MEILI_${name}`);
  });
});

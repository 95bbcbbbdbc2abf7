import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine, type Finding } from '../../server/doctor/doctor.js';
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const doctor = (env: NodeJS.ProcessEnv): Promise<readonly Finding[]> =>
  examine({ DATA_DIR: join(folder, 'data'), PORT: '0', ...env }, folder);
const of = (findings: readonly Finding[], check: string): Finding | undefined => findings.find((one) => one.check === check);

it('tells all that is wrong with the configuration', async () => {
  writeFileSync(join(folder, 'justuju.config.json'), '{"prot": 1}');
  const findings = await doctor({ PORT: 'abc', NODE_ENV: 'production' });
  expect(findings.map(({ check, state }) => [check, state])).toEqual(Array(3).fill(['configuration', 'problem']));
});

it('finds wrong settings of the search page, with which nothing would start', async () => {
  writeFileSync(join(folder, 'page.json'), '{"indexes": 1}');
  expect(of(await doctor({ PAGE_CONFIG: 'page.json' }), 'search page')).toMatchObject({
    state: 'problem',
    message: expect.stringContaining(join(folder, 'page.json')) as string,
  });
});

it('looks at what is there before the first start', async () => {
  const findings = await doctor({});
  expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
  expect(of(findings, 'Node.js')?.state).toBe('good');
  expect(of(findings, 'disk')?.message).toMatch(/GB free$/);
  expect(of(findings, 'stores')?.message).toMatch(/^none yet/);
  expect(of(findings, 'service')?.message).toMatch(/^none runs/);
});

it('says of a data folder that is a file that it is one, once', async () => {
  writeFileSync(join(folder, 'data'), '');
  const wrong = (await doctor({})).filter(({ state }) => state === 'problem');
  expect(wrong).toEqual([
    {
      check: 'data folder',
      state: 'problem',
      message: `DATA_DIR=${join(folder, 'data')}: ${join(folder, 'data')} is a file`,
      mend: 'Name a folder in DATA_DIR, or move that file away.',
    },
  ]);
});

it('finds a Meilisearch that is not there, and one that is another program', async () => {
  expect(of(await doctor({ MEILI_URL: 'http://127.0.0.1:9' }), 'Meilisearch')).toMatchObject({
    state: 'problem',
    mend: 'Start that Meilisearch, or correct MEILI_URL.',
  });
  const server = createServer((_request, response) => response.end('<html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const findings = await doctor({ MEILI_URL: `http://127.0.0.1:${port}`, PORT: String(port) });
    expect(of(findings, 'Meilisearch')?.message).toMatch(/not as Meilisearch does$/);
    expect(of(findings, 'service')).toMatchObject({
      state: 'problem',
      message: expect.stringMatching(/is taken by another program/) as string,
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

it('finds indexes that were never analyzed, stores of other versions, and keys that open too little', async () => {
  const justuju: TestJustuju = await startJustuju({ masterKey: 'a-master-key-of-tests' });
  try {
    const key = { authorization: 'Bearer a-master-key-of-tests' };
    const { body } = await call(justuju.engineUrl, 'POST', '/indexes/plain/documents', [{ id: 1, title: 'کتاب' }], key);
    for (;;) if ((await call(justuju.engineUrl, 'GET', `/tasks/${body.taskUid}`, undefined, key)).body.status === 'succeeded') break;
    const found = await doctor({ MEILI_URL: justuju.engineUrl, MEILI_API_KEY: 'a-master-key-of-tests' });
    expect(of(found, 'Meilisearch')).toMatchObject({ state: 'good', message: expect.stringMatching(/version 1\.21\.0$/) as string });
    expect(of(found, 'keys')?.state).toBe('good');
    expect(of(found, 'clock')?.state).toBe('good');
    expect(of(found, 'indexes')).toMatchObject({ state: 'warning', mend: 'npm run reindex -- plain' });
    expect(of(await doctor({ MEILI_URL: justuju.engineUrl }), 'keys')).toMatchObject({ state: 'problem' });
    expect(of(await doctor({ MEILI_URL: justuju.engineUrl, MEILI_API_KEY: 'wrong' }), 'keys')?.mend).toMatch(/Default Admin API Key/);
  } finally {
    await justuju.stop();
  }
}, 60_000);

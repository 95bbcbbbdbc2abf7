import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Article, readArticles } from '../../seed/articles.js';
import { newReport, type SeedReport } from '../../seed/report.js';

export interface ReadFile {
  readonly articles: Article[];
  readonly report: SeedReport;
  /** Of the file, new for each test. */
  readonly folder: string;
}

/** Reads what a file would be indexed as. To be called once in a test file, at its top: the folder is made before each test and removed behind it. */
export function readsFiles(name: string): (file: string, content: string | Uint8Array) => Promise<ReadFile> {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), `justuju-${name}-`));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return async (file, content) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    const report = newReport();
    const articles: Article[] = [];
    for await (const article of readArticles([path], { report })) articles.push(article);
    return { articles, report, folder };
  };
}

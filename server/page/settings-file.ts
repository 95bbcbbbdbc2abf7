import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../errors.js';
import { type PageSettings, readPageSettings } from './settings.js';

/** Looked for in the data folder where no file is named. */
export const DEFAULT_NAME = 'justuju.page.json';

/**
 * The settings of the page, from the file that the operator names or else from the data folder, where there may be none.
 *
 * @throws OperatorError for a file that cannot be read, or is not as it must be
 */
export async function loadPageSettings({
  pageConfig,
  dataDir,
}: {
  readonly pageConfig?: string;
  readonly dataDir: string;
}): Promise<PageSettings> {
  const file = pageConfig ?? join(dataDir, DEFAULT_NAME);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (pageConfig === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return {};
    throw new OperatorError(`The settings of the search page cannot be read from ${file} (${code}). Correct PAGE_CONFIG, or unset it.`, {
      cause: error,
    });
  }
  return readPageSettings(text, file);
}

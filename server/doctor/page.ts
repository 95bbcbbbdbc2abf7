import type { Config } from '../config.js';
import { OperatorError } from '../errors.js';
import { loadPageSettings } from '../page/settings-file.js';
import type { Finding } from './doctor.js';

/** Whether the settings of the search page can be read: the service does not start with wrong ones. */
export async function checkPage(config: Config): Promise<Finding[]> {
  try {
    await loadPageSettings(config);
    return [];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [{ check: 'search page', state: 'problem', message: error.message }];
  }
}

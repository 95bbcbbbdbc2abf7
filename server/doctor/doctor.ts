/** `justuju doctor`: is everything as the service needs it, and if not, what is to be done? Looks only; changes nothing. */
import { type Config, checkConfig, readConfig } from '../config.js';
import { readLiveState } from '../engine/data-folder.js';
import { checkClock } from './clock.js';
import { checkDisk } from './disk.js';
import { checkEngine, type FoundEngine, findEngine } from './engine.js';
import { checkIndexes } from './indexes.js';
import { checkKeys } from './keys.js';
import { checkPage } from './page.js';
import { checkService } from './service.js';
import { checkStores } from './stores.js';
import { checkSystem } from './system.js';

export interface Finding {
  /** What was looked at. */
  readonly check: string;
  /** `problem`: the service does not work, or not safely. `warning`: it works, and will not always. */
  readonly state: 'good' | 'warning' | 'problem';
  readonly message: string;
  /** What to do. */
  readonly mend?: string;
}

/** All checks that can be made; what cannot, because something before it is wrong, is left out. */
export async function examine(env: NodeJS.ProcessEnv, folder = process.cwd()): Promise<readonly Finding[]> {
  const { problems, file } = checkConfig(env, folder);
  const findings: Finding[] = problems.map((problem) => ({ check: 'configuration', state: 'problem', message: problem }));
  let config: Config;
  try {
    config = readConfig(env, { folder });
  } catch {
    return findings;
  }
  if (problems.length === 0)
    findings.push({
      check: 'configuration',
      state: 'good',
      message: `${file ?? 'the environment alone, no justuju.config.json'}; ${config.isProduction ? 'production' : 'development'}, ${config.workers === 0 ? 'one process' : `${config.workers} workers`}`,
    });
  findings.push(...(await checkPage(config)), ...checkSystem(), ...(await checkDisk(config)), ...(await checkStores(config)));
  const running = await readLiveState(config.dataDir).catch(() => undefined);
  // Of several servers each must be sound; what indexes hold is the same on all.
  const servers = config.meiliUrls?.map((meiliUrl) => ({ ...config, meiliUrl })) ?? [config];
  for (const [i, one] of servers.entries()) {
    const engine = await findEngine(one, running);
    findings.push(...(await checkEngine(one, engine)));
    if (engine.address !== undefined && engine.isThere) findings.push(...(await ofEngine(one, engine, i === 0)));
  }
  findings.push(...(await checkService(config, running)));
  return findings;
}

async function ofEngine(config: Config, engine: FoundEngine, isFirst: boolean): Promise<readonly Finding[]> {
  const keys = await checkKeys(config, engine);
  const isOpened = keys.every(({ state, check }) => check !== 'keys' || state !== 'problem');
  return [...keys, ...checkClock(engine), ...(isOpened && isFirst ? await checkIndexes(engine) : [])];
}

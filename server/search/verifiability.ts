import { ANALYZER_VERSION } from '@justuju/urdu';
import type { Logger } from 'pino';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import type { IndexState, IndexStates } from '../settings/index-state.js';
import { languageIn } from '../settings/languages.js';
import { isStampFiltered } from '../settings/stamp-filter.js';
import { toApplied, toClient } from '../settings/terms.js';
import { rootOfVersion } from '../shadow/shadow.js';

/** Before an index is looked at again that still is not as it should be, in milliseconds. */
const PAUSE_MS = 5 * 60_000;

export interface VerifiabilityOptions {
  readonly http: EngineHttp;
  readonly engine: EngineAddress;
  readonly states: IndexStates;
  readonly log: Logger;
}

/**
 * Sees to it that documents can be asked for by their stamps in every index that is searched. An index of an older Justuju cannot, or one whose settings were changed past Justuju: it
 * gets a settings task of our own, and until that is done Meilisearch finds and orders its hits by itself.
 */
export class Verifiability {
  private readonly lookedAt = new Map<string, number>();

  constructor(private readonly options: VerifiabilityOptions) {}

  /** An index is searched. Costs nothing where it is as it should be; the search does not wait. */
  see(uid: string, { analyzerVersion, isVerifiable }: IndexState): void {
    if (isVerifiable || analyzerVersion !== ANALYZER_VERSION) return;
    const now = performance.now();
    const before = this.lookedAt.get(uid);
    if (before !== undefined && now - before < PAUSE_MS) return;
    if (this.lookedAt.size > 10_000) this.lookedAt.clear();
    this.lookedAt.set(uid, now);
    this.mend(uid).catch((error: unknown) => {
      this.options.log.warn({ uid, err: error }, 'documents of the index cannot be asked for by their stamps; searches go on');
    });
  }

  private async mend(uid: string): Promise<void> {
    const { http, engine, states, log } = this.options;
    const { analyzerVersion, settings, defaultRules } = await states.ahead(uid);
    const { filterableAttributes, displayedAttributes } = toClient(settings, defaultRules);
    // Another process was faster, or the index is of another kind by now.
    if (analyzerVersion !== ANALYZER_VERSION || isStampFiltered(settings['filterableAttributes'])) return;
    const given = { filterableAttributes, displayedAttributes };
    const language = languageIn(settings) ?? null;
    const answer = await http.send(
      'PATCH',
      `/indexes/${encodeURIComponent(uid)}/settings`,
      adminAuthorization(engine),
      toApplied(given, settings, [], rootOfVersion(ANALYZER_VERSION), language, defaultRules),
    );
    if (answer.status !== 202) throw new Error(`Meilisearch refuses the settings with ${answer.status}`);
    log.info({ uid }, 'the settings of the index are changed so that its documents can be asked for by their stamps');
    states.forget(uid);
  }
}

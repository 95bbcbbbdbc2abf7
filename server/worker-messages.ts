import type { Config } from './config.js';
import type { PageSettings } from './page/settings.js';

/** What the process above tells a worker. The engine's key goes this way, not by the environment, which children inherit. */
export type ToWorker =
  | {
      readonly justuju: 'start';
      readonly config: Config;
      readonly page: PageSettings;
      readonly engine: {
        readonly url: string;
        readonly adminKey?: string;
        readonly open: boolean;
        readonly kind: 'remote' | 'executable' | 'package';
      };
    }
  | { readonly justuju: 'stop' }
  /** The metrics of all workers, as `ask` wanted. */
  | { readonly justuju: 'metrics'; readonly id: number; readonly text: string };

/** What a worker tells the process above. */
export type FromWorker =
  /** Its code is loaded: what was sent to it before would be lost. */
  | { readonly justuju: 'loaded' }
  | { readonly justuju: 'listening'; readonly port: number }
  /** It cannot serve, for a reason that the operator can mend. */
  | { readonly justuju: 'failed'; readonly message: string }
  | { readonly justuju: 'ask metrics'; readonly id: number };

/** Other messages pass between the processes too: of the cluster, of the metrics, of the rate limits. */
export const isOurs = <T extends ToWorker | FromWorker>(message: unknown): message is T =>
  typeof message === 'object' && message !== null && 'justuju' in message;

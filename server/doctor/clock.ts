import type { Finding } from './doctor.js';
import type { FoundEngine } from './engine.js';

/** Tenant tokens say when they end; some seconds matter to nobody. */
const MOST_APART_MS = 10_000;
/** When this was written. A clock before it was never set. */
const LEAST_YEAR = 2026;

/** Whether this machine and Meilisearch's agree on the time. */
export function checkClock({ aheadMs }: FoundEngine): Finding[] {
  const check = 'clock';
  const now = new Date();
  if (now.getUTCFullYear() < LEAST_YEAR)
    return [
      {
        check,
        state: 'problem',
        message: `it is ${now.toISOString()} here`,
        mend: 'Set the clock, for example by chrony or systemd-timesyncd.',
      },
    ];
  if (aheadMs === undefined) return [];
  if (Math.abs(aheadMs) <= MOST_APART_MS) return [{ check, state: 'good', message: 'the same here and at Meilisearch' }];
  const apart = `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`;
  return [
    {
      check,
      state: 'warning',
      message: `Meilisearch's clock is ${apart}`,
      mend: 'Set both by chrony or systemd-timesyncd: tenant tokens end too early or too late, and tasks have wrong times.',
    },
  ];
}

import { understand } from '../../server/search/understand.js';
import { analyze } from '@justuju/urdu';
import { correctUnknown } from '../../server/search/read-spelling.js';
import { knowledgeOf } from '../server/search/collection.js';
import { call } from '../support/call.js';
import { startJustuju } from '../support/justuju.js';
it('x', async () => {
  const k = await knowledgeOf(['شطرنج', 'خبر', 'خبر', 'خبر']);
  const time = (what: string, f: () => unknown) => { const t = performance.now(); const r = f(); console.log('→', what, Math.round(performance.now() - t), r); };
  const q = 'شطرنج'.repeat(400);
  time('analyze', () => analyze(q).length);
  time('correct', () => correctUnknown(analyze(q)[0] as any, k).length);
  time('completions', () => k.completions(q, 8).length);
  time('understand', () => understand(q, k).slots.length);
  time('understand 4000', () => understand('شطرنج'.repeat(4000), k).slots.length);
  const j = await startJustuju({ samples: true });
  for (const n of [400, 800]) { const t = performance.now(); const r = await call(j.engineUrl, 'POST', '/indexes/articles/search', { q: 'شطرنج'.repeat(n) }); console.log('→ engine alone', n, Math.round(performance.now() - t), r.status, r.body.code); }
  await j.stop();
}, 60000);

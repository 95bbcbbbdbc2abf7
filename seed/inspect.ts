import { readArticles } from './articles.js';
import type { FieldMap } from './fields.js';
import { EXIT, formatReport, newReport } from './report.js';
import { formatArticle } from './run.js';

/** `justuju inspect`: what would be indexed, and what in the letters of the text is unusual. Nothing is changed: the search folds all of this, and what is stored stays. */

const UNUSUAL = {
  'shapes of letters in place of letters (presentation forms)': /[\uFB50-\uFDFF\uFE70-\uFEFC]/gu,
  'Arabic yeh, kaf or heh in place of the Urdu ones': /[\u064A\u0643\u0647]/gu,
  'letters and their signs apart (decomposed)': /[\u0627\u0648\u06CC\u06C1\u06D2][\u0653\u0654]/gu,
  'zero-width non-joiners': /\u200C/gu,
  'other invisible signs': /\u00AD|\u200B|\u200D|\u200E|\u200F|\u2060|\uFEFF/gu,
  'signs of damaged text': /\uFFFD/gu,
} as const;

type Unusual = Record<keyof typeof UNUSUAL, number>;

export async function inspect(
  paths: readonly string[],
  { json, map }: { readonly json: boolean; readonly map?: FieldMap },
): Promise<number> {
  const report = newReport();
  const found = Object.fromEntries(Object.keys(UNUSUAL).map((what) => [what, 0])) as Unusual;
  for await (const article of readArticles(paths, { report, ...(map !== undefined && { map }) })) {
    const text = `${article.title}\n${article.body}`;
    for (const [what, rule] of Object.entries(UNUSUAL) as [keyof Unusual, RegExp][]) found[what] += text.match(rule)?.length ?? 0;
    process.stdout.write(json ? `${JSON.stringify(article)}\n` : `${formatArticle(article)}\n\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ ...report, unusual: found })}\n`);
  else {
    process.stdout.write(`${formatReport(report, { indexed: null, dryRun: true, failure: null }, true)}\n`);
    for (const [what, count] of Object.entries(found))
      if (count > 0) process.stdout.write(`In the letters: ${count} ${what}; searches find them, the text stays as it is.\n`);
  }
  return report.articles === 0 ? EXIT.nothingIndexed : report.skipped.length > 0 ? EXIT.someSkipped : EXIT.allFine;
}

import { readArticles } from './articles.js';
import { collection } from './collection.js';
import type { FieldMap } from './fields.js';
import { REPAIRS, type RepairKind } from './repair.js';
import { EXIT, formatReport, newReport } from './report.js';
import { formatArticle } from './run.js';

/** `justuju inspect`: what would be indexed, and what in the letters of the text is unusual. Nothing is changed: the search folds all of this, and what is stored stays. */
export async function inspect(
  paths: readonly string[],
  { json, map, types }: { readonly json: boolean; readonly map?: FieldMap; readonly types?: readonly string[] },
): Promise<number> {
  const report = newReport();
  let damaged = 0;
  for await (const article of collection(
    readArticles(paths, { report, ...(map !== undefined && { map }), ...(types !== undefined && { types }) }),
    { report, inspect: true },
  )) {
    damaged += `${article.title}\n${article.body}`.match(/\uFFFD/gu)?.length ?? 0;
    process.stdout.write(json ? `${JSON.stringify(article)}\n` : `${formatArticle(article)}\n\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify({ ...report, damaged })}\n`);
  else {
    process.stdout.write(`${formatReport(report, { indexed: null, dryRun: true, isOnlyTold: true, failure: null }, true)}\n`);
    for (const [kind, count] of Object.entries(report.repairs) as [RepairKind, number][])
      if (count > 0)
        process.stdout.write(`In the letters: ${count} ${REPAIRS[kind]}; searches find them, the text stays as it is without --repair.\n`);
    if (damaged > 0) process.stdout.write(`In the letters: ${damaged} signs of damaged text; fetch it again.\n`);
  }
  return report.articles === 0 ? EXIT.nothingIndexed : report.skipped.length > 0 ? EXIT.someSkipped : EXIT.allFine;
}

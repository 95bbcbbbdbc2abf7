import { keptInWords } from '../server/indexing/beside.js';
import { type Dropped, NOISE_KINDS, type NoiseCounts, type NoiseKind, noNoise } from './noise.js';
import { noRepairs, REPAIRS, type RepairCounts, type RepairKind } from './repair.js';

/** A file or PATH that gave no article, why, and what to do about it. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
  readonly wayOut: string;
}

/** What was read, cleaned, skipped and why. Filled while articles flow; nothing that was dropped is missing here. */
export interface SeedReport {
  filesRead: number;
  articles: number;
  /** Files that held more than one report. */
  filesWithSeveralReports: number;
  /** Articles without a headline of their own. */
  derivedTitles: number;
  dates: { recognized: number; missing: number };
  /** Dates that no calendar has; the article is indexed without one. */
  impossibleDates: { readonly file: string; readonly line: number; readonly text: string }[];
  /** Articles that were in the index already from another file. */
  duplicates: { readonly file: string; readonly sameAs: string }[];
  /** Reports that another site has too, nearly the same and better: left out. */
  nearDuplicates: {
    readonly file: string;
    readonly title: string;
    readonly keptFile: string;
    readonly because: 'dated' | 'longer' | 'first';
  }[];
  /** Of the lists that may name every article: how many more there were than they name. */
  readonly unnamed: Partial<Record<NamedList, number>>;
  /** Articles behind those that are compared with each other. */
  notCompared: number;
  /** What --repair changed, or would change. */
  readonly repairs: RepairCounts;
  readonly noise: NoiseCounts;
  skipped: Skipped[];
  /** Articles that Meilisearch did not take. */
  readonly refused: { readonly id: string; readonly title: string; readonly file: string; readonly reason: string }[];
  /** Files in folders that never hold articles, by their name: pictures, fonts, programs. Not opened. */
  leftAlone: number;
  /** What was found in sources and must not be indexed ("a draft"), by its reason. */
  readonly left: Record<string, number>;
  /** The sum of these. */
  leftOut: number;
  /** Articles and pages by the format of their source. */
  readonly formats: Record<string, number>;
  /** What an editor should know of a source: it was converted, these fields were taken for those. */
  readonly notes: { readonly file: string; readonly note: string }[];
  /** Lines of noise by site (or paper) and rule. */
  readonly noiseBySite: Record<string, Partial<NoiseCounts>>;
}

/** Lists that may be as long as there are articles. */
export type NamedList = 'impossibleDates' | 'duplicates' | 'nearDuplicates';
/** What such a list names: behind that there are counts only, so that a report takes no more memory the more is read. */
const MOST_NAMED = 10_000;

export function nameIn<L extends NamedList>(report: SeedReport, list: L, found: SeedReport[L][number]): void {
  const all: SeedReport[L][number][] = report[list];
  if (all.length < MOST_NAMED) all.push(found);
  else report.unnamed[list] = (report.unnamed[list] ?? 0) + 1;
}

export const countOf = (report: SeedReport, list: NamedList): number => report[list].length + (report.unnamed[list] ?? 0);

export const newReport = (): SeedReport => ({
  filesRead: 0,
  articles: 0,
  filesWithSeveralReports: 0,
  derivedTitles: 0,
  dates: { recognized: 0, missing: 0 },
  impossibleDates: [],
  duplicates: [],
  nearDuplicates: [],
  unnamed: {},
  notCompared: 0,
  repairs: noRepairs(),
  noise: noNoise(),
  skipped: [],
  refused: [],
  leftAlone: 0,
  left: {},
  leftOut: 0,
  formats: {},
  notes: [],
  noiseBySite: {},
});

/** How a run ended. `indexed` is null when nothing was to be indexed (--dry-run) or nothing was. */
export interface Outcome {
  readonly indexed: {
    readonly index: string;
    readonly documents: number;
    readonly sent: number;
    readonly unchanged: number;
    readonly removed: number;
    readonly milliseconds: number;
    /** Articles that a killed run had built already. */
    readonly resumed?: number;
    /** Name of the index before a rebuild. */
    readonly former?: string | undefined;
  } | null;
  readonly dryRun: boolean;
  /** Repairs are counted and not made. */
  readonly isOnlyTold?: boolean;
  /** Why nothing was indexed. */
  readonly failure: string | null;
}

export const EXIT = { allFine: 0, nothingIndexed: 1, usage: 2, someSkipped: 3 } as const;

export function exitStatus(report: SeedReport, { failure }: Outcome): number {
  if (failure !== null || report.articles === 0) return EXIT.nothingIndexed;
  return report.skipped.length + report.refused.length > 0 ? EXIT.someSkipped : EXIT.allFine;
}

const BECAUSE = { dated: 'which has a date', longer: 'which is longer', first: 'which came first' } as const;

/** Names listed in full; behind that only their number, so that ten thousand bad files do not bury the rest. */
const LISTED = 50;

/** The report for people. */
export function formatReport(report: SeedReport, outcome: Outcome, verbose = false): string {
  const lines: string[] = [];
  const list = <T>(items: readonly T[], format: (item: T) => string, unnamed = 0): void => {
    const shown = verbose ? items : items.slice(0, LISTED);
    lines.push(...shown.map((item) => `  ${format(item)}`));
    const more = items.length - shown.length + unnamed;
    if (more > 0) lines.push(`  and ${more} more${verbose ? '' : ' (--verbose lists all)'}`);
  };
  const several = report.filesWithSeveralReports;
  lines.push(
    `Read: ${count(report.filesRead, 'file')}, ${count(report.articles, 'article')}${several === 0 ? '' : ` (${count(several, 'file')} held several reports)`}`,
  );
  if (report.leftAlone > 0)
    lines.push(`Left alone: ${count(report.leftAlone, 'picture, font or other file', 'pictures, fonts or other files')} without articles`);
  const left = Object.entries(report.left);
  if (left.length > 0) lines.push(`Not indexed: ${left.map(([reason, n]) => `${n} ${reason}`).join(', ')}`);
  if (report.notes.length > 0) {
    lines.push('Notes:');
    list(report.notes, ({ file, note }) => `${file}: ${note}`);
  }
  lines.push(
    `Recognized: ${report.articles - report.derivedTitles} with a headline, ${report.derivedTitles} titled by their first sentence; ${report.dates.recognized} with a date, ${report.dates.missing} without`,
  );
  if (report.impossibleDates.length > 0) {
    lines.push(`Impossible dates: ${countOf(report, 'impossibleDates')}, the articles have none`);
    list(report.impossibleDates, ({ file, line, text }) => `${file}:${line}: ${text}`, report.unnamed.impossibleDates);
  }
  const noise = (Object.entries(report.noise) as [NoiseKind, number][]).filter(([, lines]) => lines > 0);
  const dropped = noise.reduce((sum, [, lines]) => sum + lines, 0);
  lines.push(`Cleaned: ${count(dropped, 'line')} dropped${dropped === 0 ? '' : ':'}`);
  lines.push(...noise.map(([kind, lines]) => `  ${String(lines).padStart(6)}  ${NOISE_KINDS[kind]}`));
  if (verbose) {
    for (const [site, counts] of Object.entries(report.noiseBySite))
      lines.push(
        `  of ${site}: ${Object.entries(counts)
          .map(([kind, n]) => `${n} ${NOISE_KINDS[kind as NoiseKind]}`)
          .join(', ')}`,
      );
  }
  if (report.duplicates.length > 0) {
    lines.push(`Duplicates, indexed once: ${countOf(report, 'duplicates')}`);
    list(report.duplicates, ({ file, sameAs }) => `${file} is the same as ${sameAs}`, report.unnamed.duplicates);
  }
  if (report.nearDuplicates.length > 0) {
    lines.push(
      `The same report elsewhere, nearly the same; the better one is indexed: ${countOf(report, 'nearDuplicates')} (--keep-near-duplicates indexes both)`,
    );
    list(
      report.nearDuplicates,
      ({ file, title, keptFile, because }) => `${file}: "${title}" is in ${keptFile} too, ${BECAUSE[because]}`,
      report.unnamed.nearDuplicates,
    );
  }
  if (report.notCompared > 0) lines.push(`Not compared with the others for the same report: ${report.notCompared}`);
  const repairs = (Object.entries(report.repairs) as [RepairKind, number][]).filter(([, n]) => n > 0);
  if (repairs.length > 0 && !outcome.isOnlyTold)
    lines.push('Repaired:', ...repairs.map(([kind, n]) => `  ${String(n).padStart(6)}  ${REPAIRS[kind]}`));
  if (report.skipped.length > 0) {
    lines.push(`Skipped: ${report.skipped.length}`);
    list(report.skipped, formatSkipped);
  }
  if (report.refused.length > 0) {
    lines.push(`Refused by Meilisearch: ${report.refused.length}`);
    list(report.refused, ({ id, title, file, reason }) => `${file}: "${title}" (${id}): ${reason}`);
  }
  if (outcome.failure !== null) lines.push(`Failed: ${outcome.failure}`);
  else if (outcome.dryRun) lines.push('Dry run: nothing was indexed.');
  else if (outcome.indexed !== null) {
    const { index, documents, sent, unchanged, removed, milliseconds, resumed = 0, former } = outcome.indexed;
    const changes = [
      `${sent} sent`,
      ...(resumed > 0 ? [`${resumed} built by the run that was killed`] : []),
      ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
      ...(removed > 0 ? [`${removed} gone`] : []),
    ];
    lines.push(
      `Indexed: ${count(sent, 'article')} into "${index}" in ${(milliseconds / 1_000).toFixed(1)} s (${changes.join(', ')}; it holds ${documents})`,
    );
    if (former !== undefined) lines.push(keptInWords(former, index));
  }
  return lines.join('\n');
}

export const formatSkipped = ({ file, reason, wayOut }: Skipped): string => `${file}: ${reason}. ${wayOut}`;

export const formatDropped = (file: string, { number, kind, text }: Dropped): string =>
  `${file}:${number}: ${NOISE_KINDS[kind]}: ${text.length > 100 ? `${text.slice(0, 100)}…` : text}`;

/** "1 file", "2 files". */
export const count = (n: number, what: string, many = `${what}s`): string => `${n} ${n === 1 ? what : many}`;

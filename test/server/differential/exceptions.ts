/**
 * Where an answer of Justuju may differ from that of the engine alone, and why. All there are: each stands in docs/compatibility.md too.
 * One that no request of the seed in the repository needs fails the test: a list of exceptions only ever grows otherwise.
 */
import type { Difference } from './compare.js';
import type { OwnKind } from './own-work.js';
import { lineOf, type Request } from './request.js';

export interface Exception {
  /** The requests, by method and path. */
  readonly of: RegExp;
  /** Where in the answer, as a `Difference` names it; or tasks of Justuju's own in lists of tasks and batches. */
  readonly at: RegExp | OwnKind;
  /** Only where Urdu is among what is searched. */
  readonly onlyUrdu?: boolean;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    of: /^(GET|POST) \/(indexes\/\w+\/search|multi-search)/,
    at: /^body\.(results\[\]\.)?urdu$/,
    onlyUrdu: true,
    reason: 'The answer to an Urdu query has one more field, `urdu`: how the query was understood.',
  },
  {
    of: /^(GET|POST) \/(indexes\/\w+\/search|multi-search)/,
    at: /^body\.(results\[\]\.)?hits\[\d*\]\._rankingScoreDetails\.(typo|attribute)$/,
    onlyUrdu: true,
    reason:
      'Of an index of Urdu documents `_rankingScoreDetails` has neither `typo` nor `attribute`, unless the client sets ranking rules: Justuju corrects spelling and weighs fields itself.',
  },
  {
    of: /^GET \/(tasks|batches)(\?|$)/,
    at: 'preparations',
    reason:
      'Lists of tasks and batches name the settings task by which Justuju makes a new index ready for its documents; it is marked `customMetadata: "justuju"`.',
  },
  {
    of: /^GET \/(tasks|batches)(\?|$)/,
    at: 'mends',
    reason:
      'After `documents/edit` lists of tasks and batches name one more task, `documentAdditionOrUpdate`: a function inside Meilisearch changed the documents, and Justuju analyzes them afterwards.',
  },
];

export const allows = ({ of, at, onlyUrdu = false }: Exception, request: Request, difference: Difference): boolean =>
  at instanceof RegExp && of.test(lineOf(request)) && at.test(difference.at) && (!onlyUrdu || request.about.includes('urdu'));

/** The exceptions for lists of tasks and batches, where the request asks for one. */
export const forLists = (request: Request): Exception[] =>
  EXCEPTIONS.filter(({ of, at }) => !(at instanceof RegExp) && of.test(lineOf(request)));

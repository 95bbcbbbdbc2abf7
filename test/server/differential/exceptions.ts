/**
 * Where an answer of Justuju may differ from that of the engine alone, and why. All there are: each stands in docs/compatibility.md too.
 * One that no request of the seed in the repository needs fails the test: a list of exceptions only ever grows otherwise.
 */
import type { Difference } from './compare.js';
import { lineOf, type Request } from './request.js';

export interface Exception {
  /** The requests, by method and path. */
  readonly of: RegExp;
  /** Where in the answer, as a `Difference` names it; or the marked tasks of Justuju's own in lists of tasks and batches. */
  readonly at: RegExp | 'preparations';
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
];

export const allows = ({ of, at, onlyUrdu = false }: Exception, request: Request, difference: Difference): boolean =>
  at !== 'preparations' && of.test(lineOf(request)) && at.test(difference.at) && (!onlyUrdu || request.about.includes('urdu'));

/** The exception for lists of tasks and batches, where the request asks for one. */
export const listsPreparations = (request: Request): Exception | undefined =>
  EXCEPTIONS.find(({ of, at }) => at === 'preparations' && of.test(lineOf(request)));

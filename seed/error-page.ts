import { fold, pattern } from './fold.js';

/** What servers and gatekeepers call their pages. "420" is what Urdu calls a cheat. */
const ERROR = pattern(
  '^(?:(?:http )?(?:error )?(?!420)[45]\\d\\d(?:[ :.-]+[a-z ]+)?|(?:page |site |file )?not found|forbidden|access denied|unauthorized|bad (?:gateway|request)|service (?:temporarily )?unavailable|internal server error|server error.*|runtime error|redirecting\\P{L}*|just a moment\\.*|attention required!?|checking your browser.*|account suspended|error establishing a database connection|(?:under )?maintenance(?: mode)?|(?:(?:error )?(?!420)[45]\\d\\d[ :.-]*)?(?:یہ )?صفحہ (?:نہیں ملا|موجود نہیں(?: ہے)?|دستیاب نہیں(?: ہے)?))$',
);
/** Words of the longest page of that kind. A story that is called "404" has more. */
export const LONGEST_ERROR = 60;

/** A headline, or a part of the title of a page. */
export const isErrorTitle = (title: string): boolean => ERROR.test(fold(title));

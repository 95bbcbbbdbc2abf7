/** Letters of the Arabic script, and of the other scripts in this collection that run left to right. */
const RIGHT_TO_LEFT = /\p{Script=Arabic}/gu;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Devanagari}\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/** From this share of Arabic-script letters on, a text is Urdu with foreign words in it and not the other way round. */
const URDU_FROM = 0.2;

/**
 * The direction of a paragraph, by all of its letters. `dir="auto"` looks at the first letter only: an Urdu headline or a
 * snippet that happens to begin with "NASA" would be set from left to right, its words in the wrong order.
 */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const right = text.match(RIGHT_TO_LEFT)?.length ?? 0;
  const left = text.match(LEFT_TO_RIGHT)?.length ?? 0;
  return right >= (right + left) * URDU_FROM ? 'rtl' : 'ltr';
}

import { followsEscape, isAlphanumeric } from './finding.js';
import { SHAPES } from './token-shapes.js';

/** First units, three at most, of tokens that are told by their prefix. */
export const TOKEN_STARTS: ReadonlySet<string> = new Set(
  SHAPES.flatMap(({ prefixes }) => prefixes.map((prefix) => prefix.slice(0, 3))),
);

/** After a letter or digit, unless that is the letter of `\n`, `\r` or `\t` in a text with escapes. */
export function isInsideWord(text: string, at: number): boolean {
  return isAlphanumeric(text.charCodeAt(at - 1)) && !followsEscape(text, at);
}

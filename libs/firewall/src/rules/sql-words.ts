/** Parts of SQL as sources of patterns; canonical text, no capture groups. */

/** What stands for a blank in an attack: blanks, comments, encoded blanks, plus signs. */
export const GAP = String.raw`(?:[ \n+(]|/\*[^*]{0,20}\*/|%20|%0[9a-d]|%a0){1,8}`;
export const OPEN_GAP = String.raw`(?:[ \n+()]|/\*[^*]{0,20}\*/|%20|%0[9a-d]|%a0){0,8}`;
export const QUOTE = String.raw`(?:['"\x60\u00b4\u2018\u2019\u2032\u201c\u201d]|%2[27]|\\x27)`;
export const COMMENT = String.raw`(?:--|#|/\*|%23|%2d%2d|;%00)`;
export const COMPARES = String.raw`(?:=|<=>|<>|!=|<|>|not like|like|rlike|regexp|glob|between|is|in|%3d|div|mod)`;
export const JOINS = String.raw`(?:or|and|xor|having|where|\|\||&&|%7c%7c|%26%26)`;

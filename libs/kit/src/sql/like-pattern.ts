/** The text as a part of a LIKE pattern: its own `%`, `_` and `\` are taken literally. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A LIKE pattern that finds the text anywhere. */
export function likePattern(text: string): string {
  return `%${likeLiteral(text)}%`;
}

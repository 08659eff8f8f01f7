/** Stands for a line break within a text, where each text has a line of its own. */
export const BREAK = '↵';

/** Texts, one a line. */
export const linesOf = (texts: readonly string[]): string =>
  texts.map((text) => text.replaceAll('\n', BREAK)).join('\n');

/** The texts that were written, one a line; what was there before comes back as it was, to the last blank. */
export function textsOf(lines: string, before: readonly string[]): string[] {
  if (lines === linesOf(before)) return [...before];
  const known = new Map(before.map((text) => [linesOf([text]), text]));
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '' || known.has(line))
    .map((line) => known.get(line) ?? line.replaceAll(BREAK, '\n'));
}

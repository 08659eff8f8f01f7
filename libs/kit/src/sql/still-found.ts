/** Kept texts as their owner may see them now, in the same order. */
export type ShownTexts = (texts: readonly string[]) => Promise<readonly string[]>;

/** For each of these, which were found by a text that they hold, whether what is shown of it now holds that still. */
export async function stillFound(
  search: string,
  texts: readonly string[],
  shownOf: ShownTexts,
): Promise<boolean[]> {
  const shown = texts.length === 0 ? [] : await shownOf(texts);
  const wanted = search.toLowerCase();
  // An unchanged text was found by the database, whose idea of capitals may be another.
  return texts.map((text, at) => shown[at] === text || (shown[at] ?? '').toLowerCase().includes(wanted));
}

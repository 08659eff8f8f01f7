interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Places of sentences in a text that a person has edited since: those whose sentence still stands there, word for
 * word and in the same order. Offsets in UTF-16 units; `places` in the order of the text.
 */
export function carryMarks<T extends Place>(before: string, places: readonly T[], after: string): T[] {
  if (before === after) return [...places];
  const carried: T[] = [];
  let from = 0;
  for (const place of places) {
    const sentence = before.slice(place.start, place.end);
    const start = sentence === '' ? -1 : after.indexOf(sentence, from);
    if (start < 0) continue;
    from = start + sentence.length;
    carried.push({ ...place, start, end: from });
  }
  return carried;
}

/** The same places once a character (one UTF-16 unit) has been taken out of the text wherever it stands. */
export function marksWithout<T extends Place>(text: string, places: readonly T[], character: string): T[] {
  const gone: number[] = [];
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) gone.push(at);
  if (gone.length === 0) return [...places];
  const at = (offset: number) => offset - gone.filter((index) => index < offset).length;
  return places.map((place) => ({ ...place, start: at(place.start), end: at(place.end) }));
}

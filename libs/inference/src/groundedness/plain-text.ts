const FULL_WIDTH = /[！-～]/g;
const DASHES = /[‐-―−～]/g;
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
const EMPHASIS = /[*_]{1,3}/g;
const CITATION = /[[【]\d{1,3}(?:\s?[,，、;]\s?\d{1,3})*(?:†[^】\]]*)?[\]】]/g;

/** The same text of the same length: half-width, plain dashes and blanks, emphasis and citations blanked. */
export function plainText(text: string): string {
  return text
    .replace(CITATION, blank)
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(DASHES, '-')
    .replace(BLANKS, ' ')
    .replace(EMPHASIS, blank);
}

export function blank(text: string): string {
  return ' '.repeat(text.length);
}

/** The numbers that a sentence cites, each once. */
export function citedNumbers(text: string): number[] {
  const numbers = [...text.matchAll(CITATION)].flatMap(([found]) =>
    (/^[^†]*/.exec(found)?.[0].match(/\d+/g) ?? []).map(Number),
  );
  return [...new Set(numbers)];
}

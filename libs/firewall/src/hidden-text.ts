/** Tag characters spell ASCII that nobody sees; flags of regions use up to six of them. */
const TAG_FIRST = 0xe0020;
const TAG_LAST = 0xe007e;
const TAGS_MAX = 6;
/** Zero-width characters: a few join emoji or mark Persian and Indic words. */
const ZERO_WIDTH = /[\u200b\u2060-\u2064\ufeff\u00ad\u180e]/g;
const ZERO_WIDTH_MAX = 20;
const ZERO_WIDTH_SHARE = 0.02;

export interface HiddenText {
  readonly start: number;
  readonly end: number;
  /** Text in tag characters cannot be there by accident. */
  readonly certain: boolean;
}

/** Where a text hides characters, if it does. */
export function findHiddenText(text: string): HiddenText | null {
  let start = -1;
  let count = 0;
  for (let at = text.indexOf('\udb40'); at >= 0; at = text.indexOf('\udb40', at + 2)) {
    const point = text.codePointAt(at) ?? 0;
    if (point < TAG_FIRST || point > TAG_LAST) continue;
    if (start < 0) start = at;
    count += 1;
    if (count > TAGS_MAX) return { start, end: at + 2, certain: true };
  }
  const marks = text.match(ZERO_WIDTH)?.length ?? 0;
  if (marks <= ZERO_WIDTH_MAX || marks < text.length * ZERO_WIDTH_SHARE) return null;
  const first = text.search(ZERO_WIDTH);
  return { start: first, end: first + 1, certain: false };
}

/** Enough of a file to see where the NULs of UTF-16 are; even, so that no unit is cut. */
const HEAD_BYTES = 4_096;
/** Share of units, or of line ends, that are as UTF-16 has them: some bytes are so by accident, and some are damaged. */
const MOST = 0.75;
/** Nobody forbids controls, halves of pairs, private or unassigned characters: text read as the wrong UTF-16 has them. */
const NO_TEXT = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u;
const LINE_ENDS = [0x0a, 0x0d];
const ENCODINGS = ['utf-16le', 'utf-16be'] as const;

/**
 * Whether a file without a mark is UTF-16, and which: it is text if read so, and either nearly all of it is Latin, or it
 * has the line ends of UTF-16 and is no text otherwise. A NUL alone does not make it so.
 */
export function utf16Of(content: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const head = content.subarray(0, HEAD_BYTES);
  if (content.length % 2 !== 0) return undefined;
  const nulls = { 'utf-16le': 0, 'utf-16be': 0 };
  // The upper half of Latin characters and line ends: the second byte, or the first.
  head.forEach((byte, at) => {
    if (byte === 0) nulls[at % 2 === 1 ? 'utf-16le' : 'utf-16be']++;
  });
  const likely = nulls['utf-16le'] >= nulls['utf-16be'] ? ENCODINGS : ENCODINGS.toReversed();
  return likely.find((encoding) => {
    if (nulls[encoding] === 0 || !isText(new TextDecoder(encoding).decode(head))) return false;
    const isLatin = nulls[encoding] >= (MOST * head.length) / 2;
    return isLatin || (!isUtf8(head) && endsLinesSo(head, encoding));
  });
}

function isText(text: string): boolean {
  // The head may end within a pair.
  const whole = text.replace(/[\t\r\n]|[\ud800-\udbff\ufffd]$/g, '');
  return !NO_TEXT.test(whole) && !whole.includes('\ufffd');
}

/** Text of one byte a unit, but for its NULs. */
function isUtf8(head: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(head.filter((byte) => byte !== 0));
  return isText(text);
}

/** Ends of lines are whole units: next to a NUL, at an even place. */
function endsLinesSo(head: Buffer, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const isLittle = encoding === 'utf-16le';
  let [whole, all] = [0, 0];
  head.forEach((byte, at) => {
    if (!LINE_ENDS.includes(byte)) return;
    const isUnit = at % 2 === (isLittle ? 0 : 1) && head[isLittle ? at + 1 : at - 1] === 0;
    // Half of another character, as in \u4e0a.
    const isHalf = at % 2 === (isLittle ? 0 : 1) && !isUnit;
    if (isUnit) whole++;
    if (!isHalf) all++;
  });
  return whole > 0 && whole >= MOST * all;
}

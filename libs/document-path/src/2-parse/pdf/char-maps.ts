/**
 * Predefined character maps (PDF 32000-1, 9.7.5.2) for Chinese, Japanese and Korean fonts that are not embedded, made of
 * the encodings that the runtime knows anyway. pdf.js asks for the map from a font's codes to character numbers (CID), and
 * for the one from these to Unicode. Only text is wanted, no glyphs: so both maps here go by numbers of our own, above
 * all that Adobe has given out, one after the other through the blocks of Unicode that the encodings reach.
 */
const FIRST_FREE = 31_000;
type Blocks = readonly (readonly [number, number])[];
const CHINESE_JAPANESE: Blocks = [
  [0x20, 0x6ff],
  [0x2000, 0x33ff],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0xff00, 0xffef],
];
/** Numbers end at 65,535: for Hangul the last and rarest of the Chinese characters give way. */
const KOREAN: Blocks = [
  [0x20, 0x24f],
  [0x2000, 0x22ff],
  [0x2460, 0x26ff],
  [0x3000, 0x33ff],
  [0x4e00, 0x9aff],
  [0xac00, 0xd7a3],
  [0xff00, 0xffef],
];

interface Encoding {
  readonly name: RegExp;
  readonly label: string;
  /** Adds the high bits that a seven-bit form of the encoding leaves out. */
  readonly high?: boolean;
}

const ENCODINGS: readonly Encoding[] = [
  { name: /^(?:83pv|90ms|90msp|90pv|Add|Ext|78|78ms)?-?RKSJ-[HV]$/, label: 'shift_jis' },
  { name: /^(?:78-)?EUC-[HV]$/, label: 'euc-jp' },
  { name: /^(?:Add-|Ext-|78-)?[HV]$/, label: 'euc-jp', high: true },
  { name: /^(?:GB|GBpc|GBK|GBKp|GBK2K)-(?:EUC-)?[HV]$/, label: 'gb18030' },
  { name: /^(?:B5pc|HKscs-B5|ETen-B5|ETenms-B5)-[HV]$/, label: 'big5' },
  { name: /^KSC(?:ms|pc)?-(?:EUC|UHC|UHC-HW)-[HV]$/, label: 'euc-kr' },
];
const UNICODE = /^Uni(?:JIS|JIS2004|JISX0213|JISX02132004|GB|CNS|KS)-(?:UCS2|UCS2-HW|UTF16)-[HV]$/;
const TO_UNICODE = /^Adobe-(?:GB1|CNS1|Japan1|Korea1)-UCS2$/;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Own numbers of the blocks: [first Unicode, last Unicode, number of the first]. */
function numbersOf(name: string): [number, number, number][] {
  let next = FIRST_FREE;
  return (/^KSC|^UniKS|Korea1/.test(name) ? KOREAN : CHINESE_JAPANESE).map(([from, to]) => {
    const first = next;
    next += to - from + 1;
    return [from, to, first];
  });
}

/** The map of a name as text of a CMap file; null for one that is not made here. */
export function charMap(name: string): string | null {
  const numbers = numbersOf(name);
  if (TO_UNICODE.test(name)) return wrap('', toUnicode(numbers));
  const vertical = name.endsWith('V') ? '/WMode 1 def' : '';
  if (UNICODE.test(name)) {
    const ranges = numbers.map(([from, to, first]): Range => [from, to, first, 4]);
    return wrap(vertical, [...spaces('<0000> <ffff>'), ...cidRanges(ranges)]);
  }
  const encoding = ENCODINGS.find((one) => one.name.test(name));
  return encoding ? wrap(vertical, [...spacesOf(encoding), ...cidRanges(rangesOf(encoding, numbers))]) : null;
}

/** In ranges that change the last byte alone, as the format demands. */
function toUnicode(numbers: readonly [number, number, number][]): string[] {
  const lines: string[] = [];
  for (const [from, to, first] of numbers)
    for (let at = from; at <= to; at = (at | 0xff) + 1) {
      const end = Math.min(to, at | 0xff);
      const [low, high] = [first + at - from, first + end - from];
      lines.push('1 beginbfrange', `<${hex(low, 4)}> <${hex(high, 4)}> <${hex(at, 4)}>`, 'endbfrange');
    }
  return lines;
}

const spaces = (...all: readonly string[]): string[] => [
  `${all.length} begincodespacerange`,
  ...all,
  'endcodespacerange',
];

function spacesOf({ label, high }: Encoding): string[] {
  if (high) return spaces('<2121> <7e7e>');
  if (label === 'shift_jis') return spaces('<00> <80>', '<a0> <df>', '<8140> <9ffc>', '<e040> <fcfc>');
  return spaces('<00> <80>', '<8140> <fefe>');
}

/** First code, last code, number of the first, hexadecimal digits of a code. */
type Range = [number, number, number, number];

function rangesOf({ label, high }: Encoding, numbers: readonly [number, number, number][]): Range[] {
  const numberOf = (unicode: number): number => {
    const block = numbers.find(([from, to]) => unicode >= from && unicode <= to);
    return block ? block[2] + unicode - block[0] : -1;
  };
  const decoder = new TextDecoder(label, { fatal: true });
  const decode = (bytes: readonly number[]): number => {
    try {
      const [only, ...more] = [...decoder.decode(Uint8Array.from(bytes))];
      return only && more.length === 0 ? (only.codePointAt(0) ?? -1) : -1;
    } catch {
      return -1;
    }
  };
  const ranges: Range[] = [];
  const add = (code: number, unicode: number, digits: number): void => {
    const number = numberOf(unicode);
    if (number < 0) return;
    const last = ranges.at(-1);
    // A range stays within one first byte, as the format demands.
    const follows =
      last &&
      last[3] === digits &&
      code === last[1] + 1 &&
      number === last[2] + code - last[0] &&
      code >> 8 === last[0] >> 8;
    if (follows) last[1] = code;
    else ranges.push([code, code, number, digits]);
  };
  if (!high) for (let byte = 0; byte <= 0xff; byte++) add(byte, decode([byte]), 2);
  const [from, to] = high ? [0x21, 0x7e] : [0x81, 0xfe];
  for (let first = from; first <= to; first++)
    for (let second = high ? 0x21 : 0x40; second <= (high ? 0x7e : 0xfe); second++)
      add((first << 8) | second, decode(high ? [first | 0x80, second | 0x80] : [first, second]), 4);
  return ranges;
}

const RANGES_PER_SECTION = 100;

function cidRanges(ranges: readonly Range[]): string[] {
  const lines: string[] = [];
  for (let at = 0; at < ranges.length; at += RANGES_PER_SECTION) {
    const section = ranges.slice(at, at + RANGES_PER_SECTION);
    lines.push(`${section.length} begincidrange`);
    for (const [from, to, first, digits] of section)
      lines.push(`<${hex(from, digits)}> <${hex(to, digits)}> ${first}`);
    lines.push('endcidrange');
  }
  return lines;
}

const wrap = (head: string, lines: readonly string[]): string =>
  ['begincmap', head, ...lines, 'endcmap'].join('\n');

/** What pdf.js asks for its data: character maps as above; fonts and decoders are neither needed nor fetched. */
export class LocalData {
  fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const map = kind === 'cMapUrl' ? charMap(filename.replace(/\.bcmap$/, '')) : null;
    return map ? Promise.resolve(Buffer.from(map)) : Promise.reject(new Error('not available'));
  }
}

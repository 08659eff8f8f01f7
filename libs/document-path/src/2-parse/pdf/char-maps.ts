/**
 * Predefined character maps (PDF 32000-1, 9.7.5.2) for Chinese, Japanese and Korean fonts that are not embedded, made of
 * the encodings that the runtime knows anyway. pdf.js asks for the map from a font's codes to character numbers (CID), and
 * for the one from these to Unicode. Only text is wanted, no glyphs: so a number here is Unicode's plus BEYOND, where no
 * real character number lies, and the second map takes BEYOND off again.
 */
const BEYOND = 0x20000;
const LAST_IN_PLANE = 0xffff;

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

/** The map of a name as text of a CMap file; null for one that is not made here. */
export function charMap(name: string): string | null {
  if (TO_UNICODE.test(name))
    return wrap('', [
      `1 beginbfrange`,
      `<${hex(BEYOND, 6)}> <${hex(BEYOND + LAST_IN_PLANE, 6)}> <0000>`,
      'endbfrange',
    ]);
  const vertical = name.endsWith('V');
  if (UNICODE.test(name)) {
    const lines = [
      '1 begincodespacerange',
      '<0000> <ffff>',
      'endcodespacerange',
      ...cidRanges([[0, LAST_IN_PLANE, 0, 4]]),
    ];
    return wrap(vertical ? '/WMode 1 def' : '', lines);
  }
  const encoding = ENCODINGS.find((one) => one.name.test(name));
  if (!encoding) return null;
  const single = encoding.high ? [] : ['<00> <80>', ...(encoding.label === 'shift_jis' ? ['<a0> <df>'] : [])];
  const double = encoding.high
    ? ['<2121> <7e7e>']
    : encoding.label === 'shift_jis'
      ? ['<8140> <9ffc>', '<e040> <fcfc>']
      : ['<8140> <fefe>'];
  const spaces = [...single, ...double];
  return wrap(vertical ? '/WMode 1 def' : '', [
    `${spaces.length} begincodespacerange`,
    ...spaces,
    'endcodespacerange',
    ...cidRanges(rangesOf(encoding)),
  ]);
}

/** First code, last code, Unicode of the first, hexadecimal digits of a code. */
type Range = [number, number, number, number];

function rangesOf({ label, high }: Encoding): Range[] {
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
    if (unicode < 0 || unicode > LAST_IN_PLANE) return;
    const last = ranges.at(-1);
    // A range stays within one first byte, as the format demands.
    const follows =
      last &&
      last[3] === digits &&
      code === last[1] + 1 &&
      unicode === last[2] + code - last[0] &&
      code >> 8 === last[0] >> 8;
    if (follows) last[1] = code;
    else ranges.push([code, code, unicode, digits]);
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
    for (const [from, to, unicode, digits] of section)
      lines.push(`<${hex(from, digits)}> <${hex(to, digits)}> ${unicode + BEYOND}`);
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

import { ESCAPED_EDGE, type Finding } from './finding.js';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
/** `__` of Markdown, which no word stands before. */
const EMPHASIS = '(?:^|[^A-Za-z0-9._-])_{1,3}';
const V4 = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9._-])|(?<=${ESCAPED_EDGE}|${EMPHASIS}))${OCTET}(?:\.${OCTET}){3}(?!_{0,3}[A-Za-z0-9]|[.-][A-Za-z0-9])`,
  'g',
);
/** Everybody has these: this machine, no address, masks. */
const NOBODY = /^(?:127\.|0\.|255\.)/;
/** Four numbers after these words are a version. */
const VERSION = /(?:\bv|version|release|build|sections?|chapter|clause|§|版本|版本号|章节|第)[ :：[*]{0,3}$/i;
const BEFORE = 16;
/** `ip:` before it, which is no group of it, as a letter that no hexadecimal number has tells; or `地址:`. */
const NAME = '(?:^|[^A-Za-z0-9:.])[A-Za-z0-9]{0,15}[G-Zg-z][A-Za-z0-9]{0,15}:';
const V6 = new RegExp(
  `(?:(?<![A-Za-z0-9:.])|(?<=${NAME}|[^\\x00-\\x7f]:)|(?<=${ESCAPED_EDGE}))(?!:[^:])[0-9A-Fa-f:]{6,39}(?![A-Za-z0-9:])`,
  'g',
);
const GROUP = /^[0-9A-Fa-f]{1,4}$/;

/** IPv4 and IPv6 addresses (RFC 4291), without those that name no machine. */
export function findAddresses(text: string): Finding<'ip-address'>[] {
  const found: Finding<'ip-address'>[] = [];
  if (hasThree(text, '.')) findV4(text, found);
  if (!hasThree(text, ':')) return found;
  for (const { 0: value, index } of text.matchAll(V6))
    if (isV6(value)) found.push({ start: index, end: index + value.length, kind: 'ip-address' });
  return found;
}

function findV4(text: string, found: Finding<'ip-address'>[]): void {
  for (const { 0: value, index } of text.matchAll(V4)) {
    if (NOBODY.test(value) || VERSION.test(text.slice(Math.max(0, index - BEFORE), index))) continue;
    found.push({ start: index, end: index + value.length, kind: 'ip-address' });
  }
}

/** Fewer has no address of either kind: looked for first, because that is a hundred times cheaper. */
function hasThree(text: string, sign: string): boolean {
  const first = text.indexOf(sign);
  const second = first < 0 ? -1 : text.indexOf(sign, first + 1);
  return second >= 0 && text.includes(sign, second + 1);
}

/** Eight groups, or fewer and one `::`; hardware addresses and times have neither. */
function isV6(value: string): boolean {
  const halves = value.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => GROUP.test(group))) return false;
  if (halves.length === 1) return groups.length === 8;
  return groups.length >= 3 && groups.length <= 7;
}

import type { Finding } from './finding.js';

/**
 * `RSA PRIVATE KEY`, `PGP PRIVATE KEY BLOCK` … (RFC 7468, RFC 4880), that of SSH2 (RFC 4716, with a blank and four hyphens), of any case;
 * encrypted ones count too.
 */
const label = (word: string): string =>
  `-----? ?${word} (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?(?:-----| ----)`;
/** Of PuTTY's first line as much as only a file has: prose may name the line, without a kind of key behind it. */
const BEGIN = `(?:${label('BEGIN')}|PuTTY-User-Key-File-[0-9]: (?:ssh-(?:rsa|e?d)|ecdsa))`;
/** PuTTY ends its files with a code of 40 places or more. */
const END = `(?:${label('END')}|Private-MAC: [0-9a-f]{40})`;
const HEX = '0123456789abcdefABCDEF';
const HEADER = new RegExp(BEGIN, 'gi');
const FOOTER = new RegExp(END, 'gi');

/** Longest first or last line of a key. */
export const LONGEST_LINE = 100;
export const KEY_HEADER = new RegExp(`${BEGIN}$`, 'i');
const KEY_FOOTER = new RegExp(`${END}$`, 'i');

/** Whether the first or last line of a key may end with this unit, the last of so many hyphens in a row. */
export function mayEndLine(unit: number, hyphens: number): boolean {
  return hyphens >= 4 || HEX.includes(String.fromCharCode(unit));
}

/** Whether a key ends with this unit; `near`: so many units up to it. */
export function endsKey(unit: number, hyphens: number, near: (length: number) => string): boolean {
  return mayEndLine(unit, hyphens) && KEY_FOOTER.test(near(LONGEST_LINE));
}

/** From a key's header to its footer; to the end of the text where the footer is missing. */
export function findPrivateKeys(text: string): Finding<'private-key'>[] {
  const found: Finding<'private-key'>[] = [];
  const header = new RegExp(HEADER);
  const footer = new RegExp(FOOTER);
  for (let match = header.exec(text); match; match = header.exec(text)) {
    footer.lastIndex = header.lastIndex;
    const end = footer.exec(text) ? footer.lastIndex : text.length;
    found.push({ start: match.index, end, kind: 'private-key' });
    header.lastIndex = end;
  }
  return found;
}

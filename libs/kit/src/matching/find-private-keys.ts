import type { Finding } from './finding.js';

/** `RSA PRIVATE KEY`, `PGP PRIVATE KEY BLOCK` … (RFC 7468, RFC 4880); encrypted ones count too. */
const HEADER = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const FOOTER = /-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;

/** Longest first or last line of a key. */
export const LONGEST_LINE = 100;
export const KEY_HEADER = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----$/;
export const KEY_FOOTER = /-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----$/;

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

import { isAlphanumeric, type Finding } from './finding.js';
import { isPlaceholder } from './placeholder.js';

/** Longest scheme and authority that are looked at (a host name has 253 characters at most). */
const SCHEME_LIMIT = 32;
const AUTHORITY_LIMIT = 1024;
const SEPARATOR = '://';
/** Ends the authority of a URL (RFC 3986), or the URL. */
const AUTHORITY_END = /[\s/?#"'`<>，。；、）]/;

/** URLs that carry a password: `postgres://user:password@host`, of any scheme. */
export function findConnectionStrings(text: string): Finding<'connection-string'>[] {
  const found: Finding<'connection-string'>[] = [];
  for (let at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, at + 1)) {
    const start = startOfScheme(text, at);
    if (start === at) continue;
    const from = at + SEPARATOR.length;
    const authority = authorityAt(text, from);
    // A password may hold an unescaped `@`: the last one is the border.
    const border = authority.lastIndexOf('@');
    const colon = authority.indexOf(':');
    if (border < 0 || colon < 0 || colon >= border) continue;
    const password = authority.slice(colon + 1, border);
    if (password === '' || isPlaceholder(password)) continue;
    found.push({ start, end: from + authority.length, kind: 'connection-string' });
  }
  return found;
}

function startOfScheme(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < SCHEME_LIMIT && isSchemeUnit(text.charCodeAt(start - 1))) start--;
  return start;
}

function authorityAt(text: string, start: number): string {
  const rest = text.slice(start, start + AUTHORITY_LIMIT);
  const end = rest.search(AUTHORITY_END);
  return end < 0 ? rest : rest.slice(0, end);
}

function isSchemeUnit(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2b || unit === 0x2d || unit === 0x2e;
}

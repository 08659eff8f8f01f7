import type { Finding } from './finding.js';
import { isPlaceholder } from './placeholder.js';
import { hasDrawnStretch, looksDrawn } from './token-shapes.js';

type CredentialKind = 'authorization' | 'password';

/** The header of RFC 9110 with its scheme, in any notation; group 1 is missing where the scheme stands alone. */
const SCHEME =
  /(authorization["'`\\]{0,3}[ \t]{0,3}(?:[:=,]|=>)[ \t]{0,3}["'`\\]{0,3}(?:bearer|basic|token|apikey|api-key)|\bbearer)[ \t]{1,3}/giu;
/** token68 of RFC 9110. */
const TOKEN68 = /[A-Za-z0-9._~+/=:-]{8,1024}/y;
const REST_OF_TOKEN68 = /[A-Za-z0-9._~+/=:-]+/y;
const SHORTEST_ALONE = 20;

/** `-u user:password` as curl reads it. */
const USER_OPTION =
  /(?<![A-Za-z0-9-])(?:-[uU]|--user|--proxy-user)(?:[ \t]{1,3}|=)?(["']?)[^\s"':]{1,128}:(?=[^\s"'])/g;
const QUOTED = { "'": /[^'\r\n]{1,256}(?=')/y, '"': /[^"\r\n]{1,256}(?=")/y, '': /[^\s"'`;|<>)]{1,256}/y };
/** How long a command may be before its option. */
const COMMAND = 512;
const SHORTEST_PASSWORD = 4;
/** Stand for a password in every manual. */
const EXAMPLES = new Set(['pass', 'test', 'user', 'pwd', 'passwd', 'mypass', 'mypassword']);

/** Credentials told by what stands before them: an `Authorization` header, the user of a curl command. */
export function findCredentials(text: string): Finding<CredentialKind>[] {
  return [...findAuthorizations(text), ...findCurlPasswords(text)];
}

function findAuthorizations(text: string): Finding<CredentialKind>[] {
  const found: Finding<CredentialKind>[] = [];
  const scheme = new RegExp(SCHEME);
  for (let match = scheme.exec(text); match; match = scheme.exec(text)) {
    const start = scheme.lastIndex;
    TOKEN68.lastIndex = start;
    const value = TOKEN68.exec(text)?.[0].replace(/[.:]{1,3}$/, '') ?? '';
    const alone = match[1]?.length === 'bearer'.length;
    const certain = alone
      ? value.length >= SHORTEST_ALONE && hasDrawnStretch(value)
      : looksDrawn(value) || isUserAndPassword(value);
    if (!certain || isPlaceholder(value)) continue;
    REST_OF_TOKEN68.lastIndex = start + value.length;
    const end = REST_OF_TOKEN68.test(text) ? REST_OF_TOKEN68.lastIndex : start + value.length;
    found.push({ start, end, kind: 'authorization' });
    scheme.lastIndex = end;
  }
  return found;
}

/** What RFC 7617 puts behind `Basic`. */
function isUserAndPassword(value: string): boolean {
  return /^[\x20-\x7e]{0,512}:[\x20-\x7e]{1,512}$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function findCurlPasswords(text: string): Finding<CredentialKind>[] {
  const found: Finding<CredentialKind>[] = [];
  for (const match of text.matchAll(USER_OPTION)) {
    if (!isOfCurl(text.slice(Math.max(0, match.index - COMMAND), match.index))) continue;
    const start = match.index + match[0].length;
    const value = QUOTED[match[1] === "'" || match[1] === '"' ? match[1] : ''];
    value.lastIndex = start;
    const password = value.exec(text)?.[0] ?? '';
    if (password.length < SHORTEST_PASSWORD || EXAMPLES.has(password) || isPlaceholder(password)) continue;
    found.push({ start, end: start + password.length, kind: 'password' });
  }
  return found;
}

/** On the line of the option, or on lines before it that a backslash continues. */
function isOfCurl(before: string): boolean {
  const at = before.toLowerCase().lastIndexOf('curl');
  return at >= 0 && !/[^\\\r]\r?\n/.test(before.slice(at));
}

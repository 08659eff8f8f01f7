import { isMixedWord } from './assigned-values.js';
import type { Finding } from './finding.js';
import { isElided, isPlaceholder } from './placeholder.js';
import { secretSigns, type SecretSigns } from './secret-signs.js';
import { hasDrawnStretch, looksDrawn } from './token-shapes.js';

type CredentialKind = 'authorization' | 'password';

/**
 * The header of RFC 9110 in any notation, with its scheme, which some services leave out; group 1 is missing where the
 * scheme stands alone.
 */
const SCHEME =
  /(authorization["'`\\]{0,3}[ \t]{0,3}(?:[:=,]|=>)[ \t]{0,3}["'`\\]{0,3}(?:(?:bearer|basic|token|api[-_]?key|api-token|bot|digest|key|oauth)[ \t]{1,3})?)|\bbearer[ \t]{1,3}/iuy;
/** token68 of RFC 9110. */
const TOKEN68 = /[A-Za-z0-9._~+/=:@-]{8,1024}/y;
const REST_OF_TOKEN68 = /[A-Za-z0-9._~+/=:@-]+/y;
const SHORTEST_ALONE = 20;
const SHORTEST_VALUE = 8;

/** `-u user:password` as curl reads it; either part may be quoted on its own, and one of them may be missing. */
const USER_OPTION =
  /(?<![A-Za-z0-9-])(?:-[uU]|--user|--proxy-user)(?:[ \t]{1,3}|=)?(["']?)[^\s"':]{0,128}(?:(["']):["']|:(["']?))(?=[^\s"'])/g;
/** The key as the user, without a password: `-u "key:"`. */
const USER_ALONE = /(?<![A-Za-z0-9-])(?:-[uU]|--user)(?:[ \t]{1,3}|=)?["']?([^\s"':]{8,128}):(?=["'\s]|$)/g;
const QUOTED = {
  "'": /[^'\r\n]{1,256}(?=')/y,
  '"': /[^"\r\n]{1,256}(?=")/y,
  '': /[!#-&(*-:=?-_a-{}~]{1,256}/y,
};
/** Programs that take a password as an option: `mysql -psecret`, `sshpass -p secret`. */
const PROGRAM = /mysql|mariadb|sshpass|redis[ _-]cli|docker[ _-]login/iy;
/** How far behind the program's name the value may begin; what a stream looks back for it. */
const PROGRAM_REACH = 36;
const PASSWORD_OPTION = /[ \t]-(?:p(?:[ \t](?!-))?|a[ \t])["']?(?=[^\s"'])/g;
/** How long a command may be before its option. */
const COMMAND = 512;
const SHORTEST_PASSWORD = 4;
/** Stand for a password in every manual. */
const EXAMPLES = new Set(['pass', 'test', 'user', 'pwd', 'passwd', 'mypass', 'mypassword']);

/** Credentials told by what stands before them: an `Authorization` header, the user of a curl command, and the like. */
export function findCredentials(text: string, since = 0): Finding<CredentialKind>[] {
  return findCredentialsAt(text, secretSigns(text), since);
}

/** The same, where it is known at which places what stands before them begins. */
export function findCredentialsAt(
  text: string,
  { credentials, curls }: Pick<SecretSigns, 'credentials' | 'curls'>,
  since = 0,
): Finding<CredentialKind>[] {
  return [
    ...findAuthorizations(text, credentials),
    ...findCurlPasswords(text, curls, since),
    ...findCommandPasswords(text, credentials),
  ];
}

function findAuthorizations(text: string, places: readonly number[]): Finding<CredentialKind>[] {
  const found: Finding<CredentialKind>[] = [];
  let next = 0;
  for (const place of places) {
    if (place < next) continue;
    SCHEME.lastIndex = place;
    const match = SCHEME.exec(text);
    if (!match) continue;
    const start = (next = place + match[0].length);
    TOKEN68.lastIndex = start;
    const value = TOKEN68.exec(text)?.[0].replace(/[.:]{1,3}$/, '') ?? '';
    const certain = match[1]
      ? isCredential(value) || isUserAndPassword(value)
      : value.length >= SHORTEST_ALONE && hasDrawnStretch(value);
    if (!certain || isPlaceholder(value) || isElided(text, start + value.length)) continue;
    REST_OF_TOKEN68.lastIndex = start + value.length;
    const end = REST_OF_TOKEN68.test(text) ? REST_OF_TOKEN68.lastIndex : start + value.length;
    found.push({ start, end, kind: 'authorization' });
    next = end;
  }
  return found;
}

/** Drawn, and no word of a sentence about the header. */
function isCredential(value: string): boolean {
  return looksDrawn(value) && value.length >= SHORTEST_VALUE;
}

/** What RFC 7617 puts behind `Basic`. */
function isUserAndPassword(value: string): boolean {
  return /^[\x20-\x7e]{0,512}:[\x20-\x7e]{1,512}$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function findCurlPasswords(text: string, curls: readonly number[], since: number): Finding<CredentialKind>[] {
  const found: Finding<CredentialKind>[] = [];
  if (curls.length === 0) return found;
  const isOfCurl = curlCommands(text, curls);
  for (const match of text.matchAll(USER_OPTION)) {
    if (!isOfCurl(match.index)) continue;
    const start = match.index + match[0].length;
    // Quoted as a whole, blanks belong to it; quoted on its own, it is read without blanks.
    const whole = match[2] === undefined && !match[3] && (match[1] === "'" || match[1] === '"');
    const value = QUOTED[whole ? (match[1] as "'" | '"') : ''];
    value.lastIndex = start;
    const password = value.exec(text)?.[0] ?? '';
    if (start + password.length < since) continue;
    if (password.length < SHORTEST_PASSWORD || EXAMPLES.has(password)) continue;
    // Braces may belong to what an interface hands out, or stand for a variable.
    if (isPlaceholder(isMixedWord(password) ? password.replace(/^\{/, '') : password)) continue;
    found.push({ start, end: start + password.length, kind: 'password' });
  }
  const isOfCurlToo = curlCommands(text, curls);
  for (const match of text.matchAll(USER_ALONE)) {
    const { 0: all, 1: user = '', index } = match;
    if (!looksDrawn(user) || isPlaceholder(user) || !isOfCurlToo(index)) continue;
    const end = index + all.length - 1;
    found.push({ start: end - user.length, end, kind: 'password' });
  }
  return found;
}

function findCommandPasswords(text: string, places: readonly number[]): Finding<CredentialKind>[] {
  const found: Finding<CredentialKind>[] = [];
  for (const place of places) {
    PROGRAM.lastIndex = place;
    const program = PROGRAM.exec(text)?.[0];
    if (program === undefined) continue;
    const from = place + program.length;
    const options = /^[^\r\n|;&]*/.exec(text.slice(from, from + PROGRAM_REACH + 1))?.[0] ?? '';
    for (const { 0: option, index: at } of options.matchAll(PASSWORD_OPTION)) {
      const start = from + at + option.length;
      if (at + option.length > PROGRAM_REACH) break;
      QUOTED[''].lastIndex = start;
      const password = QUOTED[''].exec(text)?.[0] ?? '';
      if (!isMixedWord(password) || isPlaceholder(password)) continue;
      found.push({ start, end: start + password.length, kind: 'password' });
    }
  }
  return found;
}

/**
 * Whether a place, asked for in order, belongs to a command of curl: on its line, or on lines after it that a backslash
 * continues. Every line is looked at once.
 */
function curlCommands(text: string, starts: readonly number[]): (at: number) => boolean {
  const lineEnd = /[^\\\r]\r?\n/g;
  let next = 0;
  let start = -1;
  let end = -1;
  return (at) => {
    for (; next < starts.length && (starts[next] ?? at) < at; next++) {
      start = starts[next] ?? at;
      if (start < end) continue;
      lineEnd.lastIndex = start;
      end = lineEnd.test(text) ? lineEnd.lastIndex : text.length;
    }
    return start >= 0 && at < end && at - start <= COMMAND;
  };
}

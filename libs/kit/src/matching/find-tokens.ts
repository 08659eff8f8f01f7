import { isAlphanumeric, type Finding } from './finding.js';

type TokenKind = 'aws-access-key' | 'github-token' | 'slack-token' | 'jwt';

interface TokenShape {
  readonly kind: TokenKind;
  readonly prefixes: readonly string[];
  /** What follows the prefix: that many of these characters, and then no further one. */
  readonly body: RegExp;
}

/** Prefixes and lengths as the providers publish them; upper bounds keep every attempt short. */
const SHAPES: readonly TokenShape[] = [
  {
    kind: 'aws-access-key',
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    body: /[A-Z0-9]{16}(?![A-Za-z0-9])/y,
  },
  {
    kind: 'github-token',
    prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    body: /[A-Za-z0-9]{36,251}(?![A-Za-z0-9])/y,
  },
  { kind: 'github-token', prefixes: ['github_pat_'], body: /[A-Za-z0-9_]{22,244}(?![A-Za-z0-9_])/y },
  {
    kind: 'slack-token',
    prefixes: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    body: /[A-Za-z0-9-]{10,250}(?![A-Za-z0-9-])/y,
  },
];
const SLACK_HOOK =
  /https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{16,40}/g;
/** Both parts are JSON objects in base64url, which begin `{"`; RFC 7519. */
const JWT_PART = 'eyJ';

/** Tokens that can be told by their shape alone. */
export function findTokens(text: string): Finding<TokenKind>[] {
  const found: Finding<TokenKind>[] = [];
  for (const match of text.matchAll(SLACK_HOOK)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind: 'slack-token' });
  }
  for (let i = 0, before = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isAlphanumeric(unit) && !isAlphanumeric(before)) {
      const token = tokenAt(text, i) ?? (isJwtPart(before) ? undefined : jwtAt(text, i));
      if (token) found.push(token);
    }
    before = unit;
  }
  return found;
}

function tokenAt(text: string, start: number): Finding<TokenKind> | undefined {
  for (const { kind, prefixes, body } of SHAPES) {
    const prefix = prefixes.find((candidate) => text.startsWith(candidate, start));
    if (prefix === undefined) continue;
    body.lastIndex = start + prefix.length;
    if (body.test(text)) return { start, end: body.lastIndex, kind };
  }
  return undefined;
}

/** header.payload.signature; the signature may be empty (`alg: none` is a token all the same). */
function jwtAt(text: string, start: number): Finding<'jwt'> | undefined {
  if (!text.startsWith(JWT_PART, start)) return undefined;
  const header = endOfPart(text, start);
  if (text[header] !== '.' || !text.startsWith(JWT_PART, header + 1)) return undefined;
  const payload = endOfPart(text, header + 1);
  if (text[payload] !== '.') return undefined;
  return { start, end: endOfPart(text, payload + 1), kind: 'jwt' };
}

function endOfPart(text: string, start: number): number {
  let end = start;
  while (end < text.length && isBase64Url(text.charCodeAt(end))) end++;
  return end;
}

function isBase64Url(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 0x2d || unit === 0x5f;
}

/** Inside a run of parts nothing begins: each part is then read once at most, whatever the text. */
function isJwtPart(unit: number): boolean {
  return isBase64Url(unit) || unit === 0x2e;
}

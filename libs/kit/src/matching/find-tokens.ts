import { findJwts } from './find-jwts.js';
import { isAlphanumeric, type Finding } from './finding.js';
import { RUN, SHAPES, type ShapedKind } from './token-shapes.js';

export type TokenKind = ShapedKind | 'aws-secret-key' | 'jwt' | 'webhook';

const SLACK_HOOK =
  /https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{16,40}/g;
/** Robots of DingTalk, Feishu, Lark and WeCom, Discord and Telegram; a shared access signature of Azure. */
const OTHER_HOOKS =
  /https:\/\/(?:oapi\.dingtalk\.com\/robot\/send\?access_token=[0-9a-f]{64}|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/[0-9]{17,20}\/[A-Za-z0-9_-]{60,80}|api\.telegram\.org\/bot[0-9]{8,10}:[A-Za-z0-9_-]{35})|(?<=[?&]sig=)[A-Za-z0-9%+/]{43,64}(?:%3[Dd]|=)/g;
/** How far behind its id a secret access key is looked for; alone it has no shape of its own. */
const AWS_REACH = 120;
const AWS_SECRET = 40;
const AWS_SECRETS = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;
const PREFIX_STARTS = new Set(
  SHAPES.flatMap(({ prefixes }) => prefixes.map((prefix) => prefix.charCodeAt(0))),
);

/** Tokens that can be told by their shape alone, and the secret that belongs to an AWS access key. */
export function findTokens(text: string): Finding<TokenKind>[] {
  const found: Finding<TokenKind>[] = findJwts(text);
  for (const match of text.matchAll(SLACK_HOOK)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind: 'slack-token' });
  }
  for (const match of text.matchAll(OTHER_HOOKS)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind: 'webhook' });
  }
  for (let i = 0; i < text.length; i++) {
    if (!PREFIX_STARTS.has(text.charCodeAt(i)) || isInsideWord(text, i)) continue;
    const token = tokenAt(text, i);
    if (!token) continue;
    found.push(token);
    if (token.kind === 'aws-access-key') found.push(...awsSecretsAfter(text, token.end));
    i = token.end - 1;
  }
  return found;
}

/** After a letter or digit, unless that is the letter of `\n`, `\r` or `\t` in a text with escapes. */
function isInsideWord(text: string, at: number): boolean {
  if (!isAlphanumeric(text.charCodeAt(at - 1))) return false;
  return text[at - 2] !== '\\' || !'nrt'.includes(text[at - 1] ?? '.');
}

function tokenAt(text: string, start: number): Finding<ShapedKind> | undefined {
  for (const { kind, prefixes, body, drawn } of SHAPES) {
    const prefix = prefixes.find((candidate) => text.startsWith(candidate, start));
    if (prefix === undefined) continue;
    const from = start + prefix.length;
    body.lastIndex = from;
    if (!body.test(text)) continue;
    const end = body.lastIndex;
    if (drawn && !drawn(text.slice(from, end))) continue;
    return { start, end: kind === 'aws-access-key' ? end : endOfRun(text, end), kind };
  }
  return undefined;
}

function endOfRun(text: string, at: number): number {
  RUN.lastIndex = at;
  return RUN.test(text) ? RUN.lastIndex : at;
}

/** Both cases and a digit: a hash in hexadecimal, which has the same length, never has them. */
function awsSecretsAfter(text: string, from: number): Finding<'aws-secret-key'>[] {
  const found: Finding<'aws-secret-key'>[] = [];
  // One unit more than the longest, so that what is cut off is not taken for a whole.
  const near = text.slice(from, from + AWS_REACH + AWS_SECRET + 1);
  for (const { 0: value, index } of near.matchAll(AWS_SECRETS)) {
    if (index > AWS_REACH || !/[A-Z]/.test(value) || !/[a-z]/.test(value) || !/[0-9]/.test(value)) continue;
    found.push({ start: from + index, end: from + index + value.length, kind: 'aws-secret-key' });
  }
  return found;
}

import { findJwts } from './find-jwts.js';
import { findMarkedTokens } from './find-marked-tokens.js';
import { findWebhooks } from './find-webhooks.js';
import type { Finding } from './finding.js';
import { isDummy } from './placeholder.js';
import { ADDRESS, JWT, secretSigns, SIGNATURE, SLACK, type SecretSigns } from './secret-signs.js';
import { RUN, SHAPES, type ShapedKind, type TokenShape } from './token-shapes.js';

export type TokenKind = ShapedKind | 'aws-secret-key' | 'jwt' | 'webhook';

/** How far behind its id a secret access key is looked for; alone it has no shape of its own. */
const AWS_REACH = 120;
const AWS_SECRET = 40;
const AWS_SECRETS = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;
/** Shapes by the first two units of a prefix, the longer prefix first. */
const BY_START = new Map<number, { prefix: string; shape: TokenShape }[]>();
for (const shape of SHAPES)
  for (const prefix of shape.prefixes) {
    const key = startOf(prefix, 0);
    const rows = BY_START.get(key) ?? [];
    rows.push({ prefix, shape });
    BY_START.set(
      key,
      rows.sort((a, b) => b.prefix.length - a.prefix.length),
    );
  }
function startOf(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

/** Tokens that can be told by their shape alone, and the secret that belongs to an AWS access key. */
export function findTokens(text: string): Finding<TokenKind>[] {
  return findTokensAt(text, secretSigns(text));
}

/** The same, where it is known what may stand in the text. */
export function findTokensAt(text: string, { signs, tokens }: SecretSigns): Finding<TokenKind>[] {
  let found: Finding<TokenKind>[] = [];
  if ((signs & JWT) !== 0) found = found.concat(findJwts(text));
  if ((signs & (ADDRESS | SIGNATURE | SLACK)) !== 0) found = found.concat(findWebhooks(text));
  found = found.concat(findMarkedTokens(text, signs));
  let next = 0;
  for (const at of tokens) {
    const token = at < next ? undefined : tokenAt(text, at);
    if (!token) continue;
    found.push(token);
    if (token.kind === 'aws-access-key') found.push(...awsSecretsAfter(text, token.end));
    next = token.end;
  }
  return found;
}

function tokenAt(text: string, start: number): Finding<ShapedKind> | undefined {
  for (const { prefix, shape } of BY_START.get(startOf(text, start)) ?? []) {
    if (!text.startsWith(prefix, start)) continue;
    const { kind, body, drawn } = shape;
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
    if (isDummy(value)) continue;
    found.push({ start: from + index, end: from + index + value.length, kind: 'aws-secret-key' });
  }
  return found;
}

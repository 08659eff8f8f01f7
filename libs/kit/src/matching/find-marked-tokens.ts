import type { Finding } from './finding.js';
import { looksDrawn } from './token-shapes.js';

/** A mark that is looked for first, and the token around it; every repetition is bounded. */
const MARKED: readonly (readonly [mark: string, token: RegExp])[] = [
  // Client secrets of Microsoft Entra ID.
  ['Q~', /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/g],
  // App and secret of Facebook.
  ['|', /(?<![A-Za-z0-9])[0-9]{15,16}\|[0-9A-Za-z_-]{27,40}(?![A-Za-z0-9])/g],
  // Robots of Telegram.
  [':AA', /(?<![A-Za-z0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33}(?![A-Za-z0-9_-])/g],
  // Zhipu: id and secret.
  ['.', /(?<![A-Za-z0-9])[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![A-Za-z0-9.])/g],
  // Mailgun, Asana, HashiCorp, MaxMind, OpenShift, New Relic, Airtable.
  ['-', /(?<![A-Za-z0-9])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![A-Za-z0-9-])/g],
  ['/', /(?<![A-Za-z0-9])[0-9]\/[0-9]{16}(?:\/[0-9]{16})?:[A-Za-z0-9]{32}(?![A-Za-z0-9])/g],
  ['.atlasv1.', /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/g],
  ['_mmk', /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![A-Za-z0-9])/g],
  ['sha256~', /(?<![A-Za-z0-9])sha256~[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g],
  ['NRAL', /(?<![A-Za-z0-9])(?:[0-9a-f]{32}|eu01xx[0-9a-f]{26})FFFFNRAL(?![A-Za-z0-9])/g],
  ['.v1.eyJ', /(?<![A-Za-z0-9])[A-Za-z0-9]{12,24}\.v1\.eyJ[A-Za-z0-9_-]{40,1000}\.[0-9a-f]{32,128}/g],
  ['_secret_', /(?<![A-Za-z0-9])(?:pi|seti)_[A-Za-z0-9]{16,30}_secret_[A-Za-z0-9]{20,30}/g],
  [
    '.acc',
    /(?<![A-Za-z0-9])(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][A-Za-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}/g,
  ],
];

/** Tokens that are told by something in their middle or at their end. */
export function findMarkedTokens(text: string): Finding<'provider-token'>[] {
  return MARKED.flatMap(([mark, token]) => {
    if (!text.includes(mark)) return [];
    return Array.from(text.matchAll(token), ({ 0: value, index }) => ({ value, index }))
      .filter(({ value }) => looksDrawn(value))
      .map(({ value, index }) => ({
        start: index,
        end: index + value.length,
        kind: 'provider-token' as const,
      }));
  });
}

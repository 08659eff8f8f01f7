import type { Finding } from './finding.js';
import { mayHoldMark } from './secret-signs.js';
import { looksDrawn } from './token-shapes.js';

const WORD = /[A-Za-z0-9_~.]/;
const DIGITS = /[0-9]/;
const HEX = /[0-9a-f]/;

/**
 * A mark that many texts have, how far before it the token may begin, what stands there, and the token; every
 * repetition is bounded.
 */
const COMMON: readonly (readonly [mark: string, before: readonly number[], of: RegExp, token: RegExp])[] = [
  // Client secrets of Microsoft Entra ID.
  ['Q~', [4], WORD, /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])/y],
  // App and secret of Facebook.
  ['|', [15, 16], DIGITS, /(?<![A-Za-z0-9])[0-9]{15,16}\|[0-9A-Za-z_-]{27,40}(?![A-Za-z0-9])/y],
  // Robots of Telegram.
  [':AA', [8, 9, 10], DIGITS, /(?<![A-Za-z0-9])[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33}(?![A-Za-z0-9_-])/y],
  // Zhipu: id and secret.
  ['.', [32], HEX, /(?<![A-Za-z0-9])[0-9a-f]{32}\.[A-Za-z0-9]{16}(?![A-Za-z0-9.])/y],
  // Mailgun, Asana, HashiCorp, MaxMind, OpenShift, New Relic, Airtable.
  ['-', [32], HEX, /(?<![A-Za-z0-9])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![A-Za-z0-9-])/y],
  ['/', [1], DIGITS, /(?<![A-Za-z0-9])[0-9]\/[0-9]{16}(?:\/[0-9]{16})?:[A-Za-z0-9]{32}(?![A-Za-z0-9])/y],
];
/** The same, with the units that may stand before the mark as a table. */
const TABLES = COMMON.map(([mark, before, of, token], index) => ({
  index,
  mark,
  before,
  least: Math.min(...before),
  isOf: Uint8Array.from({ length: 0x80 }, (_, unit) => (of.test(String.fromCharCode(unit)) ? 1 : 0)),
  token,
}));
/** A mark that few texts have, and the token around it. */
const RARE: readonly (readonly [mark: string, token: RegExp])[] = [
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

/** Tokens that are told by something in their middle or at their end; `signs` as `secretSigns` has them. */
export function findMarkedTokens(text: string, signs: number): Finding<'provider-token'>[] {
  const found: Finding<'provider-token'>[] = [];
  const note = (value: string, start: number): void => {
    if (looksDrawn(value)) found.push({ start, end: start + value.length, kind: 'provider-token' });
  };
  for (const { index, mark, before, least, isOf, token } of TABLES) {
    if (!mayHoldMark(signs, index)) continue;
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      // Most marks stand behind a word: asking the pattern costs more.
      let from = at;
      while (from > at - least && (isOf[text.charCodeAt(from - 1)] ?? 0) === 1) from--;
      if (from > at - least) continue;
      for (const distance of before) {
        token.lastIndex = at - distance;
        const [value] = (at >= distance && token.exec(text)) || [];
        if (value === undefined) continue;
        note(value, at - distance);
        at += value.length - distance - 1;
        break;
      }
    }
  }
  for (const [index, [mark, token]] of RARE.entries())
    if (mayHoldMark(signs, COMMON.length + index) && text.includes(mark))
      for (const { 0: value, index: at } of text.matchAll(token)) note(value, at);
  return found;
}

/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { knownByLeet, LEET_LETTER } from './lexicon.js';
import type { MappedText } from './mapped-text.js';
import { type Piece, splice } from './splice.js';

/** A token of letters and of what is written for letters; ends with no mark of a sentence. */
const TOKEN = /[a-z0-9@$!|+€£¥¢]*[a-z0-9@$€£¥¢]/gi;
const TOKEN_MAX = 24;

/** Digits and signs as the letters that they are written for: those of a known word, else the usual ones. */
export function guessLeet(source: MappedText): MappedText | undefined {
  return splice(source, plainTokens(source.text));
}

function* plainTokens(text: string): Generator<Piece> {
  for (const { index, 0: token } of text.matchAll(TOKEN)) {
    if (token.length > TOKEN_MAX || !/[a-z]/i.test(token) || /^[a-z]+$/i.test(token)) continue;
    const plain = knownByLeet(token) ?? plainOf(token);
    yield { start: index, end: index + token.length, text: plain };
  }
}

function plainOf(token: string): string {
  let plain = '';
  for (const sign of token) {
    const letter = LEET_LETTER[sign.charCodeAt(0)]!;
    plain += /[a-z]/i.test(sign) || letter === 0 ? sign : String.fromCharCode(96 + letter);
  }
  return plain;
}

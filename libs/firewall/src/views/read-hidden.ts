/* eslint-disable no-misleading-character-class -- the characters that combine are what is looked for */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
import { textOfBits } from './decode-hex.js';
import { MapBuilder, type MappedText } from './mapped-text.js';
import { isLanguage, textOfBytes } from './text-like.js';
import type { ViewKind } from './view-kinds.js';

/** Tag characters, each an ASCII character that nobody sees. */
const TAG = 0xe0000;
/** Selectors of variants: 16 and 240 more, so one for each byte. */
const SELECTORS = 0xfe00;
const MORE_SELECTORS = 0xe0100;
const LEAST = 4;
/** Three kinds of invisible characters are two digits and a gap; more spell in another way. */
const DIGITS_MAX = 3;

export interface Hidden {
  readonly text: MappedText;
  readonly kind: ViewKind;
}

/** What invisible characters spell: in tags, in selectors of variants, in two kinds of zero-width characters. */
export function readHidden(source: MappedText): Hidden[] {
  const found: Hidden[] = [];
  const { text } = source;
  if (/\udb40[\udc20-\udc7e]/.test(text)) add(found, tagged(source), 'tags');
  if (/(?:[\ufe00-\ufe0f]|\udb40[\udd00-\uddef]){4}/.test(text))
    add(found, selected(source), 'variation-selectors');
  if (ZERO_WIDTH_RUN.test(text)) add(found, zeroWidth(source), 'zero-width');
  return found;
}

const ZERO_WIDTH_RUN = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e\u034f\u202a-\u202e]{8}/;
const ZERO_WIDTH = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e\u034f\u202a-\u202e]+/g;

function add(found: Hidden[], text: MappedText | undefined, kind: ViewKind): void {
  if (text) found.push({ text, kind });
}

function tagged(source: MappedText): MappedText | undefined {
  const builder = new MapBuilder(source);
  let last = -1;
  for (const { index } of source.text.matchAll(/\udb40[\udc20-\udc7e]/g)) {
    if (last >= 0 && index !== last) builder.put(' ', last - 2, last);
    builder.put(String.fromCharCode(source.text.codePointAt(index)! - TAG), index, index + 2);
    last = index + 2;
  }
  return builder.length >= LEAST ? builder.finish() : undefined;
}

function selected(source: MappedText): MappedText | undefined {
  const builder = new MapBuilder(source);
  for (const { index, 0: run } of source.text.matchAll(/(?:[\ufe00-\ufe0f]|\udb40[\udd00-\uddef]){4,}/g)) {
    const bytes = Uint8Array.from([...run].map((character) => byteOf(character.codePointAt(0)!)));
    const read =
      textOfBytes(bytes) ?? textOfBytes(bytes.map((byte) => byte - 16)) ?? textOfBytes(pairs(bytes));
    if (read !== undefined) builder.put(`${read} `, index, index + run.length);
  }
  return builder.length > 0 ? builder.finish() : undefined;
}

/** The usual encoding has the first 16 selectors for the bytes 0 to 15 and the others from 16 on. */
function byteOf(codePoint: number): number {
  return codePoint >= MORE_SELECTORS ? codePoint - MORE_SELECTORS + 16 : codePoint - SELECTORS;
}

/** Two digits of 16 a byte. */
function pairs(bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(bytes.length >> 1);
  for (let i = 0; i < joined.length; i++) joined[i] = (bytes[2 * i]! << 4) | (bytes[2 * i + 1]! & 15);
  return joined;
}

/** Bits in two invisible characters; a third may part them. All of the text, as they may stand between its letters. */
function zeroWidth(source: MappedText): MappedText | undefined {
  const runs = [...source.text.matchAll(ZERO_WIDTH)];
  const [first, last] = [runs[0]!, runs.at(-1)!];
  const signs = runs.map(([run]) => run).join('');
  const kinds = [...new Set(signs)];
  if (kinds.length < 2 || kinds.length > DIGITS_MAX) return undefined;
  for (const zero of kinds)
    for (const one of kinds) {
      if (zero === one) continue;
      let bits = '';
      for (const sign of signs) bits += sign === zero ? '0' : sign === one ? '1' : '';
      const read = textOfBits(bits);
      if (read === undefined || !isLanguage(read)) continue;
      const builder = new MapBuilder(source);
      builder.put(read, first.index, last.index + last[0].length);
      return builder.finish();
    }
  return undefined;
}

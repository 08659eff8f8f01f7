import { describe, expect, it } from '@jest/globals';
import { DETECTOR_KINDS } from './detector-kinds.js';
import { FoldingDetectorCursor } from './folding-detector-cursor.js';

/** What is withheld, and that none of it was shown before. */
function read(text: string, pieces: readonly string[]): string[] {
  const cursor = new FoldingDetectorCursor(new Set(DETECTOR_KINDS));
  const found = new Map<number, string>();
  let shown = 0;
  const report = (kind: string, start: number, end: number): boolean => {
    expect(start).toBeGreaterThanOrEqual(Math.min(shown, ...found.keys()));
    if (!found.has(start)) expect(start).toBeGreaterThanOrEqual(shown);
    found.set(start, `${kind.replace(/^.*?\./, '')} ${text.slice(start, end)}`);
    return false;
  };
  let length = 0;
  for (const piece of pieces) {
    cursor.feed(piece, report);
    length += piece.length;
    expect(cursor.position).toBe(length);
    expect(cursor.undecidedFrom()).toBeGreaterThanOrEqual(shown);
    shown = cursor.undecidedFrom();
  }
  cursor.finish(report);
  expect(cursor.position).toBe(text.length);
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
}

const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const split = (text: string, by: string) => text.replace(/(\d{3})(?=\d)/g, `$1${by}`);
const MOBILE = '13812345678';
const HEADER = ['-----BEGIN ', 'PRIVATE KEY-----'].join('');

describe('FoldingDetectorCursor', () => {
  it.each([
    [`手机${wide(MOBILE)}。`, [`cn-mobile ${wide(MOBILE)}`]],
    [`卡４１１１ １１１１-1111－１１１１`, ['bank-card ４１１１ １１１１-1111－１１１１']],
    [wide('jo.doe@example.com'), [`email ${wide('jo.doe@example.com')}`]],
    [wide('AKIAQ3EGTZ5PNRX7WL2K'), [`token ${wide('AKIAQ3EGTZ5PNRX7WL2K')}`]],
    [wide('203.0.113.57'), [`ip-address ${wide('203.0.113.57')}`]],
    ['4111\u00a01111\u202f1111\u30001111', ['bank-card 4111\u00a01111\u202f1111\u30001111']],
    ['138\u20111234\u20135678', ['cn-mobile 138\u20111234\u20135678']],
    ['138.1234.5678', ['cn-mobile 138.1234.5678']],
    [
      `a ${split(MOBILE, '\u200b')}\u200b, ${split('4111111111111111', '\u00ad\u2060')}.`,
      [`cn-mobile ${split(MOBILE, '\u200b')}`, `bank-card ${split('4111111111111111', '\u00ad\u2060')}`],
    ],
    [`${split(MOBILE, '\u3164')}。`, [`cn-mobile ${split(MOBILE, '\u3164')}`]],
    // What is not seen parts a word from what follows, as before.
    [`see\u200b${MOBILE}\u200band`, [`cn-mobile ${MOBILE}`]],
    [`\ufeff${MOBILE}\u200b`, [`cn-mobile ${MOBILE}`]],
    [`1\u200b2 ${MOBILE}`, [`cn-mobile ${MOBILE}`]],
    [`1\u200b2 ${HEADER}\n1\u200b2\u200b3\u00a0`, [`private-key ${HEADER}\n1\u200b2\u200b3\u00a0`]],
    ['３.14 １２３ － 第５章', []],
    ['①③⑧①②③④⑤⑥⑦⑧ ❶❸❽⓵⓶⓷⓸⓹⓺⓻⓼', ['cn-mobile ①③⑧①②③④⑤⑥⑦⑧', 'cn-mobile ❶❸❽⓵⓶⓷⓸⓹⓺⓻⓼']],
    ['١٣٨١٢٣٤٥٦٧٨', ['cn-mobile ١٣٨١٢٣٤٥٦٧٨']],
    ['𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', ['cn-mobile 𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖']],
    ['1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣', ['cn-mobile 1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8']],
    ['138·1234·5678 138•1234•5678', ['cn-mobile 138·1234·5678', 'cn-mobile 138•1234•5678']],
    // Beside a number they are marks of a list.
    [`①${MOBILE} ②${MOBILE}① 3·15 ⑩`, [`cn-mobile ${MOBILE}`, `cn-mobile ${MOBILE}`]],
    ['bob\\@corp\\.example', ['email bob\\@corp\\.example']],
  ])('%j', (text, expected) => {
    expect(read(text, [text])).toEqual(expected);
    expect(read(text, text.split(''))).toEqual(expected);
    for (let at = 1; at < text.length; at++)
      expect(read(text, [text.slice(0, at), text.slice(at)])).toEqual(expected);
  });

  it('keeps no places of what has been shown', () => {
    const cursor = new FoldingDetectorCursor(new Set(DETECTOR_KINDS));
    const seen: number[][] = [];
    const report = (_: string, start: number, end: number) => seen.push([start, end]) === 0;
    for (let i = 0; i < 1_000; i++) cursor.feed(`1\u200b2 word ${MOBILE} `, report);
    cursor.finish(report);
    expect(seen).toHaveLength(1_000);
    expect(seen.at(-1)).toEqual([999 * 21 + 9, 999 * 21 + 20]);
    expect(JSON.stringify(cursor).length).toBeLessThan(10_000);
  });
});

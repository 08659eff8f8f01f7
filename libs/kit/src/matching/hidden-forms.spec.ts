import { describe, expect, it } from '@jest/globals';
import { DETECTOR_KINDS } from './detector-kinds.js';
import { FoldingDetectorCursor } from './folding-detector-cursor.js';

/** What is withheld, and that none of it was shown before. */
function read(text: string, pieces: readonly string[]): string[] {
  const cursor = new FoldingDetectorCursor(new Set(DETECTOR_KINDS));
  const found: { start: number; end: number; kind: string }[] = [];
  let shown = 0;
  const report = (kind: string, start: number, end: number): boolean => {
    const growing = found.find((one) => one.start === start && one.kind === kind);
    if (growing) growing.end = end;
    else {
      if (start < shown)
        throw new Error(`${kind} at ${start} was shown up to ${shown}: ${text.slice(start, end)}`);
      found.push({ start, end, kind });
    }
    return false;
  };
  let length = 0;
  for (const piece of pieces) {
    cursor.feed(piece, report);
    length += piece.length;
    expect(cursor.position).toBe(length);
    expect(cursor.undecidedFrom()).toBeGreaterThanOrEqual(shown);
    shown = Math.min(cursor.undecidedFrom(), length);
  }
  cursor.finish(report);
  expect(cursor.position).toBe(text.length);
  return found
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1))
    .map((one) => `${one.kind.replace(/^.*?\./, '')} ${text.slice(one.start, one.end)}`);
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const GITHUB = ['ghp_16C7e42F292c6912', 'E7710c', '838347Ae178B4a'] as const;
const AWS = ['AKIAQ3EGTZ', '5PNRX7WL2K'] as const;
const JSON_DATABASE = ['postgres:', '\\/\\/app:S3cr3tPw@db.internal:5432'].join('');
const HIDDEN: readonly [string, readonly string[]][] = [
  ...['**', '\u200b', '\u2060', '`', '~~', '__', '*\u200b*', '\u00ad'].map((by): [string, string[]] => [
    `Use ${GITHUB.join(by)} now.`,
    [`token ${GITHUB.join(by)}`],
  ]),
  ['Card 4111 1111 **1111** 1111', ['bank-card 4111 1111 **1111** 1111']],
  ['Card **4111** 1111 1111 **1111**.', ['bank-card 4111** 1111 1111 **1111']],
  ['DE89 3704 *0044* 0532 0130 00', ['iban DE89 3704 *0044* 0532 0130 00']],
  ['GB82 *WEST* 1234 5698 7654 32', ['iban GB82 *WEST* 1234 5698 7654 32']],
  ['手机138**1234**5678。', ['cn-mobile 138**1234**5678']],
  ['手机138`1234`5678。', ['cn-mobile 138`1234`5678']],
  // The first reading sees an address in it, the second one all of it.
  [`{"db":"${JSON_DATABASE}\\/x"}`, [`connection-string ${JSON_DATABASE}`, 'email S3cr3tPw@db.internal']],
  ['to bob\\u0040corp.example, please', ['email bob\\u0040corp.example']],
  ['to bob\\x40corp.example, please', ['email bob\\x40corp.example']],
  ['to bob&#64;corp.example, please', ['email bob&#64;corp.example']],
  ['to bob&#x40;corp.example, please', ['email bob&#x40;corp.example']],
  [
    'to \\u0062ob@corp.exampl\\u0065, please',
    ['email \\u0062ob@corp.exampl\\u0065', 'email u0062ob@corp.exampl'],
  ],
  ['to bob@\u200bcorp\u2060.example, please', ['email bob@\u200bcorp\u2060.example']],
  ['to bob@**corp**.example, please', ['email bob@**corp**.example']],
  [AWS.join('\u2060'), [`token ${AWS.join('\u2060')}`]],
  ['138\\u003112345678 and 138&#49;2345678', ['cn-mobile 138&#49;2345678']],
  ['login -u \\`\u200b-x, bob\u200b@corp.example', ['email bob\u200b@corp.example']],
  ['203**.**0.113.57', ['ip-address 203**.**0.113.57']],
  ['手机138<b>1234</b>5678。', ['cn-mobile 138<b>1234</b>5678']],
  ['手机138<i class="a > b"><b>1234</b></i>5678。', ['cn-mobile 138<i class="a > b"><b>1234</b></i>5678']],
  ['手机138<!-- x -->12345678。', ['cn-mobile 138<!-- x -->12345678']],
  ['Card 4111 <b>1111</b> 1111 1111', ['bank-card 4111 <b>1111</b> 1111 1111']],
  ['to bob@<b>corp</b>.example, please', ['email bob@<b>corp</b>.example']],
  ['to bob%40corp.example, please', ['email bob%40corp.example']],
  ['to bob&commat;corp&period;example, please', ['email bob&commat;corp&period;example']],
  ['手机138&nbsp;1234&nbsp;5678。', ['cn-mobile 138&nbsp;1234&nbsp;5678']],
  ['手机138&shy;1234&zwnj;5678。', ['cn-mobile 138&shy;1234&zwnj;5678']],
  ['手机138\u28001234\u28005678。', ['cn-mobile 138\u28001234\u28005678']],
  ['to bob\\\\u0040corp.example, please', ['email bob\\\\u0040corp.example']],
  ['to bob\\\\\\\\u0040corp.example, please', ['email bob\\\\\\\\u0040corp.example']],
];
const NOTHING = [
  'A **bold** word, `code`, ~~gone~~ and 2**10 = 1024; my__name__ is snake_case.',
  '* 4111 1111 * 1111 1111',
  'C:\\users\\u0040 &amp; &#39;quoted&#39; \\/\\/ &#; &#x; \\u00 \\',
  'a\u200bb\u2060c 1**2**3 __4__',
  '<td>138</td><td>1234</td><td>5678</td> 138<br>12345678 138<p>12345678 138<b 12345678',
  'for (i = 0; i<n; i++) 1<2, 5%40 and 100%, %zz &copy &commat &unknown; a&b=c &amp;',
  '138%E4%BD%A012345678 138\\\\\\\\\\u003112345678',
];

describe('FoldingDetectorCursor, what marks and escapes hide', () => {
  it.each([...HIDDEN, ...NOTHING.map((text): [string, string[]] => [text, []])])('%j', (text, expected) => {
    expect(read(text, [text])).toEqual(expected);
    expect(read(text, text.split(''))).toEqual(expected);
    for (let at = 1; at < text.length; at++)
      expect(read(text, [text.slice(0, at), text.slice(at)])).toEqual(expected);
  });

  it('finds each of them once where several follow each other', () => {
    for (const by of [' ', '\n', '，', ' and '.repeat(60)]) {
      const text = HIDDEN.map(([one]) => one).join(by);
      const expected = read(text, [text]);
      expect(expected.length).toBeGreaterThanOrEqual(HIDDEN.length);
      expect(read(text, text.split(''))).toEqual(expected);
    }
  });

  it.each([1, 7, 42, 2026, 99991])('finds the same however texts are cut, seed %d', (seed) => {
    const next = random(seed);
    const parts = [
      ...HIDDEN.flatMap(([one]) => one.split(/(?=[*~`_\\&%<>;\u200b\u2060 ])/)),
      ...NOTHING.flatMap((one) => one.split(' ')),
      ...[' ', '\n', '**', '*', '_', '\u200b', '\\', '&#', '\\u00', '-----BEGIN ', 'PRIVATE KEY-----\n'],
      ...['aB3xQ9zK7mW2'.repeat(200), 'password: ', 'curl -u bob:', '１２３', 'eyJhbGciOiJIUzI1NiJ9.'],
    ];
    for (let round = 0; round < 60; round++) {
      let text = '';
      for (let i = 0; i < 30; i++) text += parts[Math.floor(next() * parts.length)] ?? '';
      const pieces: string[] = [];
      for (let at = 0; at < text.length;) {
        const size = 1 + Math.floor(next() * 7);
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      expect(read(text, pieces)).toEqual(read(text, [text]));
    }
  });

  it('has one reading again after a while', () => {
    const cursor = new FoldingDetectorCursor(new Set(DETECTOR_KINDS));
    cursor.feed(`1**2 ${'word '.repeat(100)}`, () => false);
    expect(cursor).toMatchObject({ fork: undefined });
  });
});

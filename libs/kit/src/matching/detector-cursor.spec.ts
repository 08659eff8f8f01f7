import { describe, expect, it } from '@jest/globals';
import { DetectorCursor } from './detector-cursor.js';
import { LONGEST_REGION } from './detector-reach.js';
import { DETECTOR_KINDS, type DetectorKind, type OnDetection } from './detector-kinds.js';
import { findDetected } from './find-detected.js';

const ALL: ReadonlySet<DetectorKind> = new Set(DETECTOR_KINDS);
const SEEDS = [1, 7, 42, 2026, 99991];

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Which units are withheld, after asserting that nothing released before was found later. */
function covered(text: string, pieces: readonly string[], kinds = ALL): string {
  const marks = ''.padEnd(text.length, '.').split('');
  const cursor = new DetectorCursor(kinds);
  let released = 0;
  const tooLate: string[] = [];
  const report: OnDetection = (_, start, end) => {
    if (start < released && !marks.slice(start, released).every((mark) => mark === '#'))
      tooLate.push(`${start}-${end} behind ${released}`);
    for (let i = start; i < end; i++) marks[i] = '#';
    return false;
  };
  for (const piece of pieces) {
    cursor.feed(piece, report);
    if (cursor.undecidedFrom() < released) tooLate.push(`${cursor.undecidedFrom()} after ${released}`);
    released = cursor.undecidedFrom();
  }
  cursor.finish(report);
  expect(tooLate).toEqual([]);
  expect(cursor.position).toBe(text.length);
  return marks.join('');
}

function whole(text: string, kinds = ALL): string {
  const marks = ''.padEnd(text.length, '.').split('');
  for (const { start, end } of findDetected(text, kinds)) for (let i = start; i < end; i++) marks[i] = '#';
  return marks.join('');
}

function cut(text: string, next: () => number, longest: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const size = 1 + Math.floor(next() * longest);
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}

const RUN = (length: number): string => 'aB3xQ9zK7mW2'.repeat(30).slice(0, length);
const KEY = ['-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIB\nabc=\n-----END RSA ', 'PRIVATE KEY-----'].join('');
const AWS = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCY2uV8nQ4tLs'].join('/');
const FOUND = [
  'ann.lee+x@mail.example.com',
  '+86 138-1234-5678',
  '138 1234 5678',
  '11010519491231002X',
  '4111 1111 1111 1111',
  '3782 822463 10005',
  'DE89 3704 0044 0532 0130 00',
  'GB82 WEST 1234 5698 7654 32',
  '203.0.113.77',
  '2001:db8::8a2e:370:7334',
  'passport no. E12345678',
  '护照号码：E12345678',
  '+44 20 7946 0958',
  '+1 (555) 010-9999',
  `sk-${RUN(48)}`,
  `hf_${RUN(34)}`,
  `${['AKIA', 'Q3EGRZ7TWPNB5XKM'].join('')} ${AWS}`,
  `Authorization: Bearer ${RUN(40)}`,
  'postgres://user:s3cretpw@db.example/x',
  'postgres://user:密码x@db.example/x',
  'password: swordfish',
  '密码：abc123',
  'my pass is hunter2',
  `token=${RUN(300)}`,
  'curl -u bob:hunter2x https://a.example',
  `curl -sS --user 'bob:two words' https://a.example`,
  `curl -u kevin:'pRf7vG2h' https://a.example`,
  `curl -u "d2LkV78zLx:" https://a.example`,
  'curl -H "Authorization: Api-Token 22cb987851bc5659" https://a.example',
  'mysql -uroot -pH0eI1bo7x app',
  "sshpass -p 'F276lH9plli' ssh root@host",
  '密码 l8hrW27ruGx7',
  '华为云 SK: Cg9ad8rmgDTKZY0iLuuZNW25Ub7OYd3wEVqPTt7f',
  '<apiToken>\n    a8b4Q2z9X7w1K5\n</apiToken>',
  'System.setProperty("ADOBE_TOKEN", "9ed605cf34c7dfff1462")',
  '{"name": "API_TOKEN", "value": "9ed605cf34c7dfff1462"',
  '--storage-key hGeB3WqDyx0mGsQMsQDl+gmnXa51',
  'login ann password s3cret7x',
  'api_key1 ?= 9ed605cf34c7dfff1462',
  'Using Key=3em7p52ec9ut4k9ccqha19rz3oye',
  "plivo token - 'qFj32Da8vf-g_8qLu9P_k8X'",
  'https://hooks.slack.com/workflows/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',
  'QtT8Q~9C-_Ij~RouHVpD2Tuf3oHWGh.DQ3kcjbAn',
  '6455379146:AADZFsg7VVzQhIeLRvSI4RP7IHp0t2Ja4lR',
  `bce-v3/ALTAK-CulKdwbYylIvGJlhQdCRh/${'0a1b2c3d4e'.repeat(4)}`,
  `LTAI5t${RUN(18)}`,
  'passphrase: correct horse battery staple',
  'My passphrase is correct horse battery staple.',
  KEY,
  KEY.toLowerCase(),
  `${['PuTTY-User-', 'Key-File-3:'].join('')} ssh-ed25519\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: ${'ab12'.repeat(10)}`,
  '(138) 0013-8000',
  '1101 0519 4912 3100 2X',
  'de89 3704 0044 0532 0130 00',
  'password:\n  hunter2abc\n',
  '| 密码 | l8hrW27r |',
  'password → Abc12345x',
];
const PLAIN = [
  'The token count of 2024 is high; the passphrase must be long.',
  '请在 2026-11-20 之前提交申请，共 12 天。',
  'Version 1.2.3.4 was released at 12:34:56.',
  'order 2026112012345 of 550e8400-e29b-41d4-a716-446655440000',
  '😀 好的',
  'https://example.com/a?b=c#d',
];
const BETWEEN = [' ', '\n', '，', '. ', '😀', '  ', ' (', '） '];

describe('DetectorCursor', () => {
  it.each(FOUND)('finds what is found in the whole text: %s', (sample) => {
    expect(whole(sample)).toContain('#');
    for (const [before, after] of [
      ['', ''],
      ['see ', ' ok'],
      ['请看：', '，谢谢'],
      ['x\n', '\ny'],
    ] as const) {
      const text = before + sample + after;
      expect(covered(text, text.split(''))).toBe(whole(text));
      expect(covered(text, [text])).toBe(whole(text));
    }
  });

  it.each(SEEDS)('finds the same however the text is cut, seed %d', (seed) => {
    const next = random(seed);
    const pick = (from: readonly string[]): string => from[Math.floor(next() * from.length)] ?? '';
    for (let round = 0; round < 60; round++) {
      let text = '';
      for (let i = 0; i < 12; i++) text += pick(next() < 0.4 ? FOUND : PLAIN) + pick(BETWEEN);
      const expected = covered(text, [text]);
      expect(covered(text, cut(text, next, 7))).toBe(expected);
      expect(covered(text, cut(text, next, 60))).toBe(expected);
      expect(`${seed} ${text}\n${expected}`).toBe(`${seed} ${text}\n${whole(text)}`);
    }
  });

  it.each([
    `ghp_${RUN(36)}`,
    'postgres://user:s3cretpw@db.example/x',
    'ann.lee@mail.example.com',
    '"password":"Xk29!fjQp33z"',
    '11010519491231002X',
    `eyJ${RUN(1_000)}.eyJ${RUN(800)}.${RUN(43)}`,
  ])('cuts nothing in two where a run is longer than what is held: %s', (sample) => {
    for (let shift = 0; shift <= sample.length + 2; shift += sample.length > 100 ? 31 : 1) {
      const before = '{"k":"v",'.repeat(1_000).slice(0, LONGEST_REGION - shift);
      const text = `${before},${sample},"z":1} end`;
      expect(covered(text, [text])).toBe(whole(text));
      expect(covered(text, text.match(/.{1,97}/g) ?? [])).toBe(whole(text));
    }
  });

  it('withholds a private key from its first line on and keeps nothing of it', () => {
    const cursor = new DetectorCursor(ALL);
    const seen: string[] = [];
    const report: OnDetection = (kind, start, end) => {
      seen.push(`${kind} ${start} ${end}`);
      return false;
    };
    cursor.feed('key: ' + KEY.slice(0, 31), report);
    expect(seen).toEqual([`secret.private-key 5 ${cursor.position}`]);
    expect(cursor.swallowing).toEqual({ kind: 'secret.private-key', start: 5 });
    for (let i = 0; i < 1000; i++) cursor.feed('A'.repeat(1024), report);
    expect(cursor.undecidedFrom()).toBe(cursor.position);
    cursor.feed(KEY.slice(-30), report);
    expect(cursor.swallowing).toBeUndefined();
  });

  it.each([
    ['figures', '20 3041 7 998 12345 6 '.repeat(400), 64],
    ['columns without blanks', '2031,7,998,12345,'.repeat(400), 210],
    ['numbers that are found', '4111 1111 1111 1111 13812345678 '.repeat(200), 64],
    ['phone numbers', '+44 20 7946 0958 '.repeat(300), 210],
  ])('holds no more of %s than may still become a number', (_, text, most) => {
    const cursor = new DetectorCursor(ALL);
    let held = 0;
    for (const unit of text) {
      cursor.feed(unit, () => false);
      held = Math.max(held, cursor.position - cursor.undecidedFrom());
    }
    expect(held).toBeLessThanOrEqual(most);
    expect(covered(text, text.match(/.{1,13}/g) ?? [])).toBe(whole(text));
  });

  it.each([
    ['JWT, a long payload', `eyJ${RUN(300)}.eyJ${RUN(360).repeat(9)}.${RUN(43)}`],
    ['JWT, a long signature', `eyJ${RUN(30)}.eyJ${RUN(30)}.${RUN(360).repeat(9)}`],
    ['JWT, cut off', `eyJ${RUN(1_000)}.eyJ${RUN(360).repeat(20)}`],
    ['value', `token=${RUN(360).repeat(20)}`],
    ['header', `Authorization: Bearer ${RUN(360).repeat(20)}`],
  ])('withholds a secret to its very end, however long: %s', (_, sample) => {
    for (const shift of [0, 1, 700, 1_500, 2_047, 2_048, 2_049, 3_000, 4_095]) {
      const before = '{"k":"v",'.repeat(1_000).slice(0, LONGEST_REGION - shift);
      const text = `${before},"${sample}","z":1} end 138 1234 5678.`;
      expect(covered(text, [text])).toBe(whole(text));
      expect(covered(text, text.match(/.{1,97}/g) ?? [])).toBe(whole(text));
    }
  });

  it('tells the end of a private key that does not depend on how the text was cut', () => {
    const text = `key: ${KEY} and more`;
    for (const pieces of [[text], text.split(''), [text.slice(0, 50), text.slice(50)]]) {
      const cursor = new DetectorCursor(ALL);
      const ends: number[] = [];
      for (const piece of pieces) cursor.feed(piece, (_, __, end) => ends.push(end) < 0);
      expect([ends[0], ends.at(-1)]).toEqual([5 + KEY.indexOf('\n'), 5 + KEY.length]);
    }
  });

  it('neither reports nor holds what is off', () => {
    const cursor = new DetectorCursor(new Set());
    cursor.feed('a@b.example', () => true);
    expect(cursor.undecidedFrom()).toBe(11);
    const mails = new Set<DetectorKind>(['personal-data.email']);
    expect(covered('4111 1111 1111 1111 a@b.example', ['4111 1111 1111 1111 a@b.example'], mails)).toBe(
      whole('4111 1111 1111 1111 a@b.example', mails),
    );
  });

  it('holds the current run only', () => {
    const cursor = new DetectorCursor(ALL);
    for (const text of ['The answer is sim', 'ple. 在', '苏州有 20']) cursor.feed(text, () => true);
    expect(cursor.position - cursor.undecidedFrom()).toBe(2);
  });

  it.each(['w0 ', 'in Q3 ', 'the H200 ', '电话tel2 '])(
    'holds nothing of %s, whose digits end a word',
    (text) => {
      const cursor = new DetectorCursor(ALL);
      cursor.feed(text, () => true);
      expect(cursor.undecidedFrom()).toBe(cursor.position);
    },
  );

  it.each(['x=w0 ', 'de89 ', '\\n138 ', '1x2 ', '138 '])(
    'holds %s, of which a number may be the beginning',
    (text) => {
      const cursor = new DetectorCursor(ALL);
      cursor.feed(text, () => true);
      expect(cursor.undecidedFrom()).toBeLessThan(cursor.position - 1);
    },
  );

  it('finds what stands behind a word that ends with digits', () => {
    const next = random(3);
    for (const number of [
      '138 1234 5678',
      '4111 1111 1111 1111',
      'DE89 3704 0044 0532 0130 00',
      '+49 30 1234567',
    ])
      for (const word of ['w0', 'ab12', 'a86', 'ID0086', 'de89', 'x12345678901234', '\\n86']) {
        const text = `see ${word} ${number}, then`;
        for (let i = 0; i < 5; i++) expect(covered(text, cut(text, next, 5))).toBe(whole(text));
      }
  });

  it('takes time in proportion to the text', () => {
    for (const unit of [
      'a',
      '1',
      '4111 ',
      'a@a.a-',
      'password=',
      'passphrase: aaa ',
      'curl -u a:"',
      'a://a:',
      '-----BEGIN ',
    ])
      for (const length of [32_768, 262_144]) {
        const cursor = new DetectorCursor(ALL);
        const text = unit.repeat(length / unit.length);
        // What is asked about again and again would not come to its end.
        cursor.feed(text, () => false);
        expect(cursor.position).toBe(text.length);
        expect(cursor.position - cursor.undecidedFrom()).toBeLessThanOrEqual(LONGEST_REGION);
      }
  });
});

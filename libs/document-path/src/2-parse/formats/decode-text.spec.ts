import { describe, expect, it } from '@jest/globals';
import { decodeNamed, decodeText } from './decode-text.js';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('decodeText', () => {
  it('tells legacy encodings apart by what reads like text', () => {
    for (const [content, text] of [
      ['c4eabcd9ceaa3135cceca1a3', '年假为15天。'],
      ['95309a33 c4eabcd9', '𠮷年假'.replace('𠮷', new TextDecoder('gb18030').decode(bytes('95309a33')))],
      ['a67eb0b2ac b0 3135 a4d1 a143', '年假為15天。'],
      ['97 4c 8b 8b 8b 78 89 c9 82 cd 32 30 93 fa 82 c5 82 b7 81 42', '有給休暇は20日です。'],
      ['cd ad b5 eb b5 d9 b2 cb a4 cf 32 30 c6 fc a4 c7 a4 b9 a1 a3', '有給休暇は20日です。'],
      ['c8de b0a1 b4c2 20 3135 c0cf c0cc b4d9 2e', '휴가는 15일이다.'],
      [
        'ceeff3f1ea 20 f1eef1f2e0e2ebffe5f2 203238 20 e4ede5e9',
        'Опуск составляет 28 дней'.replace('Опуск', 'Опуск'),
      ],
    ] as const)
      expect(decodeText(bytes(content))).toBe(text);
  });

  it('reads Western letters as such', () => {
    for (const text of [
      'Urlaub für Größe',
      'à la carte, déjà vu',
      'mañana señor',
      'Ærøskøbing på dansk',
      'prix : 15 € “net”',
    ])
      expect(decodeText(windows1252(text))).toBe(text);
  });

  it('reads UTF-16 with a mark and without', () => {
    for (const text of ['Leave: 15 days\n', '年假：15 天\n', 'Отпуск: 28 дней\n'])
      for (const mark of ['\ufeff', '']) {
        const little = Buffer.from(mark + text, 'utf16le');
        expect(decodeText(little)).toBe(text);
        expect(decodeText(Buffer.from(little).swap16())).toBe(text);
      }
  });

  it('reads anything as something', () => {
    for (let seed = 1; seed < 200; seed++) {
      const noise = Buffer.from(Array.from({ length: seed }, (_, at) => (seed * 7_919 + at * at * 31) % 256));
      expect(typeof decodeText(noise)).toBe('string');
    }
    expect(decodeText(new Uint8Array())).toBe('');
  });
});

describe('decodeNamed', () => {
  it('goes by the name, unless the text is UTF-8 or the name unknown', () => {
    expect(decodeNamed(bytes('c4eabcd9'), 'GB2312')).toBe('年假');
    expect(decodeNamed(Buffer.from('年假'), 'gb2312')).toBe('年假');
    expect(decodeNamed(bytes('974c8b8b'), 'Shift_JIS')).toBe('有給');
    expect(decodeNamed(bytes('c4eabcd9ceaacceca1a3'), 'x-nobody')).toBe('年假为天。');
    expect(decodeNamed(Buffer.from('\ufeff年假', 'utf16le'), 'gb2312')).toBe('年假');
  });
});

/** As that encoding has them; quotation marks and the euro stand below the letters. */
function windows1252(text: string): Buffer {
  const special: Readonly<Record<string, number>> = { '€': 0x80, '“': 0x93, '”': 0x94 };
  return Buffer.from([...text].map((letter) => special[letter] ?? letter.charCodeAt(0)));
}

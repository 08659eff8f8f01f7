import { describe, expect, it } from '@jest/globals';
import { containsPhrase, PHRASE_CHARACTERS_MAX, phrasesOf, PHRASES_MAX } from './index.js';

describe('phrasesOf', () => {
  it('finds phrases in quotes of many kinds, folded', () => {
    expect(phrasesOf('Where is "Annual  Leave" and “Sick-Leave”?')).toEqual(['annual leave', 'sick leave']);
    expect(phrasesOf('„Müller GmbH“ «Отпуск» ＂Ａ１＂')).toEqual(['muller gmbh', 'отпуск', 'a1']);
    expect(phrasesOf('請問「帶薪 年假」和『會議室』')).toEqual(['带薪年假', '会议室']);
    expect(phrasesOf('请问"年假"怎么算')).toEqual(['年假']);
    expect(phrasesOf('"C++" "1,234"')).toEqual(['c++', '1234']);
  });

  it('takes no apostrophe, inch or lone quote for a quotation', () => {
    expect(phrasesOf(`don't 'quote' rock'n'roll ‘x y’ it’s`)).toEqual([]);
    expect(phrasesOf('a 5" pipe and a 3" one')).toEqual([]);
    expect(phrasesOf('a " b')).toEqual([]);
    expect(phrasesOf('"" "…" “ ”')).toEqual([]);
  });

  it('is bounded in number and length', () => {
    const many = Array.from({ length: PHRASES_MAX + 1 }, (_, i) => `"p${i}"`).join(' ');
    expect(phrasesOf(many)).toHaveLength(PHRASES_MAX);
    expect(phrasesOf(`"${'x'.repeat(PHRASE_CHARACTERS_MAX)}"`)).toHaveLength(1);
    expect(phrasesOf(`"${'x'.repeat(PHRASE_CHARACTERS_MAX + 1)}"`)).toEqual([]);
    expect(phrasesOf('"'.repeat(8_000) + '“'.repeat(100_000))).toEqual([]);
  });
});

describe('containsPhrase', () => {
  it('compares words without case, accents, marks and line breaks', () => {
    expect(containsPhrase('the Annual\n leave, (paid)', 'annual leave paid')).toBe(true);
    expect(containsPhrase('Herr MÜLLER-Lüdenscheidt', 'muller ludenscheidt')).toBe(true);
    expect(containsPhrase('It’s fine', "it's fine")).toBe(true);
    expect(containsPhrase('leave annual', 'annual leave')).toBe(false);
    expect(containsPhrase('annual leaves', 'annual leave')).toBe(false);
    expect(containsPhrase('we use C', 'c++')).toBe(false);
    expect(containsPhrase('we use C++.', 'c++')).toBe(true);
    expect(containsPhrase('anything', '')).toBe(false);
    expect(containsPhrase('', 'x')).toBe(false);
  });

  it('compares scripts without blanks by character', () => {
    expect(containsPhrase('員工享有帶薪\n年假。', '带薪年假')).toBe(true);
    expect(containsPhrase('带薪年假', '帶薪 年假')).toBe(true);
    expect(containsPhrase('带薪的年假', '带薪年假')).toBe(false);
    expect(containsPhrase('नमस्ते 휴가신청서', '휴가신청')).toBe(true);
    expect(containsPhrase('TiDB集群部署', 'tidb集群')).toBe(true);
    expect(containsPhrase('นโยบายวันลาพักร้อน', 'วันลา')).toBe(true);
  });

  it('comes to an end with a long text', () => {
    for (const text of ['年'.repeat(300_000), 'a+'.repeat(300_000), `e${'\u0301'.repeat(300_000)}`])
      expect(containsPhrase(text, 'no such phrase')).toBe(false);
  });

  it('finds what phrasesOf found in the text it came from', () => {
    for (const text of ['Say "Ünïcode: 1,234 (a/b)" now', '「會議室・予約」'])
      for (const phrase of phrasesOf(text)) expect(containsPhrase(text, phrase)).toBe(true);
  });
});

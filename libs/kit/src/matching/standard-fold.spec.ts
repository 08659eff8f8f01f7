import { describe, expect, it } from '@jest/globals';
import { foldText, originalSpan } from './fold-text.js';
import { exactFold } from './fold.js';
import { foldCodePoint, standardFold } from './standard-fold.js';

const fold = (text: string) => foldText(text).text;

describe('standard fold', () => {
  it.each([
    ['case', 'SeCrEt', 'secret'],
    ['full width', 'ＳＥＣＲＥＴ１２', 'secret12'],
    ['half-width kana with its voicing mark', 'ｶﾞ', fold('ガ')],
    ['ligatures and squares, one to many', 'ﬁﬀ㎏', 'fiffkg'],
    ['compatibility squares', '㍿', '株式会社'],
    ['circled, superscript, mathematical', 'ⓢ²𝐬𝓮', 's2se'],
    ['sharp s and final sigma', 'Straße ὈΔΥΣΣΕΎΣ', 'strasse οδυσσευσ'],
    ['accents, composed or not', 'é e\u0301 Å', 'e e a'],
    ['zero width, soft hyphen, joiners, selectors', 's\u200be\u00adc\u200d\ufe0fr\u2060e\ufefft', 'secret'],
    ['tags and controls', 's\u{e0041}e\u0000c\u0007r\u{e0100}et', 'secret'],
    ['fillers and signs of direction', 's\u3164e\u115fc\uffa0r\u202ee\u2066t\u202c\u2069', 'secret'],
    ['all blanks alike', 'a\u3000b\u00a0c\td\ne', 'a b c d e'],
    ['what looks like a blank', 'a\u2800b\u{1d159}c', 'a b c'],
    ['traditional Chinese is simplified', '敏感词語', '敏感词语'],
    ['emoji stay', '😀', '😀'],
    ['typesetters’ signs are those of keyboards', 'don’t T‑shirt a–b −1', "don't t-shirt a-b -1"],
    ['Arabic words are not lengthened', 'خـمـر', 'خمر'],
    ['lone surrogates read as the replacement character', 'a\ud83db', 'a\ufffdb'],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('keeps kana and Hangul apart that differ by a mark or a final', () => {
    expect(fold('か')).not.toBe(fold('が'));
    expect(fold('が')).toBe(fold('か\u3099'));
    expect(fold('각')).toBe(fold('\u1100\u1161\u11a8'));
  });

  it('changes nothing that was folded before, for every code point', () => {
    const changed: string[] = [];
    for (
      let codePoint = 0;
      codePoint < 0x110000;
      codePoint += codePoint >= 0x20000 && codePoint < 0x2f000 ? 97 : 1
    ) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
      if (codePoint === 0x30000) codePoint = 0xe0000;
      if (codePoint === 0xf0000) break;
      const once = foldCodePoint(codePoint);
      let twice = '';
      for (const character of once) twice += foldCodePoint(character.codePointAt(0) ?? 0);
      if (twice !== once) changed.push(codePoint.toString(16));
    }
    expect(changed).toEqual([]);
  });

  it('tabulates exactly what the rule says', () => {
    const table = standardFold();
    for (const text of ['A', 'ﬁ', '𝐀', '😀', '𝕊', '丽', '\u{2f800}', '\u{e0041}', '각', 'ｶ']) {
      const codePoint = text.codePointAt(0) ?? 0;
      expect(foldText(text, table).text).toBe(foldCodePoint(codePoint));
    }
  });
});

describe('foldText', () => {
  it('maps folded spans to the original', () => {
    const text = 'x\u200bﬁ𝐧é!';
    const folded = foldText(text);
    expect(folded.text).toBe('xfine!');
    const start = folded.text.indexOf('fine');
    const span = originalSpan(folded, start, start + 4);
    expect(text.slice(span.start, span.end)).toBe('ﬁ𝐧é');
    expect(() => originalSpan(folded, 2, 2)).toThrow(RangeError);
  });

  it('folds long texts', () => {
    expect(foldText('Ａ'.repeat(300_000)).text).toBe('a'.repeat(300_000));
  });

  it('leaves everything as it is with the exact fold', () => {
    const text = 'SeCrEt\u200b ﬁ 敏感 😀';
    expect(foldText(text, exactFold()).text).toBe(text);
  });
});

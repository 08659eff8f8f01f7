import { describe, expect, it } from '@jest/globals';
import { toSimplified } from './index.js';

describe('toSimplified', () => {
  it('folds traditional and regional characters, one by one', () => {
    expect(toSimplified('臺灣軟體與電腦')).toBe('台湾软体与电脑');
    expect(toSimplified('裏裡 著 為爲 衛衞 線綫')).toBe('里里 着 为为 卫卫 线线');
    expect(toSimplified('简体不变 Latin 123')).toBe('简体不变 Latin 123');
    expect(toSimplified('')).toBe('');
  });

  it('keeps offsets, surrogates and what is no Chinese', () => {
    const text = `😀漢${'a'.repeat(9_000)}𠮷語${'體'.repeat(9_000)}`;
    expect(toSimplified(text)).toHaveLength(text.length);
    expect(toSimplified(text)).toBe(`😀汉${'a'.repeat(9_000)}𠮷语${'体'.repeat(9_000)}`);
    expect(toSimplified('かな 한글 العربية')).toBe('かな 한글 العربية');
  });

  it('is idempotent over every character', () => {
    let all = '';
    for (let unit = 0x3400; unit <= 0x9fff; unit++) all += String.fromCharCode(unit);
    expect(toSimplified(toSimplified(all))).toBe(toSimplified(all));
  });
});

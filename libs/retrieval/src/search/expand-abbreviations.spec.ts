import { describe, expect, it } from '@jest/globals';
import { termsOfLonger } from './expand-abbreviations.js';

describe('longer words for a pair of characters', () => {
  it('are those of most texts, with the terms that the index has of them', () => {
    const texts = ['年休假共十八天。', '怎样申请年休假', '每年放假三天。'];
    expect(termsOfLonger('年', '假', texts)).toContain('休假');
    expect(termsOfLonger('年', '假', ['每年放假三天。']).join()).toContain('放');
  });

  it('go on as they do in the text, and are read in traditional characters too', () => {
    expect(termsOfLonger('高', '铁', ['可乘坐高速铁路。'])).toEqual(['高速', '铁路']);
    expect(termsOfLonger('医', '保', ['醫療保險'])).toEqual(['医疗', '保险']);
  });

  it('are none where nothing stands between them, or more than one character', () => {
    expect(termsOfLonger('年', '假', ['年假', '年度休假', '年 假', 'year'])).toEqual([]);
    expect(termsOfLonger('年', '假', [])).toEqual([]);
  });
});

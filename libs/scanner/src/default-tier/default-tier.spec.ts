import { describe, expect, it } from '@jest/globals';
import { Matcher, standardFold } from '@lorekeep/kit/matching';
import { DEFAULT_TIER } from './default-tier.js';

describe('default tier', () => {
  const matcher = new Matcher(
    DEFAULT_TIER.words.map((word, index) => ({ id: String(index), wholeWord: undefined, ...word })),
    standardFold(),
  );

  it('lists every word once, in a category that it declares', () => {
    const names = new Set(DEFAULT_TIER.categories.map(({ name }) => name));
    expect(new Set(DEFAULT_TIER.words.map(({ text }) => text)).size).toBe(DEFAULT_TIER.words.length);
    for (const { text, category } of DEFAULT_TIER.words) {
      expect(text).toBe(text.trim());
      expect(names.has(category)).toBe(true);
    }
  });

  it('finds insults and offers', () => {
    for (const text of ['What an asshole.', 'Cocaine for sale!', '冰毒货源联系我', '他是个傻逼']) {
      expect(matcher.findAll(text)).not.toHaveLength(0);
    }
  });

  it('leaves ordinary text alone', () => {
    for (const text of [
      'class assessment in Scunthorpe',
      '杂种优势',
      '这套服装逼真极了',
      '人口爆炸',
      '微信群交流',
    ]) {
      expect(matcher.findAll(text)).toHaveLength(0);
    }
  });
});

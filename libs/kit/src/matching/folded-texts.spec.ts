import { describe, expect, it } from '@jest/globals';
import { FoldedTexts } from './folded-texts.js';

describe('FoldedTexts', () => {
  it('gives each text, an empty one too, and nothing for any other code point', () => {
    const texts = new FoldedTexts([
      [0x41, 'a'],
      [0x130, 'i̇'],
      [0x200b, ''],
      [0x1d400, '𝛼b'],
    ]);
    expect([0x41, 0x130, 0x200b, 0x1d400].map((each) => texts.get(each))).toEqual(['a', 'i̇', '', '𝛼b']);
    expect([0, 0x40, 0x42, 0x1d401, 0x10ffff].map((each) => texts.get(each))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });

  it('has nothing where it was given nothing', () => {
    expect(new FoldedTexts([]).get(0x41)).toBeUndefined();
  });
});

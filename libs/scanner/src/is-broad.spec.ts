import { describe, expect, it } from '@jest/globals';
import { isBroad } from './is-broad.js';

describe('isBroad', () => {
  it.each(['a', 'Z', 'ａ', '7', '的', '我们', 'The', ' of ', '.', '。', '***', '====', '$'])(
    'knows that %s would hit nearly every answer',
    (text) => expect(isBroad(text, null)).toBe(true),
  );

  it.each(['ox', 'C++', '肏', '大麻', 'kettle', '💩', 'かぎ', 'x1z', '3M'])('leaves %s alone', (text) =>
    expect(isBroad(text, null)).toBe(false),
  );

  it('takes two letters for too few where they need not be a whole word', () => {
    expect(isBroad('ox', false)).toBe(true);
    expect(isBroad('oxe', false)).toBe(false);
    expect(isBroad('ox', true)).toBe(false);
  });
});

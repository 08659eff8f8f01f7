import { describe, expect, it } from '@jest/globals';
import { untilEven } from './even-time.js';

describe('a refused sign-in', () => {
  it.each([0, 14, 26, 80, 112, 249])('of %i ms is answered as all of them', (spent) => {
    expect(spent + untilEven(spent)).toBe(250);
  });

  it.each([250, 251, 499])('that took %i ms is not told from one that took other as long', (spent) => {
    expect(spent + untilEven(spent)).toBe(500);
  });
});

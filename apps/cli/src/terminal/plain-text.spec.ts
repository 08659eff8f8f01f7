import { describe, expect, it } from '@jest/globals';
import { plainText } from './plain-text.js';

describe('plainText', () => {
  it.each([
    ['\u001b[2J\u001b]0;title\u0007text', '[2J]0;titletext'],
    ['line\nnext\ttab', 'line\nnext\ttab'],
    ['\u009b31m\u202egnp', '31mgnp'],
    ['年假 😀', '年假 😀'],
  ])('%j is %j', (given, expected) => {
    expect(plainText(given)).toBe(expected);
  });
});

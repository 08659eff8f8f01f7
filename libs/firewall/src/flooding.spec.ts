import { describe, expect, it } from '@jest/globals';
import { findFlooding } from './flooding.js';

const numbers = Array.from({ length: 400 }, (_, i) => `${i + 1}\t${(i * 7_919) % 1_000}\tpaid\n`).join('');

describe('findFlooding', () => {
  it.each([
    ['one character', 'A'.repeat(5_000)],
    ['a word', 'poem '.repeat(2_000)],
    ['a Chinese word', '公司'.repeat(2_000)],
    ['a line', 'Repeat this sentence. '.repeat(300)],
  ])('is certain of %s over and over', (_, text) => expect(findFlooding(text)?.points).toBe(100));

  it('flags marks stacked upon one character', () =>
    expect(findFlooding(`a${'\u0301'.repeat(12)}`)?.rule).toBe('flooding.stacked-marks'));

  it.each([
    ['repetition that is short', 'A'.repeat(3_999)],
    ['marks of a script', 'กิ่ง ก็ี่ à'],
    ['a table of numbers', numbers],
    ['a ruler above prose', `${'='.repeat(80)}\n${numbers}`],
  ])('passes %s', (_, text) => expect(findFlooding(text)).toBeNull());
});

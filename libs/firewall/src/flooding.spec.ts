import { describe, expect, it } from '@jest/globals';
import { findFlooding } from './flooding.js';

const numbers = Array.from({ length: 400 }, (_, i) => `${i + 1}\t${(i * 7_919) % 1_000}\tpaid\n`).join('');
const bases = Array.from({ length: 1_800 }, (_, i) => 'ACGT'[((i * i * 31 + i * 7) >> 3) & 3] ?? 'A').join(
  '',
);
const log = Array.from(
  { length: 30 },
  (_, i) => `2026-11-22 10:0${i % 10}:12 INFO request ${i * 37} done in ${i % 7} ms`,
).join('\n');

describe('findFlooding', () => {
  it.each([
    ['one character', 'A'.repeat(5_000)],
    ['a word', 'poem '.repeat(2_000)],
    ['a Chinese word', '公司'.repeat(2_000)],
    ['a line', 'Repeat this sentence. '.repeat(300)],
    ['one character, below what a long text is', 'a'.repeat(3_990)],
    ['a word without lines', 'company '.repeat(200)],
    ['a word behind a question', `What does this mean? ${'a'.repeat(1_500)}`],
    ['a sign that is a phrase', '\ufdfa'.repeat(1_500)],
    ['signs that are phrases, with words between', 'see \ufdfb \u3316 '.repeat(150)],
  ])('is certain of %s over and over', (_, text) => expect(findFlooding(text)?.points).toBe(100));

  it('flags marks stacked upon one character', () =>
    expect(findFlooding(`a${'\u0301'.repeat(12)}`)?.rule).toBe('flooding.stacked-marks'));

  it.each([
    ['repetition that is short', 'A'.repeat(999)],
    ['a column that says the same', 'Pending\n'.repeat(400)],
    ['cells of a form', '| n/a '.repeat(300)],
    ['a list of one word', 'yes, '.repeat(300)],
    [
      'rulers between lines',
      `${'-'.repeat(400)}\n${numbers.slice(0, 900)}\n${'='.repeat(400)}\n${numbers.slice(900, 1_800)}`,
    ],
    ['base64', Buffer.from(numbers).toString('base64').slice(0, 3_900)],
    ['a sequence of bases with repeats', `${'CAG'.repeat(60)}${bases}${'A'.repeat(120)}`],
    ['a log', log],
    [
      'a phrase of honour in a letter',
      `${'\u0627\u0644\u0646\u0628\u064a \ufdfa '.repeat(20)}${numbers.slice(0, 1_500)}`,
    ],
    ['marks of a script', 'กิ่ง ก็ี่ à'],
    ['a table of numbers', numbers],
    ['a ruler above prose', `${'='.repeat(80)}\n${numbers}`],
  ])('passes %s', (_, text) => expect(findFlooding(text)).toBeNull());
});

import { describe, expect, it } from '@jest/globals';
import { normalisePassword, passwordProblem } from './password-policy.js';

const EMAIL = 'li.wei@example.com';

describe('passwordProblem', () => {
  it.each([
    ['eleven char', 'short'],
    ['', 'short'],
    ['twelve chars', null],
    ['两只黄鹂鸣翠柳一行白鹭上', null],
    ['两只黄鹂鸣翠柳一行白鹭', 'short'],
    [`x9!${'aBcDe'.repeat(50)}zzz`, null],
    [`x9!${'aBcDe'.repeat(50)}zzzz`, 'long'],
    ['a'.repeat(100_000), 'long'],
    ['li.wei@example.com', 'email'],
    ['LI.WEI@example.com!', 'email'],
    ['li.wei202600', 'email'],
    ['123456789012', 'common'],
    ['abcdefghijkl', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['Password1234', 'common'],
    ['qwertyuiop12', 'common'],
    ['123Lorekeep!2026', 'common'],
    ['good pass\u0000word!', 'characters'],
    ['good pass\ud800word!', 'characters'],
    ['tidal-copper-lamp', null],
  ])('%j: %s', (password, problem) => {
    expect(passwordProblem(password, EMAIL)).toBe(problem);
  });

  it('lets a short name occur by chance', () => {
    expect(passwordProblem('annual-copper-lamp', 'ann@example.com')).toBeNull();
  });
});

describe('normalisePassword', () => {
  it('folds forms of the same characters together', () => {
    expect(normalisePassword('Ａｂ\u0065\u0301')).toBe('Ab\u00e9');
  });
});

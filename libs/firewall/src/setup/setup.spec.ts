import { describe, expect, it } from '@jest/globals';
import { inspectText } from '../inspect-text.js';
import { BUILT_IN } from '../policy.js';
import { compileSetup, NO_SETUP } from './setup.js';

describe('a setup as it is chosen on the page', () => {
  const chosen = { ...NO_SETUP, preset: 'strict' } as const;

  it.each([
    'SELECT * FROM users',
    'select*from users',
    'SELECT DISTINCT * FROM orders',
    'What does SELECT * FROM orders do?',
    '/etc/passwd',
    'What is stored in /etc/passwd?',
    'etc/passwd',
    'Who may read etc/passwd?',
    '../etc/passwd',
  ])('refuses %j where it is strict', (text) => {
    expect(inspectText(compileSetup(chosen), text, 'user').action).toBe('refuse');
  });

  it.each([
    ['SELECT * FROM users', 'allow'],
    ['SELECT DISTINCT * FROM orders', 'allow'],
    ['What does SELECT * FROM orders do?', 'allow'],
    ['What is stored in /etc/passwd?', 'flag'],
    ['Who may read etc/passwd?', 'allow'],
  ])('stays as it is of %j where it is balanced: %s', (text, action) => {
    expect(inspectText(compileSetup(NO_SETUP), text, 'user').action).toBe(action);
    expect(compileSetup(NO_SETUP)).toEqual(BUILT_IN);
  });

  it('has the greater of its own level and the preset’s', () => {
    expect(compileSetup(chosen).paranoia).toBe(3);
    expect(compileSetup({ ...chosen, paranoia: 4 }).paranoia).toBe(4);
    expect(compileSetup({ ...NO_SETUP, paranoia: 2 }).paranoia).toBe(2);
  });
});

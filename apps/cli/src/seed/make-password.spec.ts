import { describe, expect, it } from '@jest/globals';
import { makePassword } from './make-password.js';

describe('makePassword', () => {
  it('is readable and never the same', () => {
    const made = Array.from({ length: 200 }, () => makePassword());
    for (const password of made)
      expect(password).toMatch(/^([bdfghklmnprstvz][aeiou]){2}(-([a-z]{4})){3}-\d\d$/);
    expect(new Set(made).size).toBe(200);
  });
});

import { describe, expect, it } from '@jest/globals';
import { unturned } from './unturned.js';

describe('unturned', () => {
  it('turns nothing any more, and leaves everything in its place', () => {
    const text = 'a\u202efdp.exe\u202c b\u2067c\u2069';
    expect(unturned(text)).toBe('a\u2060fdp.exe\u2060 b\u2060c\u2060');
    expect(unturned(text)).toHaveLength(text.length);
  });

  it('leaves languages alone that are written from the right', () => {
    for (const text of ['שלום, world', 'مرحبا \u200f(1)', 'plain']) expect(unturned(text)).toBe(text);
  });
});

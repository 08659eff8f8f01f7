import { describe, expect, it } from '@jest/globals';
import { linesOf, textsOf } from './text-lines.js';

describe('textsOf', () => {
  const before = ['one\ntwo', ' ', 'three↵', 'four  '];

  it('gives back what was there, as it was', () => {
    expect(textsOf(linesOf(before), before)).toEqual(before);
    // One was added: the others are still what they were, and a blank line is none.
    expect(textsOf(`${linesOf(before)}\nfive`, before)).toEqual([
      'one\ntwo',
      ' ',
      'three↵',
      'four  ',
      'five',
    ]);
    expect(textsOf('\n\n', [])).toEqual([]);
  });

  it('reads the sign for a line break in a line that is new', () => {
    expect(textsOf('one↵three', before)).toEqual(['one\nthree']);
  });
});

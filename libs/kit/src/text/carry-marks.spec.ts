import { describe, expect, it } from '@jest/globals';
import { carryMarks, marksWithout } from './carry-marks.js';

const placed = (text: string, ...sentences: string[]) =>
  sentences.map((sentence, name) => {
    const start = text.indexOf(sentence);
    return { name, start, end: start + sentence.length };
  });
const shown = (text: string, places: readonly { name: number; start: number; end: number }[]) =>
  places.map(({ name, start, end }) => `${name}:${text.slice(start, end)}`);

describe('carrying marks', () => {
  const before = 'One is 1 [1]. Two is 2 [2]. 三是三 [3]。';
  const places = placed(before, 'One is 1 [1].', 'Two is 2 [2].', '三是三 [3]。');

  it('follows sentences that moved, and drops those that were changed or removed', () => {
    const after = 'Hello.\n\nOne is 1 [1]. Two is two. 三是三 [3]。';
    expect(shown(after, carryMarks(before, places, after))).toEqual(['0:One is 1 [1].', '2:三是三 [3]。']);
    expect(carryMarks(before, places, '')).toEqual([]);
    expect(carryMarks(before, places, before)).toEqual(places);
  });

  it('keeps sentences that are alike apart, in their order', () => {
    const twice = 'Same. Same.';
    const both = [
      { name: 0, start: 0, end: 5 },
      { name: 1, start: 6, end: 11 },
    ];
    expect(carryMarks(twice, both, 'So: Same. Same.')).toEqual([
      { name: 0, start: 4, end: 9 },
      { name: 1, start: 10, end: 15 },
    ]);
    expect(carryMarks(twice, both, 'Same.')).toEqual([{ name: 0, start: 0, end: 5 }]);
    expect(carryMarks(twice, [{ name: 0, start: 3, end: 3 }], 'x')).toEqual([]);
  });

  it('moves places by the characters that were taken out before them', () => {
    const text = 'a\0b. c\0\0d.';
    const moved = marksWithout(text, placed(text, 'a\0b.', 'c\0\0d.'), '\0');
    expect(shown('ab. cd.', moved)).toEqual(['0:ab.', '1:cd.']);
    expect(marksWithout('ab', [{ name: 0, start: 0, end: 2 }], '\0')).toEqual([
      { name: 0, start: 0, end: 2 },
    ]);
  });
});

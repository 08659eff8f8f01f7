import { describe, expect, it } from '@jest/globals';
import { CitationFilter } from './citation-filter.js';

function filter(pieces: string[], known = [1, 2, 3]): { text: string; cited: number[] } {
  const citations = new CitationFilter(new Set(known));
  const results = [...pieces.map((piece) => citations.push(piece)), citations.end()];
  return {
    text: results.map((result) => result.text).join(''),
    cited: results.flatMap((result) => [...result.cited]),
  };
}

describe('CitationFilter', () => {
  it.each([
    ['25 days [1].', '25 days [1].', [1]],
    ['25 days [7].', '25 days.', []],
    ['a [1][9][2] b', 'a [1][2] b', [1, 2]],
    ['a [1, 9] b', 'a [1] b', [1]],
    ['a [1, 2] b', 'a [1, 2] b', [1, 2]],
    ['a [0] b', 'a b', []],
    ['年假为25天【1】。', '年假为25天[1]。', [1]],
    ['25 days【3†source】.', '25 days[3].', [3]],
    ['25 days【9†L1-L4】.', '25 days.', []],
    ['a list [x] and [link](u) and [2024] here', 'a list [x] and [link](u) and [2024] here', []],
    ['an open [12', 'an open [12', []],
    ['trailing blank ', 'trailing blank ', []],
    ['code `a[9]` and ```\nb[8]\n``` then [9].', 'code `a[9]` and ```\nb[8]\n``` then.', []],
    ['[1', '[1', []],
    ['a lone ` tick\nthen [9].', 'a lone ` tick\nthen.', []],
    ['', '', []],
    [`[${'1'.repeat(40)}] x`, `[${'1'.repeat(40)}] x`, []],
  ])('%j becomes %j', (text, expected, cited) => {
    expect(filter([text])).toEqual({ text: expected, cited });
    // The same in single characters.
    expect(filter([...text])).toEqual({ text: expected, cited });
    for (let cut = 1; cut < text.length; cut++)
      expect(filter([text.slice(0, cut), text.slice(cut)])).toEqual({ text: expected, cited });
  });

  it('holds back only an open citation and the blank before it', () => {
    const citations = new CitationFilter(new Set([1]));
    expect(citations.push('25 days [').text).toBe('25 days');
    expect(citations.push('1').text).toBe('');
    expect(citations.push(']').text).toBe(' [1]');
    expect(citations.push(' of leave').text).toBe(' of leave');
    expect(citations.push(' [see').text).toBe(' [see');
  });

  it('never holds more than a citation can be long', () => {
    const citations = new CitationFilter(new Set([1]));
    let held = 0;
    for (const piece of `[${' '.repeat(60)}`) held += 1 - citations.push(piece).text.length;
    expect(held).toBeLessThanOrEqual(26);
  });
});

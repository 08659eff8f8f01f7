import { describe, expect, it } from '@jest/globals';
import { ALL_CONTEXT_FOLDS, foldsIn } from './fold-names.js';
import { Matcher } from './matcher.js';
import { ZEROS_LIMIT } from './read-escape.js';

const found = (words: string[], text: string) =>
  new Matcher(words.map((word) => ({ id: word, text: word, folds: ALL_CONTEXT_FOLDS })))
    .findAll(text)
    .map((match) => `${text.slice(match.start, match.end)} ${foldsIn(match.folds).join('+')}`.trim());

const LIST = ['🐴', 'sex', "box's"];

describe('escapes of strings and references of HTML', () => {
  it.each([
    ['s\\u0065x', ['s\\u0065x markup']],
    ['&#115;e&shy;x', ['&#115;e&shy;x markup']],
    ['s\\ex', []],
    ['se&ZeroWidthSpace;x', ['se&ZeroWidthSpace;x markup']],
    ['se&NegativeVeryThinSpace;x', ['se&NegativeVeryThinSpace;x markup']],
    ['s&NoBreak;e&lrm;x', ['s&NoBreak;e&lrm;x markup']],
    ['s&it;e&InvisibleComma;x', ['s&it;e&InvisibleComma;x markup']],
    ['s&eacute;x', ['s&eacute;x markup']],
    ['s&ee;x s&epsilon;x', ['s&ee;x markup', 's&epsilon;x homoglyph+markup']],
    ['s&eopf;x', ['s&eopf;x markup']],
    ['s&it', []],
    ['&#115ex &#x73;ex s&#101x', ['&#115ex markup', '&#x73;ex markup', 's&#101x markup']],
    ['se&#120 se&#120', ['se&#120 markup', 'se&#120 markup']],
    ['se&shyx s&eacutex s&Eacutex se&shy', ['se&shyx markup', 's&eacutex markup', 's&Eacutex markup']],
    ['se&zwjx se&ZeroWidthSpacex s&#1011x s&#x65x', ['s&#x65x markup']],
    ['se&zerowidthspace;x', []],
    ['s&#0000000000101;x &#x00000000073ex', ['s&#0000000000101;x markup']],
    ['&#x00000000073;ex s\\u{0000000000065}x', ['&#x00000000073;ex markup', 's\\u{0000000000065}x markup']],
    ['s&#0000000000101x', ['s&#0000000000101x markup']],
    // As in Windows-1252, in HTML alone.
    ['&#138;ex se&#173;x &#x9aex \\u009aex', ['&#138;ex markup', 'se&#173;x markup']],
    ['&#x9a;ex', ['&#x9a;ex markup']],
    ['s\\U00000065x s\\U0065x', ['s\\U00000065x markup']],
    ['s\\ud835\\udc1ex \\uD835\\uDC2C\\uD835\\uDC1E\\u0078', 2],
    ['\\ud835\\udc1esex \\ud83dsex', ['sex markup']],
    ['s\\ud835 \\udc1ex s\\ud835x\\udc1ex s\\ud835\\\\udc1ex s\\udc1e\\ud835x', []],
    ['s\\ud835\\ud835\\udc1ex s&#xd835;\\udc1ex s\\ud835&#xdc1e;x', []],
    ['[\\ud83d\\udc34] \\ud83d\\udc33 \\ud83d\\u{dc34}', 2],
    ['"\\fsex"', ['sex markup']],
    ['box&rsquo;s box&#8217;s box\\u2019s box&minus;s', 3],
  ] as [string, string[] | number][])('%j', (text, expected) => {
    const all = found(LIST, text);
    expect(typeof expected === 'number' ? all.length : all).toEqual(expected);
  });

  it(`takes ${ZEROS_LIMIT} zeros before a number, and no more`, () => {
    const reference = (zeros: number) => `s&#${'0'.repeat(zeros)}101;x`;
    expect(found(['sex'], reference(ZEROS_LIMIT))).toHaveLength(1);
    expect(found(['sex'], reference(ZEROS_LIMIT + 1))).toEqual([]);
    const cursor = new Matcher([{ id: 'a', text: 'sex', folds: ALL_CONTEXT_FOLDS }]).cursor();
    cursor.feed(`s&#${'0'.repeat(ZEROS_LIMIT)}`, () => false);
    expect(cursor.undecidedFrom()).toBe(0);
    cursor.feed('0', () => false);
    expect(cursor.undecidedFrom()).toBe(ZEROS_LIMIT + 4);
  });

  it('hold the first half of a pair until something else comes', () => {
    const borders = (text: string) => {
      const cursor = new Matcher([{ id: 'a', text: '🐴', folds: ALL_CONTEXT_FOLDS }]).cursor();
      return text.split('').map((unit) => {
        cursor.feed(unit, () => false);
        return cursor.undecidedFrom();
      });
    };
    expect(borders('\\ud83dx')).toEqual([0, 0, 0, 0, 0, 0, 7]);
    expect(borders('\\ud83d\\ud83d\\')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 6]);
    // Another mark of an escape beside a pair that is over.
    expect(borders('\\ud83d\\udc35`\udc00').slice(-3)).toEqual([12, 13, 14]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ALL_CONTEXT_FOLDS, MARKUP, PINYIN } from './fold-names.js';
import { MARKUP_LIMIT } from './markup-skip.js';
import { PinyinMatcher } from './pinyin-matcher.js';
import { MOST_SEPARATORS, PINYIN_MARKUP_LIMIT } from './pinyin-window.js';

const WORDS = ['大麻', '法轮功', '看黄片', '冰毒', '法轮功法轮功'];
const entriesOf = (folds: number) => WORDS.map((text) => ({ id: text, text, folds }));
const marked = new PinyinMatcher(entriesOf(ALL_CONTEXT_FOLDS));
const plain = new PinyinMatcher(entriesOf(ALL_CONTEXT_FOLDS & ~MARKUP));

/** What is found, and what is held back after every piece. No match may begin in what has been let go. */
function read(pieces: readonly string[], source = marked) {
  const text = pieces.join('');
  const reader = source.reader();
  const hits: string[] = [];
  const held: number[] = [];
  let decided = 0;
  const collect = (entry: number, start: number, end: number, folds: number): boolean => {
    expect(start).toBeGreaterThanOrEqual(decided);
    expect(folds & ~MARKUP).toBe(PINYIN);
    hits.push(`${WORDS[entry] ?? ''}:${text.slice(start, end)}`);
    return false;
  };
  for (const piece of pieces) {
    reader.feed(piece, collect);
    decided = Math.max(decided, reader.undecidedFrom());
    held.push(reader.position - reader.undecidedFrom());
  }
  reader.finish(collect);
  return { hits, held };
}

describe('a disguise within markup', () => {
  it.each([
    ['买da<b>ma</b>吧', ''],
    ['买da <b>ma</b>吧', '大麻:da <b>ma'],
    ['fa<b>lun</b>gong', '法轮功:fa<b>lun</b>gong'],
    ['买大<i>嘛</i>', '大麻:大<i>嘛'],
    ['**fa***lun*~~gong~~', '法轮功:fa***lun*~~gong'],
    ['[fa](http://x "t")lun[gong][1]', '法轮功:fa](http://x "t")lun[gong'],
    ['fa](lun)[lun]gong', '法轮功:fa](lun)[lun]gong'],
    ['fa][lun]gong', '法轮功:fa][lun]gong'],
    ['fa<!-- l  u  n -->lun<br a="gong">gong fa<b  x    y>lungong', '法轮功:fa<b  x    y>lungong'],
    ['d<b>a</b>麻', '大麻:d<b>a</b>麻'],
    ['fa&shy;lun\\-gong', '法轮功:fa&shy;lun\\-gong'],
    ['大&#22043;吗，此外还有大\\u561b吗', '大麻:大&#22043;,大麻:大\\u561b'],
    ['"\\nfalungong\\n"', '法轮功:falungong'],
    ['大\\*嘛', '大麻:大\\*嘛'],
  ])('%s', (text, hits) => {
    expect(read([text]).hits.join()).toBe(hits);
    expect(read(text.split('')).hits.join()).toBe(hits);
    expect(read([text], plain).hits).toEqual([]);
  });

  it.each([
    ['an ordinary word', '大<b>妈</b>'],
    ['an ordinary word across the edge', '伟大<b>嘛</b>'],
    ['the entry itself', '大<b>麻</b>'],
    ['a tag that begins a line', '大<p>嘛'],
    ['no tag', '大< b>嘛 大<嘛 fa < lun > gong'],
    ['a sign that is no markup', '大!嘛 大\\嘛'],
    ['too many blanks that are seen', '大 <b>  </b> 嘛'],
    ['beside other escapes, of which it may be a word', '\\u4f1f\\u5927\\u561b 大&#22043;&#21543;'],
    ['a line break', 'fa<b>lun\n</b>gong fa\\nlun gong'],
  ])('is not %s', (_, text) => {
    expect(read([text]).hits).toEqual([]);
  });

  it(`has ${PINYIN_MARKUP_LIMIT} characters of markup in all, and no more`, () => {
    const tag = (length: number) => `<b ${'x'.repeat(length - 4)}>`;
    const word = '法轮功法轮功';
    const letters = 'falungongfalungong'.length;
    // Beside the markup there is room for its letters, and for separators between them.
    const rest = letters * (1 + MOST_SEPARATORS) - word.length;
    const full = tag(MARKUP_LIMIT);
    const text = (last: number) => `法${full}轮${full}功${full}法${full}轮${tag(last)}工`;
    expect(4 * full.length).toBe(PINYIN_MARKUP_LIMIT);
    const hits = (last: number) => read([text(last)]).hits.filter((hit) => hit.startsWith(`${word}:`));
    expect(hits(rest)).toHaveLength(1);
    expect(hits(rest + 1)).toEqual([]);
  });

  it('is held no longer than its markup may go on', () => {
    expect(read(['大<b', ' '.repeat(MARKUP_LIMIT - 4)]).held).toEqual([3, MARKUP_LIMIT - 1]);
    expect(read(['大<b', ' '.repeat(MARKUP_LIMIT + 3)]).held).toEqual([3, 0]);
  });

  it('is read alike however it is cut', () => {
    const unit = fc.constantFrom(
      ...[
        '大',
        '嘛',
        '麻',
        '法',
        '轮',
        '工',
        '功',
        '冰',
        'da',
        'ma',
        'fa',
        'lun',
        'gong',
        'du',
        'b',
        ' ',
        '-',
        '\n',
      ],
      ...['<b>', '<b', '<', '>', '[', ']', '](', ')', '**', '&shy;', '&#22043', '\\n', '\\u5927', '    '],
    );
    const units = fc.array(unit, { maxLength: 24 });
    fc.assert(
      fc.property(units, (all) => {
        const whole = read([all.join('')]).hits;
        expect(read(all).hits).toEqual(whole);
        expect(read(all.join('').split('')).hits).toEqual(whole);
      }),
      { numRuns: 4_000 },
    );
  });

  it.each(['大<b ', 'fa](', '大*', '大&#', '<', '大\n>'])('takes linear time: %j', (part) => {
    const text = part.repeat(50_000 / part.length);
    expect(read(text.match(/[^]{1,4096}/g) ?? []).hits).toEqual([]);
  });
});

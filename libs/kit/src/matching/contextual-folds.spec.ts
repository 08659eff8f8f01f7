import { describe, expect, it } from '@jest/globals';
import { ALL_CONTEXT_FOLDS, foldMask, foldsIn } from './fold-names.js';
import { MARKUP_LIMIT } from './markup-skip.js';
import { Matcher } from './matcher.js';
import { baseFold } from './standard-fold.js';
import { NOISE_LIMIT, RUN_LIMIT, THREAD_LIMIT } from './thread-list.js';

const found = (words: string[], text: string, folds = ALL_CONTEXT_FOLDS) =>
  new Matcher(words.map((word) => ({ id: word, text: word, folds })))
    .findAll(text)
    .map((match) => `${text.slice(match.start, match.end)} ${foldsIn(match.folds).join('+')}`.trim());

const LIST = [
  'av女优',
  '🐴',
  'violence',
  '大麻',
  '法轮功',
  'sex',
  'project x',
  'cop',
  'ass',
  'raping',
  'god',
  'deskin',
];

describe('contextual folds', () => {
  it.each([
    ['v-i-o-l-e-n-c-e', ['v-i-o-l-e-n-c-e interleave']],
    ['v  i o l e n c e!', ['v  i o l e n c e interleave']],
    ['p-r-o-j-e-c-t-x', ['p-r-o-j-e-c-t-x interleave']],
    ['project\n\n x', ['project\n\n x']],
    ['project-x project_x', ['project-x interleave', 'project_x interleave']],
    ['project\u2010x', ['project\u2010x interleave']],
    ['*project*-**x**', ['project*-**x interleave+markup']],
    ['project\\_x', ['project\\_x interleave+markup']],
    ['project--x, project - x, project -x, project- x, project.x, project/x, projects-x, project-xy', []],
    ['vio-\nlence vio- \r\n  lence', ['vio-\nlence markup', 'vio- \r\n  lence markup']],
    ['vio\u2010\nlence', ['vio\u2010\nlence markup']],
    ['vio-\\nlence', ['vio-\\nlence markup']],
    ['vio-\\r\\nlence', ['vio-\\r\\nlence markup']],
    ['vio\u00ad\nlence', ['vio\u00ad\nlence markup']],
    ['vio\u2011\nlence vio－\nlence', ['vio\u2011\nlence markup', 'vio－\nlence markup']],
    ['vio-\u2028lence vio-\u0085lence', ['vio-\u2028lence markup', 'vio-\u0085lence markup']],
    ['vio-\n> lence', ['vio-\n> lence markup']],
    ['// vio-\r\n// lence', ['vio-\r\n// lence markup']],
    ['project-\nx', ['project-\nx interleave+markup']],
    ['vio-\n\nlence, vio\n-lence, vio--\nlence, vio-\n-lence, vio- lence, vi\no\nlence', []],
    ['vio\u00ad\n\nlence, vio\u00ad\n- lence, vio-\n/lence, vio-\n# lence', []],
    ['大\n> 麻', ['大\n> 麻 interleave+markup']],
    ['大\\n> > 麻', ['大\\n> > 麻 interleave+markup']],
    ['// 大\n  // 麻', ['大\n  // 麻 interleave+markup']],
    ['大\\r\\n麻', ['大\\r\\n麻 interleave+markup']],
    ['大\n\n> 麻, 大，\n> 麻, 大\n/麻, 大\\n\\r麻', []],
    ['大-\n麻', []],
    ['a desk in the', []],
    ['v-io-l-e-n-c-e', []],
    ['吸 大😀麻 吗', ['大😀麻 interleave']],
    ['问题很大，麻烦你', []],
    ['‘很大’麻烦', []],
    ['很大（麻烦）', []],
    ['大\n麻', ['大\n麻 interleave']],
    ['大\r\n麻', ['大\r\n麻 interleave']],
    ['大 \u3000\r\u200b\n  麻', ['大 \u3000\r\u200b\n  麻 interleave']],
    ['大\u2028麻', ['大\u2028麻 interleave']],
    ['大**\n**麻', ['大**\n**麻 interleave+markup']],
    ['大\\n 麻', ['大\\n 麻 interleave+markup']],
    ['大  \\\n麻', ['大  \\\n麻 interleave+markup']],
    ['大&#10;麻', ['大&#10;麻 interleave+markup']],
    ['大\n\n麻, 大 \n \r麻, 大\r\n\r\n麻, 大\n\r麻, 大\\n\\n麻, 大\n\\n麻', []],
    ['大\n- 麻, 大\n* 麻, 大-\n麻, 大\n1麻, 大，\n麻, 大\n「麻', []],
    ['问题很大。\n麻烦', []],
    ['法\n轮\n\n功', ['法\n轮\n\n功 interleave']],
    ['法\n轮功', ['法\n轮功 interleave']],
    ['法\n\n轮功', []],
    ['法，轮，功', ['法，轮，功 interleave']],
    ['法轮，功', []],
    ['看 AV 女优 吧', ['AV 女优 interleave']],
    ['AV - 女 😀优', ['AV - 女 😀优 interleave']],
    ['AV\n女优', ['AV\n女优 interleave']],
    ['AV，女优 AV\n\n女优 A V女优 VAV 女优 AV x女优 AV 女', []],
    ['AV **女**优', ['AV **女**优 interleave']],
    ['法轮轮功', ['法轮轮功 repeat']],
    ['seeex sexxx', ['seeex repeat', 'sexxx repeat']],
    ['seex', []],
    ['sseexx', ['sseexx repeat']],
    ['rapping rappping', ['rappping repeat']],
    ['good goood', ['goood repeat']],
    ['cоp', ['cоp homoglyph']],
    ['the сор', ['сор homoglyph']],
    ['это сор', []],
    ['4ss', ['4ss leet']],
    ['455', []],
    ['vi0l3nce', ['vi0l3nce leet']],
    ['**vi**olence', ['vi**olence markup']],
    ['*****vio*****lence', ['vio*****lence markup']],
    ['v~~`**_io**lence', []],
    ['大*******麻', ['大*******麻 markup']],
    ['project ***\n x, project\n* x', []],
    ['project*****\n*****x', ['project*****\n*****x markup']],
  ])('%j', (text, expected) => {
    expect(found(LIST, text)).toEqual(expected);
  });

  it.each([
    ['s<b>ex</b>', ['s<b>ex']],
    ['<B>s</B >ex', ['s</B >ex']],
    ['s<wbr/>ex', ['s<wbr/>ex']],
    ['s<i class="a > b" x=\'>\' y=z>ex', ['s<i class="a > b" x=\'>\' y=z>ex']],
    ['s<b =">ex', ['s<b =">ex']],
    // A quote that begins a name is part of it; the value after it never closes, or closes later.
    ['s<b \'=">ex', []],
    ['s<b c =">ex', []],
    ['s<b\'c=">ex', ['s<b\'c=">ex']],
    ['s<b \'=">">ex', ['s<b \'=">">ex']],
    ['s<b><i></b></i>ex', ['s<b><i></b></i>ex']],
    ['s<!-- x > y -->ex s<!-->ex s<!--->ex s<!----!>ex', 4],
    ['s<!doctype html>ex s<?xml x?>ex s</ a>ex s</>ex s<!>ex', 5],
    ['<b>s<\\/b>ex', ['s<\\/b>ex']],
    ['s<\\/>ex s<\\b>ex s<\\br>ex', ['s<\\/>ex']],
    ['s<br\\/>ex <\\/td>s<\\/td>ex project<br \\/>x', ['project<br \\/>x']],
    ['s<!-- x ->ex', []],
    ['s< b>ex, a < s and c > ex, s<3>ex', []],
    ['大<i>麻</i>', ['大<i>麻']],
    ['大 <i> 麻</i>', ['大 <i> 麻']],
    ['s[ex](/a)', ['s[ex']],
    ['[s](/a)ex', ['[s](/a)ex'.slice(1)]],
    ['s[e](http://x "t)")x', ['s[e](http://x "t)")x']],
    ["[s](<a )b> 't)')ex", ["s](<a )b> 't)')ex"]],
    ['[s](a(b)c (t))ex [s](\\))ex [s]()ex [s]( "t" )ex', 4],
    ['[s](a(b)ex', []],
    ['[s][1]ex [s][]ex [s]ex s![](x)ex', 4],
    ['s]((ex', []],
    ['s[**e**](u)x', ['s[**e**](u)x']],
    ['project<b> </b>x project <b> x</b> project <b>\nx</b>', 3],
    ['v<b>-</b>i o-l-e-n-c-e', ['v<b>-</b>i o-l-e-n-c-e']],
    ['大<br />麻 大<br> 麻', ['大<br />麻', '大<br> 麻']],
    ['大<br>\n麻 大<br/> \r\n麻 大<br>\\n麻', ['大<br>\n麻', '大<br/> \r\n麻', '大<br>\\n麻']],
    ['s-<br>ex s-</b>\n<b>ex s-**\n**ex s-<br>\n> ex', 4],
    ['s-<p>ex s-<b>\n\nex s-[\nex s-<brr>ex', []],
    ['s<br>ex s<BR/>ex 大<br><br>麻 大<br>\n\n麻 大<br>-麻 大<p>麻 <td>大</td><td>麻</td>', []],
    ['法<br>轮<br>功 s<brr>ex', 2],
    ['project**<br>**x project **<br>x project <br>* x', 2],
    ['> project\n> x project\r\n\t>> > x project \n\n  >x project\\n> **x**', 4],
    ['project > x s\n>ex 大\n\n> 麻 project\n- > x', []],
    ['<a title="sex">s</a>ex [s](/sex)ex', 4],
    ['<a title="s<b>ex">', ['s<b>ex']],
    ['s＜b＞ex', []],
    ['s<b\u200b>\u200bex', 1],
    ['s<b>&#101;x s&shy;<b>ex s<b>&shy;</b>e*x', 3],
    ['see<b>x', []],
  ] as [string, string[] | number][])('see through markup: %j', (text, expected) => {
    const folds = foldMask(['markup', 'interleave', 'repeat']);
    const all = found(LIST, text, folds).map((match) => match.replace(/ [a-z+]*$/, ''));
    expect(typeof expected === 'number' ? all.length : all).toEqual(expected);
  });

  it(`leave out ${MARKUP_LIMIT} characters of markup between two letters, and no more`, () => {
    const tag = (length: number) => `s<b ${'x'.repeat(length - 4)}>ex`;
    expect(found(['sex'], tag(MARKUP_LIMIT))).toHaveLength(1);
    expect(found(['sex'], tag(MARKUP_LIMIT + 1))).toEqual([]);
    expect(found(['sex'], `s${'<b>'.repeat(85)}[ex`)).toHaveLength(1);
    expect(found(['sex'], `s${'<b>'.repeat(86)}ex`)).toEqual([]);
    expect(found(['sex'], `s${'*'.repeat(MARKUP_LIMIT)}ex`)).toHaveLength(1);
    expect(found(['sex'], `s${'*'.repeat(MARKUP_LIMIT + 1)}ex`)).toEqual([]);
    expect(found(['project x'], `project\n${' '.repeat(MARKUP_LIMIT - 2)}>x`)).toHaveLength(1);
    expect(found(['project x'], `project\n${' '.repeat(MARKUP_LIMIT - 1)}>x`)).toEqual([]);
    expect(found(['sex'], `s${'<b>*~'.repeat(51)}\`ex`)).toHaveLength(1);
    expect(found(['sex'], `s${'<b>*~'.repeat(51)}\`\`ex`)).toEqual([]);
  });

  it.each([
    ['a tag', `<b ${'x'.repeat(MARKUP_LIMIT - 4)}`, 'x'],
    ['marks of emphasis', '*'.repeat(MARKUP_LIMIT), '*'],
  ])('hold %s no longer than that', (_, markup, more) => {
    // One more may be noise, if that is on.
    const cursor = new Matcher([{ id: 'a', text: 'sex', folds: foldMask(['markup']) }]).cursor();
    cursor.feed(`s${markup}`, () => false);
    expect(cursor.undecidedFrom()).toBe(0);
    cursor.feed(more, () => false);
    expect(cursor.undecidedFrom()).toBe(1 + markup.length + more.length);
  });

  it('are off unless the entry has them', () => {
    for (const text of ['s<b>ex', 's[ex', 'v-i-o-l-e-n-c-e', '大 麻', 'seeex', 'cоp', '4ss', 's\\u0065x']) {
      expect(found(LIST, text, 0)).toEqual([]);
    }
    expect(found(LIST, '大 麻, 4ss', foldMask(['leet', 'case']))).toEqual(['4ss leet']);
  });

  it('hold a word only where Han may follow what is behind it', () => {
    const borders = (text: string) => {
      const entries = ['av女优', 'avocado'].map((word) => ({
        id: word,
        text: word,
        folds: ALL_CONTEXT_FOLDS,
      }));
      const cursor = new Matcher(entries).cursor();
      return text.split('').map((unit) => {
        cursor.feed(unit, () => false);
        return cursor.undecidedFrom();
      });
    };
    expect(borders('av - ')).toEqual([0, 0, 0, 0, 0]);
    expect(borders('av x')).toEqual([0, 0, 0, 4]);
    expect(borders('av, ')).toEqual([0, 0, 3, 4]);
    expect(borders('avo 女')).toEqual([0, 0, 0, 4, 5]);
  });

  it(`takes ${NOISE_LIMIT} characters of noise, and no more`, () => {
    expect(found(['大麻'], `大${'😀'.repeat(NOISE_LIMIT)}麻`)).toHaveLength(1);
    expect(found(['大麻'], `大${'😀'.repeat(NOISE_LIMIT + 1)}麻`)).toEqual([]);
  });

  it('know Roman numerals for the letters that they look like, without the compatibility fold too', () => {
    const entries = [{ id: 'a', text: 'vixen doll', folds: ALL_CONTEXT_FOLDS }];
    for (const names of [[], ['case'], ['case', 'compatibility']])
      expect(new Matcher(entries, baseFold(names)).findAll('ⅴⅰⅹen ⅾoⅼⅼ')).toHaveLength(1);
  });

  it('are all apart in a text without base folds', () => {
    const matcher = new Matcher([{ id: 'a', text: 'sex', folds: ALL_CONTEXT_FOLDS }], baseFold([]));
    expect(matcher.findAll('SEX s\u200bex s-e-x').map(({ start, end }) => [start, end])).toEqual([[9, 14]]);
  });

  it('reports of a run of one letter its nearest start, and the first one where the run begins', () => {
    const spans = (word: string, text: string, wholeWord?: boolean) =>
      new Matcher([{ id: word, text: word, folds: ALL_CONTEXT_FOLDS, wholeWord }])
        .findAll(text)
        .map(({ start, end }) => [start, end]);
    expect(spans('哈哈麻', '我哈哈哈哈麻')).toEqual([[3, 6]]);
    expect(spans('哈哈麻', '。哈哈哈哈麻')).toEqual([
      [1, 6],
      [3, 6],
    ]);
    expect(spans('哈哈麻', '。哈哈哈哈麻 哈麻', true)).toEqual([[1, 6]]);
    expect(spans('aab', 'aaaab', false)).toEqual([
      [0, 5],
      [2, 5],
    ]);
    // One for each end, and those of the first start.
    expect(spans('哈哈哈', '哈'.repeat(1_000))).toHaveLength(998 + RUN_LIMIT - 2);
    expect(spans('aaa', 'a'.repeat(1_000), false)).toHaveLength(998 + RUN_LIMIT - 1);
  });

  it('go on behind any number of signs that are not seen, or of blanks, and remember none of them', () => {
    for (const sign of ['\u200b', ' ', '\u00ad']) {
      const cursor = new Matcher([{ id: 'a', text: '大麻', folds: ALL_CONTEXT_FOLDS }]).cursor();
      const shared = ['matcher', 'policy'];
      const size = () =>
        JSON.stringify(cursor, (key, value: unknown) =>
          shared.includes(key) || ArrayBuffer.isView(value) ? undefined : value,
        ).length;
      const ends: number[][] = [];
      const note = (_: number, start: number, end: number) => ends.push([start, end]) === 0;
      cursor.feed(`大${sign.repeat(10)}`, note);
      const before = size();
      for (let i = 0; i < 1_000; i++) cursor.feed(sign.repeat(10), note);
      // Places have more digits.
      expect(size()).toBeLessThan(before + 50);
      expect(cursor.undecidedFrom()).toBe(0);
      cursor.feed('麻', note);
      expect(ends).toEqual([[0, 10_012]]);
    }
  });

  it(`begins no more than ${THREAD_LIMIT} readings at once, in linear time`, () => {
    const letters = 'c'.repeat(THREAD_LIMIT);
    const spelled = (count: number) => Array.from({ length: count }, () => 'c').join('-');
    // Each start is a reading of its own: one more than there is room for is not begun, and the first is found.
    expect(found([letters], spelled(THREAD_LIMIT))).toHaveLength(1);
    expect(found([letters + letters], spelled(2 * THREAD_LIMIT))).toHaveLength(1);
    const matcher = new Matcher([{ id: 'a', text: letters.repeat(4) + 'd', folds: ALL_CONTEXT_FOLDS }]);
    for (const piece of [
      'c-',
      'с',
      'cс',
      '&#99;',
      'c*',
      '\\u0063',
      'c\n ',
      'c<b>',
      'c<b ',
      'c[',
      'c](',
      '<c',
      'c<!--',
      'c\n>',
    ]) {
      expect(matcher.findAll(piece.repeat(20_000 / piece.length))).toEqual([]);
    }
  });
});

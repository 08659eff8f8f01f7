import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldsIn } from './fold-names.js';
import { MatcherThread } from './matcher-thread.js';
import { PinyinMatcher } from './pinyin-matcher.js';
import { syllableOf } from './pinyin-table.js';
import { sourceThread } from './testing/source-thread.js';

const WORDS = ['大麻', '法轮功', '看黄片', '女优', '傻逼', '冰毒', 'AV女优', '𠮷大麻', '先安'];
const matcher = new PinyinMatcher(WORDS.map((text) => ({ id: text, text })));

interface Reading {
  readonly hits: string[];
  /** Where reading stopped, if it did. */
  readonly stoppedAt: number;
  /** Position and undecidedFrom after every piece. */
  readonly held: [number, number][];
}

function read(pieces: readonly string[], halts = false, source = matcher): Reading {
  const reader = source.reader();
  const hits: string[] = [];
  const held: [number, number][] = [];
  const collect = (entry: number, start: number, end: number): boolean => {
    hits.push(`${entry} ${start}-${end}`);
    return halts;
  };
  const isWhole =
    pieces.every((piece) => {
      const goesOn = reader.feed(piece, collect);
      held.push([reader.position, reader.undecidedFrom()]);
      return goesOn;
    }) && reader.finish(collect);
  return { hits, held, stoppedAt: isWhole ? -1 : reader.position };
}

function found(text: string): string[] {
  const names: string[] = [];
  const reader = matcher.reader();
  const collect = (entry: number, start: number, end: number, folds: number): boolean => {
    expect(foldsIn(folds)).toEqual(['pinyin']);
    names.push(`${WORDS[entry] ?? ''}:${text.slice(start, end)}`);
    return false;
  };
  reader.feed(text, collect);
  reader.finish(collect);
  return names;
}

describe('readings', () => {
  it('are toneless, with v for ü, and none for what is no Han character', () => {
    expect([...'法女绿了麻a、'].map((character) => syllableOf(character.charCodeAt(0)))).toEqual([
      'fa',
      'nv',
      'lv',
      'le',
      'ma',
      '',
      '',
    ]);
  });
});

describe('a disguise by sound', () => {
  it.each([
    ['买大嘛吗', '大麻:大嘛'],
    ['da麻', '大麻:da麻'],
    ['法lun功', '法轮功:法lun功'],
    ['法LUN gong', '法轮功:法LUN gong'],
    ['法轮工', '法轮功:法轮工'],
    ['看黃騙', '看黄片:看黃騙'],
    ['falungong', '法轮功:falungong'],
    ['dà má', '大麻:dà má'],
    ['买dàmá', '大麻:dàmá'],
    ['da\u0300 ma\u0301.', '大麻:da\u0300 ma'],
    ['a fa lun gong b', '法轮功:fa lun gong'],
    ['FA-LUN-GONG.', '法轮功:FA-LUN-GONG'],
    ["'fa lun gong'", '法轮功:fa lun gong'],
    ['nü优', '女优:nü优'],
    ['nv优', '女优:nv优'],
    ['买da ma吧', '大麻:da ma'],
    ['d\u200ba麻', '大麻:d\u200ba麻'],
    ['av女忧', 'AV女优:av女忧,女优:女忧'],
  ])('%s', (text, hits) => {
    expect(found(text).join()).toBe(hits);
  });

  it('by the marks of its own letters, among many with marks and without', () => {
    const text = `dà má, the da ma, the dà ma, da${'\u0300'.repeat(40)} má, `.repeat(500);
    const hits = found(text);
    expect(hits).toHaveLength(1_000);
    expect(new Set(hits)).toEqual(new Set(['大麻:dà má', `大麻:da${'\u0300'.repeat(40)} má`]));
  });
});

describe('no disguise', () => {
  it.each([
    ['the entry itself', '大麻 法轮功'],
    ['traditional writing of it', '法輪功'],
    ['an ordinary word', '大妈打骂大马'],
    ['an ordinary word across the edge', '伟大嘛'],
    ['more than half of it changed by homophones', '发伦功'],
    ['letters of another word', 'panda man'],
    ['part of a run of letters', 'xfalungong falungongs panda麻'],
    ['two syllables among English words', 'the da ma is dama'],
    ['two syllables, one with the mark of a tone', 'the dà ma is'],
    ['joined to more by hyphens', 'fa-lun-gong-x'],
    ['letters that are not cut as its characters are', '西安xian'],
    ['a syllable cut in two', 'f a麻 d-a麻'],
    ['too many separators', '大 - - 嘛'],
    ['a line break', 'fa lun\ngong'],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it('of one character, of none, of allowing entries, of those that are left out', () => {
    const entries = [
      { id: 'one', text: '麻' },
      { id: 'none', text: 'dama' },
      { id: 'allow', text: '大麻', allow: true },
      { id: 'out', text: '法轮功' },
      { id: 'long', text: '大麻'.repeat(33) },
      { id: 'in', text: '冰毒' },
    ];
    const some = new PinyinMatcher(entries, ({ id }) => id !== 'out');
    expect(some.size).toBe(1);
    expect(read(['嘛 大嘛 法轮工 冰du'], false, some).hits).toEqual(['5 9-12']);
  });

  it('where a whole word is asked for and letters touch it', () => {
    const whole = new PinyinMatcher([{ id: 'whole', text: '大麻', wholeWord: true }]);
    expect(read(['大嘛吗 吗大嘛 1da麻 “大嘛”'], false, whole).hits).toEqual(['0 14-16']);
  });

  it('when the automaton was built in a thread: the same', async () => {
    const thread = new MatcherThread(sourceThread());
    const entries = WORDS.map((text) => ({ id: text, text }));
    const built = await thread.buildSounds(entries);
    const some = await thread.buildSounds(entries, ({ text }) => text !== '大麻');
    await thread.close();
    const text = '法lun功，大嘛 冰du 西安';
    expect(read([text], false, built)).toEqual(read([text]));
    expect(some.size).toBe(built.size - 1);
    expect(read([text], false, some)).toEqual(
      read([text], false, new PinyinMatcher(entries, ({ text }) => text !== '大麻')),
    );
  });

  it('under a policy that ignores it', () => {
    const policy = matcher.under(({ text }) => ({
      status: text === '大麻' ? 'ignored' : 'holding',
      folds: 31,
    }));
    const reader = matcher.reader(policy);
    const hits: number[] = [];
    const collect = (entry: number): boolean => {
      hits.push(entry);
      return false;
    };
    reader.feed('大嘛，冰du', collect);
    reader.finish(collect);
    expect(hits).toEqual([5]);
  });
});

describe('a stream', () => {
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
      '毒',
      '优',
      '女',
      '先',
      '安',
      '题',
      '𠮷',
      '\ud842',
      '\udfb7',
    ],
    ...['da', 'ma', 'fa', 'lun', 'gong', 'du', 'nv', 'b', 'i', 'n', 'g', 'x', 'ﬁ', 'Ⓓ'],
    ...[' ', '-', "'", '\n', '，', '\u200b', '1', '輪'],
  );
  const texts = fc.array(unit, { maxLength: 24 }).map((units) => units.join(''));
  const cuts = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 40 });

  function pieces(text: string, widths: readonly number[]): string[] {
    const parts: string[] = [];
    for (let i = 0, k = 0; i < text.length; k++) {
      const width = Math.max(k < text.length ? 0 : 1, widths[k % widths.length] ?? 1);
      parts.push(text.slice(i, i + width));
      i += width;
    }
    return parts;
  }

  it('is read alike however it is cut', () => {
    fc.assert(
      fc.property(texts, cuts, fc.boolean(), (text, widths, halts) => {
        const whole = read([text], halts);
        const cut = read(pieces(text, widths), halts);
        expect(cut.hits).toEqual(whole.hits);
        expect(cut.stoppedAt).toBe(whole.stoppedAt);
      }),
      { numRuns: 4_000 },
    );
  });

  it('is held back from where a match may begin that is not reported yet', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const reader = matcher.reader();
        let decided = 0;
        const collect = (_: number, start: number): boolean => {
          expect(start).toBeGreaterThanOrEqual(decided);
          return false;
        };
        for (let i = 0; i < text.length; i++) {
          reader.feed(text.charAt(i), collect);
          expect(reader.undecidedFrom()).toBeLessThanOrEqual(reader.position);
          decided = Math.max(decided, reader.undecidedFrom());
        }
        reader.finish(collect);
        expect(reader.undecidedFrom()).toBe(reader.position);
      }),
      { numRuns: 4_000 },
    );
  });

  it('holds no more than an entry, however long blanks are', () => {
    const [position, undecided] = read(['大', ' '.repeat(1_000)]).held[1] ?? [0, 0];
    expect(position - undecided).toBe(0);
  });

  it('counts half of a character as not arrived', () => {
    expect(read(['大嘛\ud842']).held[0]).toEqual([2, 0]);
    expect(read(['大嘛\ud842']).hits).toEqual(['0 0-2']);
  });

  it('stops at the character that made a match certain', () => {
    expect(read(['大嘛，冰du。'], true)).toMatchObject({ hits: ['0 0-2'], stoppedAt: 3 });
  });

  it.each(['大嘛', '大', 'da', 'fa lun ', ' ', '\u200b', 'fa-'])('takes linear time: %j', (part) => {
    const text = part.repeat(200_000 / part.length);
    expect(read(text.match(/[^]{1,4096}/g) ?? []).stoppedAt).toBe(-1);
  });
});

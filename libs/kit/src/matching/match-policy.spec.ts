import { describe, expect, it } from '@jest/globals';
import { ALL_CONTEXT_FOLDS, foldMask } from './fold-names.js';
import { KIND_LIMIT } from './match-policy.js';
import { Matcher } from './matcher.js';

describe('entries that allow', () => {
  const entries = [
    { id: 'drug', text: '大麻' },
    { id: 'trouble', text: '大麻烦', allow: true },
  ];

  it('cover what lies within them', () => {
    const matcher = new Matcher(entries);
    expect(matcher.findAll('大麻烦 大麻').map(({ start }) => start)).toEqual([4]);
  });

  it('keep a match waiting while they may still come about', () => {
    const cursor = new Matcher(entries).cursor();
    const seen: number[] = [];
    const note = (_: number, start: number) => {
      seen.push(start);
      return false;
    };
    cursor.feed('大麻', note);
    expect([seen, cursor.undecidedFrom()]).toEqual([[], 0]);
    cursor.feed('的', note);
    expect([seen, cursor.undecidedFrom()]).toEqual([[0], 3]);
    cursor.feed('大麻', note);
    cursor.finish(note);
    expect(seen).toEqual([0, 3]);
  });
});

describe('policies of one matcher', () => {
  const matcher = new Matcher([
    { id: 'a', text: 'sex' },
    { id: 'b', text: 'drug' },
    { id: 'c', text: '大麻' },
  ]);

  it('say which entries count, for which text is held, and by which folds', () => {
    const policy = matcher.under(({ id }) => {
      if (id === 'a') return { status: 'ignored', folds: 0 };
      return { status: id === 'b' ? 'watched' : 'holding', folds: foldMask(['interleave']) };
    });
    const cursor = matcher.cursor(policy);
    const seen: string[] = [];
    const note = (entry: number) => {
      seen.push(matcher.entries[entry]?.id ?? '');
      return false;
    };
    cursor.feed('sex, d-r-u-g, dr', note);
    expect([seen, cursor.undecidedFrom()]).toEqual([['b'], 16]);
    cursor.feed('u. 大 ', note);
    expect(cursor.undecidedFrom()).toBe(19);
    cursor.feed('麻', note);
    expect(seen).toEqual(['b', 'c']);
    expect(matcher.findAll('sex drug').map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('hold for more than they must, never for less, with very many kinds of entries', () => {
    const entries = Array.from({ length: KIND_LIMIT + 1 }, (_, i) => ({
      id: String(i),
      text: `word${String.fromCharCode(97 + (i % 26))}${i}z`,
      folds: i & ALL_CONTEXT_FOLDS,
      wholeWord: i > ALL_CONTEXT_FOLDS ? false : undefined,
    }));
    const many = new Matcher(entries);
    const cursor = many.cursor();
    cursor.feed('wordb', () => false);
    expect(cursor.undecidedFrom()).toBe(0);
    expect(many.findAll('wordb1z w-o-r-d-b-1-z w-o-r-d-c-2-z').map(({ id }) => id)).toEqual(['1', '2']);
  });
});

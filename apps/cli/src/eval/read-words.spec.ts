import { describe, expect, it } from '@jest/globals';
import { baseFold, exactFold, standardFold, type Fold } from '@lorekeep/kit/matching';
import { CliError } from '../cli.errors.js';
import { wordsIn } from './read-words.js';

const read = (content: Buffer | string, fold: Fold = standardFold()) =>
  wordsIn(Buffer.from(content as string), 'words.txt', fold);

describe('wordsIn', () => {
  it('takes words as they are written, each once, and says what it passed over', () => {
    const { words, summary } = read('\ufeffalpha\r\n\r\n  \nAlpha\nalpha\n beta \r\nt\u200bwo\n大\t麻');
    expect(words).toEqual(['alpha', 'Alpha', ' beta ', 't\u200bwo', '大\t麻']);
    expect(summary).toBe(
      'words.txt: 5 words, utf-8; 2 blank (line 2 first); 1 repeated (line 5 first); ' +
        '1 with blanks around them, taken as written (line 6 first); ' +
        '1 with control characters, taken as written (line 8 first)',
    );
  });

  it('reads UTF-16, GB18030 and lines of another encoding', () => {
    expect(read(Buffer.from('\ufeff赌博\r\n烟花\r\n', 'utf16le')).words).toEqual(['赌博', '烟花']);
    expect(read(Buffer.from('赌博\n烟花', 'utf16le').swap16()).words).toEqual(['赌博', '烟花']);
    const chinese = Buffer.from([0xb6, 0xc4, 0xb2, 0xa9]);
    expect(read(chinese)).toEqual({ words: ['赌博'], summary: 'words.txt: 1 words, gb18030' });
    const mixed = Buffer.concat([Buffer.from('烟花\n火锅\n'), chinese]);
    expect(read(mixed).words).toEqual(['烟花', '火锅', '赌博']);
    expect(read(mixed).summary).toMatch(/1 in another encoding than the others \(line 3 first\)$/);
  });

  it('refuses a list of which one entry could not be honoured, with its line', () => {
    const long = 'x'.repeat(500);
    expect(read(long).words).toEqual([long]);
    expect(() => read(`a\n${long}x\n`)).toThrow('words.txt:2: has 501 UTF-16 units; a word may have 500');
    expect(() => read(`a\n\n${'词'.repeat(5_000)}`)).toThrow(/^words\.txt:3: has 5000 UTF-16 units/);
    expect(() => read(`${'a'.repeat(60)}\nb\0c`)).toThrow(/^words\.txt:2: is no text/);
    expect(() => read(Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]))).toThrow(/^words\.txt:2: is no text in/);
    // One character that folds to eighteen.
    expect(() => read('\ufdfa'.repeat(57))).toThrow(/^words\.txt:1: has 1026 UTF-16 units when folded/);
    expect(read('\ufdfa'.repeat(56)).words).toHaveLength(1);
    expect(() => read('\ufdfa'.repeat(57), baseFold(['case']))).not.toThrow();
  });

  it('names several wrong lines at once', () => {
    expect(() => read('\0\nfine\n\0')).toThrow(/^words\.txt:1: .*\nwords\.txt:3: .*$/);
  });

  it('takes invisible characters where no fold leaves them out', () => {
    expect(() => read('a\n\u200b\u00ad')).toThrow(/^words\.txt:2: has invisible characters alone/);
    expect(read('a\n\u200b\u00ad', exactFold()).words).toEqual(['a', '\u200b\u00ad']);
  });

  it('refuses a list of nothing', () => {
    expect(() => read('')).toThrow(new CliError('There are no words. words.txt: 0 words, utf-8'));
    expect(() => read('\n \n')).toThrow(/0 words, utf-8; 2 blank \(line 1 first\)$/);
  });
});

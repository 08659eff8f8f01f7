import { describe, expect, it } from '@jest/globals';
import { FOLD_NAMES } from '@lorekeep/kit/matching';
import { EXIT } from '../exit-codes.js';
import { readScanOptions, type ScanOptions } from './read-scan-options.js';

const GIVEN: ScanOptions = { words: 'words.txt', wholeWords: 'on', detectors: 'off' };

describe('readScanOptions', () => {
  it('reads what is given, and leaves the folds to the categories', () => {
    expect(readScanOptions(GIVEN)).toEqual({
      words: 'words.txt',
      defaultTier: false,
      detectors: false,
      folds: undefined,
      wholeWords: true,
      seed: undefined,
    });
    expect(
      readScanOptions({ defaultTier: true, wholeWords: 'off', detectors: 'on', chunks: '7' }),
    ).toMatchObject({ words: undefined, defaultTier: true, detectors: true, wholeWords: false, seed: 7 });
  });

  it('knows no folds, all of them, and some by name', () => {
    const folds = (value: string) => readScanOptions({ ...GIVEN, folds: value }).folds;
    expect(folds('none')).toEqual([]);
    expect(folds('all')).toEqual(FOLD_NAMES);
    expect(folds('case, leet')).toEqual(['case', 'leet']);
  });

  it.each([
    [{ folds: 'case,wide' }, /^--folds must be none, all, or some of case,width/],
    [{ folds: '' }, /^--folds/],
    [{ folds: 'none,case' }, /^--folds/],
    [{ wholeWords: 'yes' }, /^--whole-words must be on or off/],
    [{ detectors: '' }, /^--detectors must be on or off/],
    [{ chunks: '-1' }, /^--chunks must be a whole number/],
    [{ chunks: '' }, /^--chunks/],
    [{ chunks: '9007199254740992' }, /^--chunks/],
    [{ words: undefined }, /^There is nothing to look for/],
  ])('refuses %j as wrong use', (wrong, message) => {
    const options = { ...GIVEN, ...wrong } as ScanOptions;
    expect(() => readScanOptions(options)).toThrow(message);
    expect(() => readScanOptions(options)).toThrow(expect.objectContaining({ exitCode: EXIT.USAGE }));
  });

  it('takes the largest seed', () => {
    expect(readScanOptions({ ...GIVEN, chunks: '9007199254740991' }).seed).toBe(Number.MAX_SAFE_INTEGER);
  });
});

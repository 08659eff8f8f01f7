import { FOLD_NAMES, isFoldName, type FoldName } from '@lorekeep/kit/matching';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';

/** As they stand on the command line. */
export interface ScanOptions {
  readonly words?: string;
  readonly defaultTier?: boolean;
  readonly folds?: string;
  readonly wholeWords: string;
  readonly chunks?: string;
  readonly detectors: string;
}

export interface ScanSettings {
  /** File of words. */
  readonly words: string | undefined;
  readonly defaultTier: boolean;
  readonly detectors: boolean;
  /** Undefined: every category has its own. */
  readonly folds: readonly FoldName[] | undefined;
  /** False: entries match anywhere. */
  readonly wholeWords: boolean;
  /** Texts are read in random pieces. */
  readonly seed: number | undefined;
}

/** @throws CliError for what makes no sense, before anything is read */
export function readScanOptions(options: ScanOptions): ScanSettings {
  const settings = {
    words: options.words,
    defaultTier: options.defaultTier === true,
    detectors: switchOf('--detectors', options.detectors),
    folds: options.folds === undefined ? undefined : foldsOf(options.folds),
    wholeWords: switchOf('--whole-words', options.wholeWords),
    seed: options.chunks === undefined ? undefined : seedOf(options.chunks),
  };
  if (settings.words === undefined && !settings.defaultTier && !settings.detectors)
    throw wrong('There is nothing to look for: give --words FILE, --default-tier or --detectors on.');
  return settings;
}

function switchOf(option: string, value: string): boolean {
  if (value !== 'on' && value !== 'off') throw wrong(`${option} must be on or off.`);
  return value === 'on';
}

function foldsOf(value: string): FoldName[] {
  if (value === 'none') return [];
  if (value === 'all') return [...FOLD_NAMES];
  const names = value.split(',').map((name) => name.trim());
  const known = names.filter(isFoldName);
  if (known.length < names.length)
    throw wrong(`--folds must be none, all, or some of ${FOLD_NAMES.join(',')}, with commas between.`);
  return known;
}

function seedOf(value: string): number {
  const seed = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(seed))
    throw wrong(`--chunks must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
  return seed;
}

const wrong = (sentence: string) => new CliError(sentence, EXIT.USAGE);

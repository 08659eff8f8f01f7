/* A reading of the definition: steps over a text, and whether they make a match, or can still. */
import { LEET, MARKUP } from '../src/matching/fold-names.js';
import { classOf, SPACED, UNSPACED } from './small-world.js';

const NOISE_MOST = 4;
const SELDOM_DOUBLED = 'ahijkquvwxy';

/** `skip`: markup; `joined`: a blank that is one with that before the markup. */
export type StepKind = 'plain' | 'other' | 'noise' | 'mark' | 'blank' | 'repeat' | 'skip' | 'joined';

export interface Step {
  readonly kind: StepKind;
  /** Folded unit of the text, and of the entry, that is read. */
  readonly unit: string;
  readonly fold: number;
  readonly isClause: boolean;
  /** Lines that end with it. */
  readonly lines: number;
  readonly isEscape: boolean;
  /** A blank that is a line break of HTML. */
  readonly isBreak?: boolean;
}

/** What is left out without a trace. */
export const UNSEEN: Step = {
  kind: 'mark',
  unit: '',
  fold: MARKUP,
  isClause: false,
  lines: 0,
  isEscape: true,
};

const isGapStep = ({ kind, unit }: Step): boolean =>
  (kind === 'noise' || kind === 'mark' || kind === 'skip') && unit !== '';
const isRead = ({ kind }: Step): boolean => kind === 'plain' || kind === 'other' || kind === 'blank';

/** What no continuation mends. */
export function isPossible(path: readonly Step[]): boolean {
  const last = path.at(-1);
  if (!last) return true;
  if ((isGapStep(last) || last.kind === 'blank' || last.unit === ' ') && isDoubtful(path)) return false;
  const seen = path.filter(({ unit }) => unit !== '');
  if (last.kind === 'repeat') {
    const before = seen.at(-2);
    if (!before || isGapStep(before)) return false;
  }
  let noise = 0;
  for (let i = seen.length - 1; i >= 0; i--) {
    const step = seen[i];
    if (step && isGapStep(step)) noise += step.kind === 'noise' || step.isClause ? 1 : 0;
    else {
      if (step?.kind === 'blank') noise++;
      if (step?.kind !== 'blank') break;
    }
  }
  return noise <= NOISE_MOST;
}

/** Nothing that counts as noise, or as a sign for a blank, since the last unit that stands for itself: markup alone. */
export function isUnparted(path: readonly Step[]): boolean {
  const seen = path.filter(({ unit }) => unit !== '');
  const gap = seen.slice(seen.findLastIndex(({ kind }) => ['plain', 'other', 'repeat'].includes(kind)) + 1);
  return gap.every(
    ({ kind, isClause, lines }) =>
      kind === 'joined' || kind === 'mark' || (kind === 'skip' && !isClause && lines === 0),
  );
}

/** The word was parted by a hyphen at the end of a line, and nothing of it has come since. */
export function isBroken(path: readonly Step[]): boolean {
  const last = path.findLastIndex((step) => isRead(step) || step.kind === 'repeat');
  return path.slice(last + 1).some(({ kind, isClause, lines }) => kind === 'skip' && !isClause && lines > 0);
}

/** A mark of emphasis came since the last unit that stands for itself, and nothing but markup since. */
export function isBehindMark(path: readonly Step[]): boolean {
  const last = path.findLast(({ kind, unit }) => unit !== '' && kind !== 'skip' && kind !== 'joined');
  return last?.kind === 'mark';
}

/** Behind a blank of the entry and markup, and nothing else; one of two blanks may be written as an escape instead. */
export function isJoined(path: readonly Step[], isEscape: boolean): boolean {
  const last = path.findLastIndex(({ kind, unit }) => unit !== '' && kind !== 'skip' && kind !== 'joined');
  const gap = path.slice(last + 1);
  const blank = path[last];
  const isBlank = blank?.unit === ' ' && (blank.kind === 'plain' || blank.kind === 'other');
  const isMarked =
    isEscape ||
    blank?.isBreak === true ||
    blank?.isEscape === true ||
    gap.some((step) => step.kind === 'skip' || step.isEscape);
  return isBlank && isMarked && !gap.some(({ isClause }) => isClause);
}

export function isLetterOfRun(path: readonly Step[]): boolean {
  const last = path.filter(({ unit }) => unit !== '').at(-1);
  return last !== undefined && classOf(last.unit) === SPACED && (isRead(last) || last.kind === 'repeat');
}

/** More of the letter that the word begins with, before any other one comes. */
export function repeatsFirst(path: readonly Step[]): boolean {
  const letters = path.filter((step) => isRead(step) || step.kind === 'repeat');
  const other = letters.findIndex(({ unit }) => unit !== letters[0]?.unit);
  return letters.slice(0, other < 0 ? letters.length : other).some(({ kind }) => kind === 'repeat');
}

/** Repeats that may be the spelling of another word. */
export function isDoubtful(path: readonly Step[]): boolean {
  let run = 0;
  let doubled = 0;
  let repeats = false;
  let isSure = false;
  let read = '';
  let isOpen = true;
  for (const step of path) {
    if (step.unit === '') continue;
    if (step.kind === 'repeat') {
      run++;
      repeats = true;
      if (classOf(step.unit) === UNSPACED || run >= 3 || SELDOM_DOUBLED.includes(step.unit)) isSure = true;
      else if (++doubled > 1) isSure = true;
    } else if (isRead(step)) {
      run = step.unit === read && !isOpen ? run + 1 : 1;
      read = step.unit;
      isOpen = classOf(step.unit) === 0;
    } else isOpen = true;
  }
  return repeats && !isSure;
}

/**
 * Whether words of two clauses stand on the two sides of a gap: what ends one is in it, or two ends of lines, or one
 * beside anything but blanks; behind it a mark and a blank may begin an item of a list.
 */
function parts(gap: readonly Step[]): boolean {
  let [lines, isSigned, isMarked] = [0, false, false];
  for (const { kind, unit, isClause, lines: ends } of gap) {
    if (kind === 'mark' && unit !== '') isMarked = true;
    if (kind !== 'noise' && !(kind === 'skip' && (isClause || ends > 0))) continue;
    if (ends === 0 && isClause) return true;
    lines += ends;
    if (lines > 1 || (lines > 0 && isSigned)) return true;
    const isBlank = unit === ' ' && !(isMarked && lines > 0 && ends === 0);
    if (ends > 0 || isBlank) continue;
    if (lines > 0) return true;
    isSigned = true;
  }
  return false;
}

/** Whether the entry is spelled out, if it needs to be. */
export function isSpread(
  path: readonly Step[],
  entry: string,
  touches: boolean,
): 'needed' | 'broken' | 'free' {
  let [needed, broken, matched, isOpen] = [false, touches, 0, true];
  let gap: Step[] = [];
  for (const step of path) {
    if (isRead(step) || step.kind === 'repeat') gap = [];
    else gap.push(step);
    if (step.kind === 'noise' || step.kind === 'skip') {
      const [before, after] = [classOf(entry[matched - 1]), classOf(entry[matched])];
      const turns = before === SPACED && after === UNSPACED;
      const isNoise = step.kind === 'noise' || step.isClause;
      if (isNoise && ((before !== UNSPACED && !turns) || parts(gap))) needed = true;
      isOpen = true;
    } else if (step.kind === 'joined') {
      isOpen = true;
    } else if (step.kind === 'blank') {
      needed = true;
      isOpen = true;
      matched++;
    } else if (step.kind === 'mark') isOpen ||= step.unit !== '';
    else if (step.kind === 'repeat') {
      broken = true;
      // Inside a word of Han alone: its edges are words of their own.
      if (classOf(step.unit) === UNSPACED && (matched < 2 || matched === entry.length)) return 'broken';
    } else {
      const isLetter = classOf(step.unit) !== 0;
      if (isLetter && !isOpen) broken = true;
      isOpen = !isLetter;
      matched++;
    }
  }
  if (!needed) return 'free';
  const letters = [...entry].filter((unit) => classOf(unit) !== 0).length;
  const isOfSigns = path.some(({ fold }) => (fold & LEET) !== 0);
  return broken || letters < (isOfSigns ? 4 : 3) ? 'broken' : 'needed';
}

/** Classes that may not stand beside such an end of an entry. */
export function edgeMask(edge: number, wholeWord: boolean | undefined): number {
  if (wholeWord === false || edge === 0) return 0;
  if (edge === SPACED) return SPACED;
  return wholeWord === true ? SPACED | UNSPACED : 0;
}

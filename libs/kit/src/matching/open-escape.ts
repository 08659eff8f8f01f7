/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { ONE, SKIP } from './fold.js';
import type { MatchPolicy } from './match-policy.js';
import { EscapeReader, MORE, NONE } from './read-escape.js';
import type { Threads } from './threads.js';
import { isHigh, isLow } from './piece-units.js';
import { BOUNDARY, SPACED } from './unit-class.js';
import { CLAUSE } from './unit-traits.js';

export const NOTHING_BEHIND = -1;
const [FEED, RETURN] = [0x0a, 0x0d];

/** The escape that is being read: once it is complete, suspended readings go on with what it stands for. */
export class OpenEscape {
  /**
   * Class of what an escape stood for that ends with a letter or digit itself: a word may begin behind it
   * (`\\nword` in a string of JSON), although the letter would forbid it. Until the next unit is read.
   */
  behind = NOTHING_BEHIND;
  private from = -1;
  /** Class of what stands before it. */
  private before = 0;
  /** The first half of a pair that has just been read (`\\ud83d`), and what stands before it; 0: none. */
  private half = 0;
  private beforeHalf = 0;
  /** The first half that the open escape may complete. */
  private first = 0;
  /** Where one ended that stood for a carriage return: a line feed right behind it ends no other line. */
  private returnEnd = -1;
  private isBehindReturn = false;
  private readonly reader = new EscapeReader();

  constructor(
    private readonly policy: MatchPolicy,
    private readonly threads: Threads,
  ) {}

  get isOpen(): boolean {
    return this.from >= 0;
  }

  /** The next unit concerns it. */
  get isBusy(): boolean {
    return this.from >= 0 || this.half !== 0 || this.behind !== NOTHING_BEHIND;
  }

  begin(raw: number, start: number, before: number): void {
    this.from = start;
    this.isBehindReturn = start === this.returnEnd;
    this.first = this.half;
    this.half = 0;
    if (this.first === 0) this.threads.paired.count = 0;
    this.before = before & BOUNDARY;
    this.reader.begin(raw);
  }

  /** After the character at `start`, with this raw unit, has been read. */
  read(raw: number, start: number): void {
    if (this.half !== 0) this.dropHalf();
    if (this.from < 0 || start === this.from) return;
    const codePoint = this.reader.next(raw);
    if (codePoint === MORE) return;
    this.returnEnd = codePoint === RETURN ? start + 1 : -1;
    this.complete(codePoint, (this.policy.matcher.fold.classes[raw]! & SPACED) !== 0);
  }

  /** Before a raw unit is read, or the text is over: a reference may end without its semicolon. */
  endBefore(raw: number | undefined): void {
    if (this.from < 0) return;
    const codePoint = this.reader.endBefore(raw);
    if (codePoint !== NONE) this.complete(codePoint, true);
  }

  end(): void {
    this.from = -1;
    this.behind = NOTHING_BEHIND;
    this.dropHalf();
  }

  private dropHalf(): void {
    this.half = this.first = 0;
    this.threads.paired.count = 0;
  }

  private complete(codePoint: number, endsInLetter: boolean): void {
    this.from = -1;
    const whole = this.paired(codePoint);
    const last = whole === NONE ? SPACED : this.resume(whole) & BOUNDARY;
    if (endsInLetter && (last & SPACED) === 0) this.behind = last;
    this.threads.suspended.count = 0;
  }

  /** The code point, or that of a pair whose second half it is; a first half waits for the other one. */
  private paired(codePoint: number): number {
    const { threads, first } = this;
    this.first = 0;
    if (isLow(codePoint) && first !== 0) {
      threads.resumePair();
      this.before = this.beforeHalf;
      return String.fromCharCode(first, codePoint).codePointAt(0)!;
    }
    threads.paired.count = 0;
    if (isHigh(codePoint)) {
      this.half = codePoint;
      this.beforeHalf = this.before;
      threads.pair();
    }
    return codePoint;
  }

  /** Suspended readings read the character; returns the class of its last unit, or of what stands before it. */
  private resume(codePoint: number): number {
    const { fold, automaton } = this.policy.matcher;
    const { threads } = this;
    const isUnit = codePoint <= 0xffff;
    const isOne = isUnit && fold.kinds[codePoint] === ONE;
    const isUnseen = isUnit && fold.kinds[codePoint] === SKIP;
    const units = isUnseen ? [] : isOne ? [fold.singles[codePoint]!] : [...fold.expand(codePoint).units];
    if (units.length === 0) {
      threads.resume();
      return this.before;
    }
    const classes = isOne ? [fold.classes[codePoint]!] : [...fold.expand(codePoint).classes];
    // The end of a line is one as an escape too.
    const isSecond = codePoint === FEED && this.isBehindReturn;
    const line = isOne && !isSecond ? this.policy.traits.raw[codePoint]! & CLAUSE : 0;
    units.forEach((unit, i) => {
      const trait = this.policy.traitOf(unit, classes[i]!) | line;
      threads.read(unit, automaton.codes[unit]!, classes[i]!, trait);
      threads.stepSuspended(i === units.length - 1);
    });
    return classes.at(-1)!;
  }
}

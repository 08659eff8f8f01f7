/* eslint-disable @typescript-eslint/no-non-null-assertion -- arrays read within bounds */
import { MARKUP, PINYIN } from './fold-names.js';
import type { MatchCursor } from './match-cursor.js';
import type { OnMatch } from './match-edges.js';
import { HOLDING, type MatchPolicy } from './match-policy.js';
import { isApart, isDisguise, PINYIN_RULE, type PinyinRule } from './pinyin-check.js';
import { behindBlank, visibleHits } from './pinyin-markup.js';
import type { PinyinMatcher } from './pinyin-matcher.js';
import { PinyinWindow } from './pinyin-window.js';

/** Letters that matched, not looked at yet. */
interface Candidate {
  readonly own: number;
  readonly start: number;
  readonly end: number;
  /** It goes through markup. */
  readonly isMarked: boolean;
}

/**
 * Reads one stream of text in pieces of any size, as a MatchCursor does, and finds entries by sound: homophones,
 * pinyin, both mixed, through markup too. A match is certain with the visible character after it. What is held back may be more than is
 * needed: letters that begin a match count although no continuation may pass the check.
 */
export class PinyinReader {
  private readonly cursor: MatchCursor;
  private readonly window: PinyinWindow;
  private waiting: Candidate[] = [];
  private carry = '';
  private stoppedAt = -1;
  private readonly hasMarkup: boolean;

  constructor(
    private readonly source: PinyinMatcher,
    private readonly policy: MatchPolicy = source.matcher.policy,
    private readonly rule: PinyinRule = PINYIN_RULE,
  ) {
    this.cursor = source.matcher.cursor(policy);
    this.hasMarkup = (policy.folds & MARKUP) !== 0;
    this.window = new PinyinWindow(source.matcher.automaton.longest, this.hasMarkup);
  }

  /** UTF-16 units read so far; the first half of a character that is not complete is not among them. */
  get position(): number {
    return this.stoppedAt >= 0 ? this.stoppedAt : this.cursor.position;
  }

  /** Reads a piece; false when `onMatch` stopped it, after which the reader is not to be fed again. */
  feed(piece: string, onMatch: OnMatch): boolean {
    let text = this.carry + piece;
    this.carry = '';
    if (isHigh(text.charCodeAt(text.length - 1))) {
      this.carry = text.slice(-1);
      text = text.slice(0, -1);
    }
    this.read(text);
    const goesOn = this.decide(onMatch, false);
    this.window.forget();
    return goesOn;
  }

  /** The stream is over: nothing remains undecided. */
  finish(onMatch: OnMatch): boolean {
    if (this.carry !== '') this.read(this.carry);
    this.carry = '';
    this.cursor.finish(this.collect);
    return this.decide(onMatch, true);
  }

  /** The first position that some continuation could make part of a match of a holding entry, or one before it. */
  undecidedFrom(): number {
    // What is spelled with more separators than may be is no match, however it goes on.
    let first = Math.max(this.window.brokenAt, this.cursor.undecidedFrom());
    for (const { own, start } of this.waiting)
      if ((this.policy.rules[own]! & HOLDING) !== 0) first = Math.min(first, start);
    return first;
  }

  private readonly collect = (own: number, start: number, end: number, folds: number): boolean => {
    this.waiting.push({ own, start, end, isMarked: folds !== 0 });
    return false;
  };

  private read(text: string): void {
    this.window.append(text);
    this.cursor.feed(text, this.collect);
  }

  /** Decides the candidates whose next visible unit is there. */
  private decide(onMatch: OnMatch, isOver: boolean): boolean {
    const { window, source } = this;
    let next = 0;
    for (; next < this.waiting.length; next++) {
      const candidate = this.waiting[next]!;
      const { own, start, end } = candidate;
      const to = window.indexAfter(end);
      if (to === window.units.length && !isOver) break;
      const from = window.indexAfter(start);
      if (window.starts[from] !== start) continue;
      if (source.isWholeWord(own) && !isApart(window, from, to)) continue;
      if (!this.isDisguise(candidate, from, to)) continue;
      if (!onMatch(source.indexOf(own), start, end, candidate.isMarked ? PINYIN | MARKUP : PINYIN)) continue;
      this.stoppedAt = window.ends[to] ?? this.cursor.position;
      return false;
    }
    if (next > 0) this.waiting = this.waiting.slice(next);
    return true;
  }

  private isDisguise({ own, isMarked }: Candidate, from: number, to: number): boolean {
    const { window, rule } = this;
    const entry = this.source.plainOf(own);
    if (isMarked)
      return (
        to - from <= window.longest &&
        visibleHits(window, from, to).some((hit) => isDisguise(hit, hit.from, hit.to, entry, rule))
      );
    if (isDisguise(window, from, to, entry, rule)) return true;
    const hit = this.hasMarkup ? behindBlank(window, from, to) : undefined;
    return hit !== undefined && isDisguise(hit, hit.from, hit.to, entry, rule);
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { INTERLEAVE, MARKUP } from './fold-names.js';
import { behindLine, isBare, spelledOut } from './gap-facts.js';
import { isHyphen, isLineSign } from './markup-signs.js';
import * as skips from './markup-skip.js';
import { SPACED } from './unit-class.js';
import { childOf, codeInto, type MatchPolicy } from './match-policy.js';
import * as f from './thread-list.js';
import { ThreadList } from './thread-list.js';

const BLANK_UNIT = 0x20;

/**
 * Readings that wait for the end of markup between two units of an entry. What stands within the markup is read as text
 * by all others meanwhile.
 */
export class MarkupGaps {
  private waiting = new ThreadList();
  private next = new ThreadList();
  private readonly begun = new ThreadList();

  constructor(private readonly policy: MatchPolicy) {}

  /** Every character concerns them. */
  get busy(): boolean {
    return this.waiting.count > 0 || this.begun.count > 0;
  }

  /**
   * Markup may begin with this sign, after a reading that has left out some already, see `leftOut`.
   * @param isJoined the sign is a blank behind another one
   */
  begin(sign: number, isJoined: boolean, start: number, node: number, facts: number, left: number): void {
    const open = facts | MARKUP | f.GAP;
    if (isLineSign(sign)) {
      this.beginLine(sign, isJoined, start, node, open, left);
      return this.beginQuote(sign, start, node, open, left);
    }
    if (isHyphen(sign)) return this.beginHyphen(sign, start, node, open, left);
    const skip = skips.beginSkip(sign, left);
    if (skip !== 0 && this.policy.openTo(node, open) !== 0) this.begun.push(start, node, open, skip);
  }

  /** One more character of the text, the one that markup has just begun with too. What ends with it goes on in `live`. */
  read(unit: number, live: ThreadList): void {
    const { waiting, next, begun } = this;
    for (let i = 0; i < waiting.count; i++) {
      const skip = skips.nextSkip(waiting.skips[i]!, unit);
      if (skip !== 0) this.wait(next, waiting.starts[i]!, waiting.nodes[i]!, waiting.facts[i]!, skip, live);
    }
    for (let i = 0; i < begun.count; i++)
      this.wait(next, begun.starts[i]!, begun.nodes[i]!, begun.facts[i]!, begun.skips[i]!, live);
    this.waiting = next;
    this.next = waiting;
    waiting.count = begun.count = 0;
  }

  /** The first start from which a reading may still become an entry of these kinds; `before` when none. */
  firstStart(kinds: number, before: number): number {
    const { waiting } = this;
    let first = before;
    for (let i = 0; i < waiting.count; i++) {
      const start = waiting.starts[i]!;
      if (start < first && (this.policy.openTo(waiting.nodes[i]!, waiting.facts[i]!) & kinds) !== 0)
        first = start;
    }
    return first;
  }

  end(): void {
    this.waiting.count = this.begun.count = 0;
  }

  /** The same within a word, where the end of a line is a blank. */
  private beginLine(
    sign: number,
    isJoined: boolean,
    start: number,
    node: number,
    facts: number,
    left: number,
  ): void {
    const skip = skips.beginSkip(sign, left);
    const open = behindLine(facts, isJoined);
    const apart = isApart(open) ? heldApart(facts, isJoined) : 0;
    for (const next of [open, apart])
      if (next !== 0 && skip !== 0 && this.policy.openTo(node, next) !== 0)
        this.begun.push(start, node, next, skip);
  }

  /** A line ends, and the next one may be one of the same block quote: a blank of an entry, or one with that before it. */
  private beginQuote(sign: number, start: number, node: number, facts: number, left: number): void {
    const isAtBlank = this.isAtBlank(node);
    // Behind a mark or noise the blanks before the end of the line are not one with that of the entry.
    const isParted = (facts & f.NOISE_BITS) !== 0 || (left & skips.MARKED) !== 0;
    const isBroken = (facts & f.NOISE_BITS) === 0 && (facts & f.LINE) !== 0;
    if (isBroken || (isAtBlank ? isParted : (facts & f.TO_UNSPACED) !== 0)) return;
    const at = isAtBlank ? node : this.blankAfter(node);
    const skip = skips.beginSkip(sign, left & ~skips.MARKED);
    const open = isAtBlank ? facts : heldByBlank(facts);
    if (at !== 0 && skip !== 0 && this.policy.openTo(at, open) !== 0) this.begun.push(start, at, open, skip);
  }

  /** A hyphen at the end of a line: of a word that goes on in the next one, or between two words of the entry. */
  private beginHyphen(sign: number, start: number, node: number, facts: number, left: number): void {
    if (f.lastClass(facts) !== SPACED || !isBare(facts)) return;
    const skip = skips.beginSkip(sign, left);
    const broken = facts | f.LINE;
    if (skip !== 0 && this.policy.openTo(node, broken) !== 0) this.begun.push(start, node, broken, skip);
    const blank = this.blankAfter(node);
    const open = heldByBlank(facts) | INTERLEAVE;
    if (skip !== 0 && blank !== 0 && this.policy.openTo(blank, open) !== 0)
      this.begun.push(start, blank, open, skip & ~skips.MARKED);
  }

  private isAtBlank(node: number): boolean {
    const { automaton } = this.policy.matcher;
    return automaton.codes[BLANK_UNIT]! === codeInto(automaton.cells, node);
  }

  private blankAfter(node: number): number {
    const { automaton } = this.policy.matcher;
    return childOf(automaton.cells, node, automaton.codes[BLANK_UNIT]!);
  }

  private wait(
    next: ThreadList,
    start: number,
    node: number,
    facts: number,
    skip: number,
    live: ThreadList,
  ): void {
    if (!skips.isBlock(skip)) return this.goOn(next, start, node, facts, skip, live);
    const rest = skips.withoutName(skip);
    const isBreak = skips.isBreak(skip);
    // The line of a hyphen ends with it, or what ends the word does.
    if (skips.isHyphened(skip)) return isBreak ? this.goOn(next, start, node, facts, rest, live) : undefined;
    const open = isBreak ? behindLine(facts) : 0;
    this.goOn(next, start, node, open, rest, live);
    if (isApart(open)) this.goOn(next, start, node, heldApart(facts), rest, live);
    if (!isBreak || !isBare(facts)) return;
    // A line break is a blank of an entry, or one with the blank before it.
    if (this.isAtBlank(node)) return this.goOn(next, start, node, facts, rest, live);
    const child = this.blankAfter(node);
    if (child !== 0) this.goOn(next, start, child, heldByBlank(facts), rest & ~skips.MARKED, live);
  }

  private goOn(
    next: ThreadList,
    start: number,
    node: number,
    facts: number,
    skip: number,
    live: ThreadList,
  ): void {
    if (facts === 0 || this.policy.openTo(node, facts) === 0) return;
    const rest = skips.behindTag(skip);
    // Within a word each blank is one.
    const isNoise = skips.isIndented(rest) && (facts & f.NOISE_BITS) !== 0;
    if (skips.isOver(rest) && !isNoise) live.push(start, node, facts, skips.leftOut(rest));
    if (rest !== 0 && !skips.isDone(rest)) next.push(start, node, facts, rest);
  }
}

/** Of facts behind a line: there may be a reading that is spelled out, too. */
const isApart = (open: number): boolean => open === 0 || (open & f.TO_UNSPACED) !== 0;

/** Facts of a reading over the end of a line: what is spelled out goes on; 0 = nothing does. */
function heldApart(facts: number, isJoined = false): number {
  const noise = ((facts & f.NOISE_BITS) >> f.NOISE_SHIFT) + (isJoined ? 0 : 1);
  if (noise === 0 || noise > f.NOISE_LIMIT || (facts & f.SPREAD) === 0) return 0;
  return spelledOut((facts & ~f.NOISE_BITS) | (noise << f.NOISE_SHIFT) | INTERLEAVE);
}

/** Facts of a reading that has read a blank of the entry. */
function heldByBlank(facts: number): number {
  return facts & ~(f.NOISE_BITS | f.RUN_BITS | f.LAST_BITS);
}

/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds */
import { ALLOWS, HOLDING, type MatchPolicy } from './match-policy.js';

/**
 * Told of a match once it is certain (a word that must end there is certain one character later).
 * Offsets are UTF-16 units from the beginning of the stream; `folds`: contextual folds that were needed.
 * True: read no further than this character.
 */
export type OnMatch = (entry: number, start: number, end: number, folds: number) => boolean;

interface Candidate {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
  readonly folds: number;
  /** Classes that may not come next. */
  readonly mask: number;
}

/**
 * Matches that are there but not certain: those whose right edge depends on what comes next, and those that an
 * allowing entry that began before them may still come to cover.
 */
export class MatchEdges {
  private waiting: Candidate[] = [];
  /** Empty: takes turns with `waiting`. */
  private spent: Candidate[] = [];
  private readonly pending: Candidate[] = [];
  private allowed: Candidate[] = [];
  private readonly hasAllows: boolean;

  constructor(private readonly policy: MatchPolicy) {
    this.hasAllows = policy.allowKinds !== 0;
  }

  /** Nothing waits for what comes next. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.pending.length === 0;
  }

  /** A match, and the classes that may not come next; true when it is certain and `onMatch` halts. */
  add(entry: number, start: number, end: number, folds: number, mask: number, onMatch: OnMatch): boolean {
    if (mask === 0 && !this.hasAllows) return onMatch(entry, start, end, folds);
    const candidate = { entry, start, end, folds, mask };
    if (mask === 0) return this.pass(candidate, onMatch);
    this.waiting.push(candidate);
    return false;
  }

  /** Decides the waiting matches by the class of what comes after them; 0 for the end. True: halt. */
  settle(next: number, onMatch: OnMatch): boolean {
    const { waiting } = this;
    if (waiting.length === 0) return false;
    this.waiting = this.spent;
    this.spent = waiting;
    let halts = false;
    for (let i = 0; i < waiting.length; i++) {
      const candidate = waiting[i]!;
      if ((candidate.mask & next) === 0 && this.pass(candidate, onMatch)) halts = true;
    }
    shorten(waiting, 0);
    return halts;
  }

  /**
   * Decides what allowing entries may cover. True: halt.
   * @param firstAllow the first start from which an allowing entry may still come about
   */
  resolve(firstAllow: number, position: number, onMatch: OnMatch): boolean {
    const { pending } = this;
    let halts = false;
    let open = 0;
    for (let i = 0; i < pending.length; i++) {
      const match = pending[i]!;
      if (this.isCovered(match)) continue;
      if (firstAllow <= match.start || this.mayBeCovered(match)) pending[open++] = match;
      else if (onMatch(match.entry, match.start, match.end, match.folds)) halts = true;
    }
    shorten(pending, open);
    if (this.allowed.length > 0) this.forget(position);
    return halts;
  }

  /** The last start of a match that `resolve` has to decide; -1 when there is none. */
  lastPending(): number {
    const { pending } = this;
    let last = -1;
    for (let i = 0; i < pending.length; i++) if (pending[i]!.start > last) last = pending[i]!.start;
    return last;
  }

  /** Whether `resolve` has something to decide. */
  get unresolved(): boolean {
    return this.pending.length > 0 || this.allowed.length > 0;
  }

  /** First start of a match of a holding entry that is not certain; `before` when there is none. */
  firstHeld(before: number): number {
    return this.firstHeldOf(this.pending, this.firstHeldOf(this.waiting, before));
  }

  private firstHeldOf(list: readonly Candidate[], before: number): number {
    let first = before;
    for (let i = 0; i < list.length; i++) {
      const { entry, start } = list[i]!;
      if (start < first && (this.policy.rules[entry]! & HOLDING) !== 0) first = start;
    }
    return first;
  }

  private pass(candidate: Candidate, onMatch: OnMatch): boolean {
    if (!this.hasAllows) return onMatch(candidate.entry, candidate.start, candidate.end, candidate.folds);
    if ((this.policy.rules[candidate.entry]! & ALLOWS) !== 0) this.allowed.push(candidate);
    else this.pending.push(candidate);
    return false;
  }

  /** What is found later ends at the position or later, unless it waits already. */
  private forget(position: number): void {
    const needed = this.waiting.reduce((least, match) => Math.min(least, match.end), position);
    this.allowed = this.allowed.filter((allow) => allow.end >= needed);
  }

  /** Loops, since a closure for each match would be garbage. */
  private isCovered(match: Candidate): boolean {
    const { allowed } = this;
    for (let i = 0; i < allowed.length; i++) if (covers(allowed[i]!, match)) return true;
    return false;
  }

  /** Whether one that waits, of an allowing entry, would cover the match. */
  private mayBeCovered(match: Candidate): boolean {
    const { waiting } = this;
    for (let i = 0; i < waiting.length; i++) {
      const other = waiting[i]!;
      if ((this.policy.rules[other.entry]! & ALLOWS) !== 0 && covers(other, match)) return true;
    }
    return false;
  }
}

/** Taken out one by one: setting the length of an array is a slow call. */
function shorten(list: Candidate[], length: number): void {
  while (list.length > length) list.pop();
}

function covers(allow: Candidate, match: Candidate): boolean {
  return allow.start <= match.start && allow.end >= match.end;
}

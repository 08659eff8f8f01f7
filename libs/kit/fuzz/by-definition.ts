/*
 * What the matcher is to find, by its definition: every reading of a text is tried, whole, and judged afterwards.
 * Slow, and without a thought for streams; over a small world of characters.
 */
import { HOMOGLYPH, INTERLEAVE, LEET, MARKUP, REPEAT } from '../src/matching/fold-names.js';
import type { MatcherEntry } from '../src/matching/matcher.js';
import { ESCAPE_MOST, escapeAt } from './escape-by-definition.js';
import { GivenText, type Reading } from './given-text.js';
import { hyphenEnds, markupAt } from './markup-by-definition.js';
import {
  edgeMask,
  isBehindMark,
  isBroken,
  isDoubtful,
  isJoined,
  isLetterOfRun,
  isPossible,
  isSpread,
  isUnparted,
  repeatsFirst,
  type Step,
  type StepKind,
  UNSEEN,
} from './reading-rules.js';
import { classOf, isForeign, linesBefore, PASSES_FOR, SPACED, type Unit, unitsOf } from './small-world.js';

export interface Found {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
}

/** Where a match may begin, and the class of what it begins behind. */
interface Beginning {
  readonly at: number;
  readonly before: number;
  readonly isBehindEscape: boolean;
}

class Search {
  readonly found: Found[] = [];
  private readonly text: string;
  private readonly units: readonly Unit[];
  /** Of each place, once they are asked for. */
  private readonly readings: (readonly Reading[])[] = [];
  private readonly beginnings: Beginning[][] = [];
  private readonly entry: string;
  private readonly mask: number;

  constructor(
    private readonly given: GivenText,
    private readonly rule: MatcherEntry,
    private readonly index: number,
    private readonly isOver: boolean,
  ) {
    this.text = given.text;
    this.units = given.units;
    this.entry = unitsOf(rule.text)
      .map(({ unit }) => unit)
      .join('');
    this.mask = rule.folds ?? 0;
  }

  /** What begins at this position or before. */
  run(last: number): Found[] {
    for (let at = 0; at < this.units.length; at++) {
      if ((this.units[at]?.start ?? 0) > last) break;
      for (const from of this.beginningsAt(at)) this.walk(from, at, 0, []);
    }
    return this.found;
  }

  private beginningsAt(at: number): Beginning[] {
    return (this.beginnings[at] ??= this.beginAt(at));
  }

  private beginAt(at: number): Beginning[] {
    const all = [{ at, before: classOf(this.units[at - 1]?.unit), isBehindEscape: false }];
    for (let k = Math.max(0, at - ESCAPE_MOST); k < at; k++) {
      for (const { next, isEscape, endsInLetter, unit } of this.readingsAt(k)) {
        if (!isEscape || next !== at || !endsInLetter) continue;
        const before = unit === '' ? this.beginningsAt(k).map((one) => one.before) : [classOf(unit)];
        // Behind two in a row, what the first one stood for counts.
        const last = before.at(-1) ?? 0;
        if (last !== SPACED) all.push({ at, before: last, isBehindEscape: true });
      }
    }
    return all;
  }

  private readingsAt(at: number): readonly Reading[] {
    return (this.readings[at] ??= this.readAt(at));
  }

  private readAt(at: number): readonly Reading[] {
    const unit = this.units[at];
    const plain = this.given.plain[at];
    if (!unit || !plain) return [];
    if ((this.mask & MARKUP) === 0 || !'\\&'.includes(this.text.charAt(unit.start))) return plain;
    const escape = escapeAt(this.text, unit.start);
    // Without its semicolon it is over when something else comes, or the text is.
    if (!escape || (escape.isOpen && !this.isOver)) return plain;
    const after = this.units.findIndex(({ start }) => start >= escape.end);
    const next = after < 0 ? this.units.length : after;
    // The end of a line that ends an escape is one with the blanks behind it.
    const within = this.units[next - 1];
    const run = within !== undefined && within.start < escape.end ? within.lines : 0;
    const isSecond = /\\r$/.test(this.text.slice(0, unit.start)) && /^\\n/.test(this.text.slice(unit.start));
    const lines = escape.lines === 0 || isSecond ? 0 : Math.max(1, run);
    const isClause = escape.isClause && !isSecond;
    return [...plain, { ...escape, isClause, lines, start: unit.start, next, isEscape: true }];
  }

  /** Over markup that begins here; what it stands in reads on behind it. */
  private skip(from: Beginning, at: number, matched: number, steps: readonly Step[]): void {
    const { start } = this.units[at] ?? { start: -1 };
    if (start < 0 || matched === 0 || matched === this.entry.length || (this.mask & MARKUP) === 0) return;
    const go = (end: number, total: number, step: Step) => {
      const path = [...steps, step];
      const after = this.units.findIndex((unit) => unit.start >= end);
      if ((step.fold & ~this.mask) === 0 && isPossible(path))
        this.walk(from, after < 0 ? this.units.length : after, total, path);
    };
    this.skipHyphen(start, matched, steps, go);
    for (const { end, isBlock, isBreak, isQuote, lineEnd } of markupAt(this.text, start)) {
      const isLine = isBlock || isQuote;
      const fold = isLine ? MARKUP | INTERLEAVE : MARKUP;
      const lines = isBreak ? linesBefore(this.units, lineEnd) : 0;
      const skip = { kind: 'skip', unit: '<', fold, isClause: isLine, lines, isEscape: false } as const;
      go(end, matched, skip);
      if (isQuote && isBroken(steps)) continue;
      // The end of a line is a blank, or one with the blank before it.
      const isUnpartedHere = isUnparted(steps);
      const isJoint = isUnpartedHere && !(isQuote && isBehindMark(steps));
      if (isBreak && isJoint && this.entry[matched - 1] === ' ')
        go(end, matched, { ...skip, fold: MARKUP, isClause: false, lines: 0 });
      if (isBreak && (isQuote || isUnpartedHere) && this.entry[matched] === ' ')
        go(end, matched + 1, { ...skip, kind: 'plain', unit: ' ', fold: MARKUP, isBreak });
    }
  }

  /** A hyphen at the end of a line parts one word, or joins two. */
  private skipHyphen(
    start: number,
    matched: number,
    steps: readonly Step[],
    go: (end: number, total: number, step: Step) => void,
  ): void {
    const ends = hyphenEnds(this.text, start);
    if (ends.length === 0 || classOf(this.entry[matched - 1]) !== SPACED || !isUnparted(steps)) return;
    const skip = {
      kind: 'skip',
      unit: '-',
      fold: MARKUP,
      isClause: false,
      lines: 1,
      isEscape: false,
    } as const;
    for (const { end, lineEnd } of ends) {
      if (linesBefore(this.units, lineEnd) === 1) go(end, matched, skip);
      if (this.entry[matched] === ' ')
        go(end, matched + 1, { ...skip, kind: 'other', unit: ' ', fold: MARKUP | INTERLEAVE, isBreak: true });
    }
  }

  private walk(from: Beginning, at: number, matched: number, steps: readonly Step[]): void {
    this.skip(from, at, matched, steps);
    for (const reading of this.readingsAt(at)) {
      const { isEscape } = reading;
      if (reading.unit === ' ' && isJoined(steps, isEscape)) {
        const joined = {
          kind: 'joined',
          unit: ' ',
          fold: MARKUP,
          isClause: false,
          lines: 0,
          isEscape,
        } as const;
        this.walk(from, reading.next, matched, [...steps, joined]);
      }
      if (reading.unit === '') {
        if (matched > 0) {
          this.walk(from, reading.next, matched, [...steps, UNSEEN]);
        }
        continue;
      }
      for (const step of this.stepsOf(reading, matched, steps)) {
        const path = [...steps, step];
        const total =
          step.kind === 'plain' || step.kind === 'other' || step.kind === 'blank' ? matched + 1 : matched;
        if (!isPossible(path)) continue;
        if (total === this.entry.length && ['plain', 'other', 'repeat'].includes(step.kind)) {
          this.judge(from, reading, path);
        }
        if (total < this.entry.length || isLetterOfRun(path)) this.walk(from, reading.next, total, path);
      }
    }
  }

  private stepsOf(reading: Reading, matched: number, before: readonly Step[]): Step[] {
    const { unit, isClause, lines, isEscape } = reading;
    const steps: Step[] = [];
    const add = (kind: StepKind, fold: number, read = unit) => {
      const all = isEscape ? fold | MARKUP : fold;
      if ((all & ~this.mask) === 0) steps.push({ kind, unit: read, fold: all, isClause, lines, isEscape });
    };
    const wanted = this.entry[matched];
    const last = this.entry[matched - 1];
    if (wanted !== undefined) {
      if (unit === wanted) add('plain', 0);
      for (const [other, fold] of PASSES_FOR[unit] ?? []) if (other === wanted) add('other', fold, other);
    }
    if (matched === 0) return steps;
    if (classOf(unit) === 0 && wanted !== undefined) {
      add('noise', INTERLEAVE);
      if ('*~`'.includes(unit)) add('mark', MARKUP);
      if (wanted === ' ' && unit !== ' ') add('blank', INTERLEAVE, ' ');
      if (wanted === ' ' && '-_'.includes(unit) && isUnparted(before)) add('other', INTERLEAVE, ' ');
    }
    if (/[0-9]/.test(unit) || classOf(last) === 0) return steps;
    if (unit === last) add('repeat', REPEAT);
    for (const [other, fold] of PASSES_FOR[unit] ?? [])
      if (other === last) add('repeat', REPEAT | fold, other);
    return steps;
  }

  private judge(from: Beginning, reading: Reading, path: readonly Step[]): void {
    const first = classOf(this.entry[0]);
    const last = classOf(this.entry.at(-1));
    const mustSpread = isSpread(path, this.entry, first === SPACED && from.before === SPACED);
    if (mustSpread === 'broken') return;
    if (!this.repeatsWell(from, path) || !this.isGenuine(from.at, path)) return;
    if ((edgeMask(first, this.rule.wholeWord) & from.before) !== 0) return;
    let mask = edgeMask(last, this.rule.wholeWord);
    if (path.at(-1)?.kind === 'repeat' && (mask & SPACED) === 0) return;
    if (mustSpread === 'needed' && last === SPACED) mask |= SPACED;
    const next = this.units[reading.next];
    if (next && (mask & classOf(next.unit)) !== 0) return;
    const isCertain = mask === 0 || next !== undefined || this.isOver;
    const { start } = this.units[from.at] ?? { start: 0 };
    this.found.push({ entry: this.index, start, end: reading.end, isCertain });
  }

  private repeatsWell({ before }: Beginning, path: readonly Step[]): boolean {
    if (!path.some(({ kind }) => kind === 'repeat')) return true;
    const letters = this.entry.replaceAll(' ', '');
    const classes = new Set([...letters].map(classOf));
    if (classes.size > 1) return false;
    // A run counts from its first letter.
    if ((before & classOf(this.entry[0])) !== 0 && repeatsFirst(path)) return false;
    return !isDoubtful(path);
  }

  private isGenuine(from: number, path: readonly Step[]): boolean {
    const start = path[0];
    const beginsOther = start?.kind === 'other' && (start.fold & HOMOGLYPH) !== 0;
    const own = this.units[from]?.unit ?? '';
    const past = this.units.slice(Math.max(0, from - 9), from).reverse();
    const nearest = past.find(({ unit }) => classOf(unit) !== 0)?.unit;
    const isSame =
      nearest !== undefined && classOf(nearest) === SPACED && isForeign(nearest) === isForeign(own);
    const isLeet = path.some(({ fold }) => (fold & LEET) !== 0);
    if (!isLeet && !(beginsOther && isSame)) return true;
    if (isLeet && [...this.entry].some((unit) => classOf(unit) === 0 && unit !== ' ')) return false;
    return path.some(({ kind, unit }) => kind === 'plain' && unit !== ' ');
  }
}

/**
 * All matches in a text, allowing entries among them; certain or not if the text may go on.
 * @param last where they may begin at the latest
 */
export function findByDefinition(
  entries: readonly MatcherEntry[],
  text: string,
  isOver: boolean,
  last = Infinity,
): Found[] {
  const given = new GivenText(text);
  const all = entries.flatMap((entry, index) => new Search(given, entry, index, isOver).run(last));
  const distinct = new Map<string, Found>();
  for (const match of all) {
    const key = `${match.entry} ${match.start}-${match.end}`;
    if (match.isCertain || !distinct.has(key)) distinct.set(key, match);
  }
  return [...distinct.values()];
}

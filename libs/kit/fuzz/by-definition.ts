/*
 * What the matcher is to find, by its definition: every reading of a text is tried, whole, and judged afterwards.
 * Slow, and without a thought for streams; over a small world of characters.
 */
import { HOMOGLYPH, INTERLEAVE, LEET, MARKUP, REPEAT } from '../src/matching/fold-names.js';
import type { MatcherEntry } from '../src/matching/matcher.js';
import { markupAt } from './markup-by-definition.js';
import {
  isDoubtful,
  isJoined,
  isLetterOfRun,
  isPossible,
  isSpread,
  type Step,
  type StepKind,
} from './reading-rules.js';
import {
  classOf,
  FOLDED,
  isClauseEnd,
  isForeign,
  PASSES_FOR,
  SPACED,
  type Unit,
  unitsOf,
  UNSPACED,
} from './small-world.js';

const ESCAPE = /^(?:\\u([0-9a-f]{4})|&#(\d+)(?:;|(?![\d;]))|&(shy);?|\\([!-%'-/:-@[\]-`{-~]))/i;

export interface Found {
  readonly entry: number;
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
}

/** One unit at a place, as it stands or as the escape that begins there. */
interface Reading extends Unit {
  readonly next: number;
  readonly isEscape: boolean;
}

class Search {
  readonly found: Found[] = [];
  private readonly units: Unit[];
  private readonly entry: string;
  private readonly mask: number;

  constructor(
    private readonly text: string,
    private readonly rule: MatcherEntry,
    private readonly index: number,
    private readonly isOver: boolean,
  ) {
    this.units = unitsOf(text);
    this.entry = unitsOf(rule.text)
      .map(({ unit }) => unit)
      .join('');
    this.mask = rule.folds ?? 0;
  }

  run(): Found[] {
    for (let from = 0; from < this.units.length; from++) this.walk(from, from, 0, []);
    return this.found;
  }

  private readingsAt(at: number): Reading[] {
    const unit = this.units[at];
    if (!unit) return [];
    const readings: Reading[] = [{ ...unit, next: at + 1, isEscape: false }];
    const escape = (this.mask & MARKUP) === 0 ? null : ESCAPE.exec(this.text.slice(unit.start));
    if (!escape) return readings;
    const [whole, hex, decimal, shy, sign] = escape;
    const end = unit.start + whole.length;
    // Without its semicolon it is over when something else comes, or the text is.
    const isOpen = whole.startsWith('&') && !whole.endsWith(';') && end === this.text.length;
    if (isOpen && !this.isOver) return readings;
    const after = this.units.findIndex(({ start }) => start >= end);
    const next = after < 0 ? this.units.length : after;
    const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal ?? '0', 10);
    const isUnseen = shy !== undefined || (sign === undefined && code === 0);
    const decoded = isUnseen ? '' : (FOLDED[sign ?? String.fromCodePoint(code)] ?? sign ?? 'x');
    const isClause = isClauseEnd(decoded || 'x') || '.!?:'.includes(decoded || 'x');
    readings.push({ unit: decoded, start: unit.start, end, isClause, next, isEscape: true });
    return readings;
  }

  /** Over markup that begins here; what it stands in reads on behind it. */
  private skip(from: number, at: number, matched: number, steps: readonly Step[]): void {
    const { start } = this.units[at] ?? { start: -1 };
    if (start < 0 || matched === 0 || matched === this.entry.length || (this.mask & MARKUP) === 0) return;
    for (const { end, isBlock } of markupAt(this.text, start)) {
      const fold = isBlock ? MARKUP | INTERLEAVE : MARKUP;
      const path = [...steps, { kind: 'skip', unit: '<', fold, isClause: isBlock, isEscape: false } as const];
      const after = this.units.findIndex((unit) => unit.start >= end);
      if ((fold & ~this.mask) === 0 && isPossible(path))
        this.walk(from, after < 0 ? this.units.length : after, matched, path);
    }
  }

  private walk(from: number, at: number, matched: number, steps: readonly Step[]): void {
    this.skip(from, at, matched, steps);
    if (this.units[at]?.unit === ' ' && isJoined(steps)) {
      const joined = { kind: 'joined', unit: ' ', fold: MARKUP, isClause: false, isEscape: false } as const;
      this.walk(from, at + 1, matched, [...steps, joined]);
    }
    for (const reading of this.readingsAt(at)) {
      if (reading.unit === '') {
        if (matched > 0) {
          const unseen = { kind: 'mark', unit: '', fold: MARKUP, isClause: false, isEscape: true } as const;
          this.walk(from, reading.next, matched, [...steps, unseen]);
        }
        continue;
      }
      for (const step of this.stepsOf(reading, matched)) {
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

  private stepsOf({ unit, isClause, isEscape }: Reading, matched: number): Step[] {
    const steps: Step[] = [];
    const add = (kind: StepKind, fold: number, read = unit) => {
      const all = isEscape ? fold | MARKUP : fold;
      if ((all & ~this.mask) === 0) steps.push({ kind, unit: read, fold: all, isClause, isEscape });
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
    }
    if (/[0-9]/.test(unit) || classOf(last) === 0) return steps;
    if (unit === last) add('repeat', REPEAT);
    for (const [other, fold] of PASSES_FOR[unit] ?? [])
      if (other === last) add('repeat', REPEAT | fold, other);
    return steps;
  }

  private judge(from: number, reading: Reading, path: readonly Step[]): void {
    const before = this.units[from - 1]?.unit;
    const first = classOf(this.entry[0]);
    const last = classOf(this.entry.at(-1));
    const mustSpread = isSpread(path, this.entry, first === SPACED && classOf(before) === SPACED);
    if (mustSpread === 'broken') return;
    if (!this.repeatsWell(from, path) || !this.isGenuine(from, path)) return;
    if ((edgeMask(first, this.rule.wholeWord) & classOf(before)) !== 0) return;
    let mask = edgeMask(last, this.rule.wholeWord);
    if (path.at(-1)?.kind === 'repeat' && (mask & SPACED) === 0) return;
    if (mustSpread === 'needed' && last === SPACED) mask |= SPACED;
    const next = this.units[reading.next];
    if (next && (mask & classOf(next.unit)) !== 0) return;
    const isCertain = mask === 0 || next !== undefined || this.isOver;
    const { start } = this.units[from] ?? { start: 0 };
    this.found.push({ entry: this.index, start, end: reading.end, isCertain });
  }

  private repeatsWell(from: number, path: readonly Step[]): boolean {
    if (!path.some(({ kind }) => kind === 'repeat')) return true;
    const letters = this.entry.replaceAll(' ', '');
    const classes = new Set([...letters].map(classOf));
    if (classes.size > 1) return false;
    // A run counts from its first letter.
    const isLater = this.units[from - 1]?.unit === this.units[from]?.unit;
    const [first, second] = path;
    const isPlain = first?.kind === 'plain' && !first.isEscape && second?.kind === 'repeat';
    if (isLater && isPlain && second.fold === REPEAT) return false;
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

function edgeMask(edge: number, wholeWord: boolean | undefined): number {
  if (wholeWord === false || edge === 0) return 0;
  if (edge === SPACED) return SPACED;
  return wholeWord === true ? SPACED | UNSPACED : 0;
}

/** All matches in a text, allowing entries among them; certain or not if the text may go on. */
export function findByDefinition(entries: readonly MatcherEntry[], text: string, isOver: boolean): Found[] {
  const all = entries.flatMap((entry, index) => new Search(text, entry, index, isOver).run());
  const distinct = new Map<string, Found>();
  for (const match of all) {
    const key = `${match.entry} ${match.start}-${match.end}`;
    if (match.isCertain || !distinct.has(key)) distinct.set(key, match);
  }
  return [...distinct.values()];
}

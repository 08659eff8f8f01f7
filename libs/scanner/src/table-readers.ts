/* eslint-disable @typescript-eslint/no-non-null-assertion -- arrays read within bounds, in loops where a check costs */
import {
  type DetectorKind,
  DetectorText,
  FoldingDetectorCursor,
  type MatchCursor,
  type OnMatch,
  type PinyinReader,
  takeUnits,
} from '@lorekeep/kit/matching';
import type { ScanAction, Severity } from '@lorekeep/contracts';
import type { KeptText } from '@lorekeep/kit/text';
import { AllowedSpans } from './allowed-spans.js';
import type { PreparedTable } from './prepare-table.js';
import type { CompiledUnit } from './scan-table.js';

/** A match of any reader; offsets are UTF-16 units of the channel's text. */
export interface Found {
  readonly ruleId: string;
  readonly category: string;
  readonly severity: Severity;
  readonly action: ScanAction;
  readonly start: number;
  readonly end: number;
  /** Contextual folds that were needed, as bits. */
  readonly folds: number;
  /** Null for detectors. */
  readonly unit: CompiledUnit | null;
  readonly entry: number;
  /** It goes on, and is told again with another end. */
  readonly open: boolean;
  /** No exception is left that could cover it: its reader knew them all. */
  readonly settled: boolean;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Reading<Reader> {
  readonly cursor: Reader;
  readonly report: OnMatch;
}

const PRIVATE_KEY: DetectorKind = 'secret.private-key';

/** Takes what was found; what is not wanted is not looked at. */
type Take = (found: Found) => void;

/**
 * All readers of one text, fed alike: the tenant's exceptions, each unit, the detectors. They may begin in the middle
 * of the text, at `offset`.
 */
export class TableReaders {
  /** Exceptions found so far that may still cover something. */
  readonly allowed: AllowedSpans;
  /** Made when they are asked for the first time. */
  private exceptions: readonly MatchCursor[] = [];
  private readonly units: readonly Reading<MatchCursor>[];
  private readonly sounds: readonly Reading<PinyinReader>[];
  /** Units at the end in which exceptions have not been looked for yet: nobody asks until something is found. */
  unread = 0;
  /** Units read in all. */
  private length = 0;
  private readonly detectors: FoldingDetectorCursor;
  private readonly logging: FoldingDetectorCursor;
  private readonly hasExceptions: boolean;
  /** Whether any detector's findings are withheld, or recorded alone. */
  private readonly withholds: boolean;
  private readonly logs: boolean;
  private finishing = false;

  /** @param text has every piece before it is fed, and is kept from `CONTEXT` before what is undecided on */
  constructor(
    private readonly prepared: PreparedTable,
    private readonly offset: number,
    private readonly take: Take,
    text: KeptText,
    allowed = new AllowedSpans(),
  ) {
    this.allowed = allowed;
    this.units = prepared.units.map(({ unit, policy }) => ({
      cursor: unit.matcher.cursor(policy),
      report: this.reportOf(
        unit,
        prepared.exceptions.every((own) => own.unit === unit),
      ),
    }));
    this.sounds = prepared.sounds.map(({ unit, matcher, policy }) => ({
      cursor: matcher.reader(policy),
      report: this.reportOf(unit, prepared.exceptions.length === 0),
    }));
    this.hasExceptions = prepared.exceptions.length > 0;
    this.withholds = prepared.withheld.size > 0;
    this.logs = prepared.logged.size > 0;
    this.detectors = new FoldingDetectorCursor(prepared.withheld, new DetectorText(text, offset));
    this.logging = new FoldingDetectorCursor(prepared.logged);
  }

  /** A secret without an end in sight is being withheld: nothing of it is kept. */
  get swallowing(): boolean {
    return this.detectors.isSwallowing;
  }

  /** @returns `undecidedFrom()` */
  feed(piece: string, length = piece.length): number {
    this.length += length;
    if (this.hasExceptions) this.unread += length;
    const { units, sounds } = this;
    // Reports call nothing that asks for the units of another text.
    const given = takeUnits(piece, length);
    let first = this.length;
    for (let i = 0; i < units.length; i++) {
      const { cursor, report } = units[i]!;
      first = least(first, cursor.read(given, length, report));
    }
    for (let i = 0; i < sounds.length; i++) {
      const { cursor, report } = sounds[i]!;
      cursor.feed(piece, report);
      first = least(first, cursor.undecidedFrom());
    }
    if (this.withholds) {
      if (sounds.length === 0) this.detectors.feed(piece, this.detect, given, length);
      else this.detectors.feed(piece, this.detect);
      first = least(first, this.detectors.undecidedFrom());
    }
    if (this.logs) this.logging.feed(piece, this.record);
    return first + this.offset;
  }

  finish(): void {
    this.finishing = true;
    for (const { cursor, report } of this.units) cursor.finish(report);
    for (const { cursor, report } of this.sounds) cursor.finish(report);
    this.detectors.finish(this.detect);
    this.logging.finish(this.record);
  }

  /** To be called before `allowed` or `allowableFrom` are asked, with the text that is unread. */
  readExceptions(unread: string): void {
    if (this.exceptions.length === 0)
      this.exceptions = this.prepared.exceptions.map(({ policy }) => policy.matcher.cursor(policy));
    if (unread !== '') for (const cursor of this.exceptions) cursor.feed(unread, this.allow);
    this.unread = 0;
    if (this.finishing) for (const cursor of this.exceptions) cursor.finish(this.allow);
  }

  /** The first position that a continuation could make part of a match that is withheld. */
  undecidedFrom(): number {
    let first = this.withholds ? this.detectors.undecidedFrom() : this.length;
    for (const { cursor } of this.units) first = least(first, cursor.undecidedFrom());
    for (const { cursor } of this.sounds) first = least(first, cursor.undecidedFrom());
    return first + this.offset;
  }

  /** The first position that a continuation could make part of an exception. */
  allowableFrom(): number {
    let first = Infinity;
    for (const cursor of this.exceptions) first = Math.min(first, cursor.undecidedFrom());
    return first + this.offset;
  }

  private readonly allow = (_entry: number, start: number, end: number): boolean => {
    this.allowed.add(start + this.offset, end + this.offset);
    return false;
  };

  private reportOf(unit: CompiledUnit, settled: boolean): OnMatch {
    const { policy } = this.prepared.table;
    const { offset } = this;
    // Mostly that of the match before: what the policy says is not looked up again.
    let known = '';
    let said = policy.of(known);
    return (entry: number, from: number, to: number, folds: number): boolean => {
      const { ruleId, category, action: own } = unit.ruleOf(entry);
      if (category !== known) said = policy.of((known = category));
      const action = said.action ?? own ?? 'redact';
      if (action === 'off') return false;
      this.take({
        ruleId,
        category,
        severity: said.severity,
        action,
        start: from + offset,
        end: to + offset,
        folds,
        unit,
        entry,
        open: false,
        settled,
      });
      return false;
    };
  }

  /** Nothing waits for it, so what is told again and again as it grows is taken once, with its end. */
  private readonly record = (kind: DetectorKind, start: number, end: number): boolean => {
    if (!this.finishing && this.logging.swallowing?.start === start) return false;
    return this.detect(kind, start, end);
  };

  private readonly detect = (kind: DetectorKind, from: number, to: number): boolean => {
    const { action, severity } = this.prepared.table.policy.of(kind);
    if (action === null || action === 'off') return false;
    const what = { ruleId: `detector:${kind}`, category: kind, severity, action };
    const [start, end] = [from + this.offset, to + this.offset];
    const { swallowing } = this.detectors;
    // A private key is withheld before its end is known, so no exception can be known to cover it.
    const settled = kind === PRIVATE_KEY || !this.hasExceptions;
    const open = !this.finishing && swallowing?.kind === kind && swallowing.start === from;
    this.take({ ...what, start, end, folds: 0, unit: null, entry: -1, open, settled });
    return false;
  };
}

/** Math.min makes the engine reckon in floating point. */
function least(one: number, other: number): number {
  return one < other ? one : other;
}

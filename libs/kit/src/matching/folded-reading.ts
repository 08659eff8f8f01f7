import type { DetectorKind, OnDetection } from './detector-kinds.js';
import { DetectorCursor } from './detector-cursor.js';
import { LeftOut } from './left-out.js';

/** Detectors over what one reading leaves of a text; offsets are of the text as it is. */
export class FoldedReading {
  /** Where something was left out last, in what is read. */
  private foldedAt = 0;

  constructor(
    kinds: ReadonlySet<DetectorKind>,
    private readonly cursor = new DetectorCursor(kinds),
    private readonly leftOut = new LeftOut(),
  ) {}

  /** The same reading once more, to go on otherwise. */
  copy(kinds: ReadonlySet<DetectorKind>): FoldedReading {
    return new FoldedReading(kinds, this.cursor.copy(), this.leftOut.copy());
  }

  /** From here on it may be fed something else than stands there. */
  detach(): void {
    this.cursor.text.detach(this.cursor.position);
  }

  get position(): number {
    return this.placeOf(this.cursor.position);
  }

  /** Whether something has begun that may go on. */
  get isOpen(): boolean {
    return this.cursor.undecidedFrom() < this.cursor.position;
  }

  /** Units read since something was left out. */
  get sinceFold(): number {
    return this.cursor.position - this.foldedAt;
  }

  get isSwallowing(): boolean {
    return this.cursor.swallowing !== undefined;
  }

  /** What is being withheld until its end; nothing of it is kept. */
  get swallowing(): DetectorCursor['swallowing'] {
    const { swallowing } = this.cursor;
    if (!swallowing || this.leftOut.isEmpty) return swallowing;
    return { kind: swallowing.kind, start: this.leftOut.startOf(swallowing.start) };
  }

  undecidedFrom(): number {
    return this.placeOf(this.cursor.undecidedFrom());
  }

  /** See `DetectorCursor`. */
  skim(units: Uint16Array, length: number): number {
    return this.cursor.skim(units, length);
  }

  keep(piece: string): void {
    this.cursor.keep(piece);
    this.forget();
  }

  /** @param from so much of the piece has been skimmed */
  feed(piece: string, report: OnDetection, from = 0): boolean {
    return this.cursor.feed(piece, this.placed(report), from);
  }

  finish(report: OnDetection): boolean {
    return this.cursor.finish(this.placed(report));
  }

  /** Reads on behind units that are none of the text. */
  leave(units: number): void {
    this.foldedAt = this.cursor.position;
    this.leftOut.add(this.foldedAt, units);
  }

  /** Reads one unit in the place of several. */
  feedFor(units: number, unit: string, report: OnDetection): boolean {
    this.foldedAt = this.cursor.position;
    this.leftOut.addWithin(this.foldedAt, units - 1);
    return this.feed(unit, report);
  }

  /** Nothing that has been decided is asked about any more. */
  forget(): void {
    if (!this.leftOut.isEmpty && !this.cursor.swallowing) this.leftOut.forget(this.cursor.undecidedFrom());
  }

  private placeOf(place: number): number {
    return this.leftOut.isEmpty ? place : this.leftOut.startOf(place);
  }

  private placed(report: OnDetection): OnDetection {
    const { leftOut } = this;
    if (leftOut.isEmpty) return report;
    return (kind, start, end) => report(kind, leftOut.startOf(start), leftOut.endOf(end));
  }
}

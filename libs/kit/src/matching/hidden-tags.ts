import { beginSkip, isBlock, isDone, leftOut, nextSkip } from './markup-skip.js';

const LESS = 0x3c;

/** Tags and comments in a row, of which a browser shows nothing, read unit by unit. */
export class HiddenTags {
  private skip = 0;

  get isOpen(): boolean {
    return this.skip !== 0;
  }

  begin(unit: number): void {
    this.skip = beginSkip(unit, 0);
  }

  /** Whether the unit is one of them; a tag that begins a block or a cell is none. */
  read(unit: number): boolean {
    const next = isDone(this.skip)
      ? unit === LESS
        ? beginSkip(unit, leftOut(this.skip))
        : 0
      : nextSkip(this.skip, unit);
    if (next === 0 || isBlock(next)) return false;
    this.skip = next;
    return true;
  }

  /** They are over; whether all that was read was tags. */
  end(): boolean {
    const isWhole = this.skip !== 0 && isDone(this.skip);
    this.skip = 0;
    return isWhole;
  }
}

import type { Box } from './boxes.js';
import type { ShownRun } from './follow-drawing.js';

/** In points: runs are found by the rows of this height that they lie in. */
const ROW = 16;
/** For one page; beyond it nothing more is found to be covered, and all of it is screened as text that is seen. */
const COVER_CHECKS_MAX = 2_000_000;
/** Of the letters' size: what may stick out of a box that covers them. */
const MARGIN = 0.2;

interface Placed {
  readonly run: ShownRun;
  readonly core: Box;
}

/** Runs of text that are seen until something is drawn over them. */
export class CoveredRuns {
  private readonly rows = new Map<number, Set<Placed>>();
  private checks = 0;

  constructor(private readonly most = COVER_CHECKS_MAX) {}

  add(run: ShownRun, box: Box, size: number): void {
    const core = shrunk(box, size * MARGIN);
    const row = rowOf((core[1] + core[3]) / 2);
    const placed = this.rows.get(row) ?? new Set();
    placed.add({ run, core });
    this.rows.set(row, placed);
  }

  /** Takes out the runs that lie within a box. */
  cover(box: Box): ShownRun[] {
    const covered: ShownRun[] = [];
    if (this.rows.size === 0) return covered;
    const [from, to] = [rowOf(box[1]), rowOf(box[3])];
    const rows = to - from > this.rows.size ? [...this.rows.keys()] : range(from, to);
    for (const row of rows) {
      const all = row >= from && row <= to ? this.rows.get(row) : undefined;
      for (const placed of all ?? []) {
        if (++this.checks > this.most) return covered;
        const { core } = placed;
        if (core[0] < box[0] || core[1] < box[1] || core[2] > box[2] || core[3] > box[3]) continue;
        all?.delete(placed);
        covered.push(placed.run);
      }
    }
    return covered;
  }
}

const rowOf = (y: number): number => Math.floor(y / ROW);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

function shrunk([left, bottom, right, top]: Box, by: number): Box {
  const across = Math.min(by, (right - left) / 2);
  const up = Math.min(by, (top - bottom) / 2);
  return [left + across, bottom + up, right - across, top - up];
}

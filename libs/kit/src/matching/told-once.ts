import type { DetectorKind, OnDetection } from './detector-kinds.js';

/** What two readings of one text find, each finding once: none of a kind that lies in one of that kind. */
export class ToldOnce {
  private told: { kind: DetectorKind; start: number; end: number }[] = [];

  through(report: OnDetection, undecided: () => number): OnDetection {
    return (kind, start, end) => {
      if (this.told.some((one) => one.kind === kind && one.start <= start && one.end >= end)) return false;
      const from = undecided();
      this.told = this.told.filter((one) => one.end > from);
      this.told.push({ kind, start, end });
      return report(kind, start, end);
    };
  }

  clear(): void {
    this.told = [];
  }
}

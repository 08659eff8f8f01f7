/* eslint-disable @typescript-eslint/no-non-null-assertion -- read within bounds */
const FIRST_CAPACITY = 1024;

/** Matches as plain numbers: entry, start, end of each. To be cleared and used again. */
export class MatchList {
  /** Three numbers a match; more room than there are matches. */
  data = new Int32Array(FIRST_CAPACITY * 3);
  count = 0;

  add(entry: number, start: number, end: number): void {
    let at = this.count * 3;
    if (at === this.data.length) {
      const larger = new Int32Array(at * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[at++] = entry;
    this.data[at++] = start;
    this.data[at] = end;
    this.count++;
  }

  clear(): void {
    this.count = 0;
  }

  /** Puts the matches from an index on in the order in which they begin, the shorter first, equal ones as they were. */
  sortFrom(first: number): void {
    const { data } = this;
    const order = Array.from({ length: this.count - first }, (_, i) => 3 * (first + i));
    order.sort((a, b) => data[a + 1]! - data[b + 1]! || data[a + 2]! - data[b + 2]!);
    const sorted = new Int32Array(3 * order.length);
    order.forEach((from, i) => {
      for (let j = 0; j < 3; j++) sorted[3 * i + j] = data[from + j]!;
    });
    data.set(sorted, 3 * first);
  }

  entry(index: number): number {
    return this.data[3 * index]!;
  }

  start(index: number): number {
    return this.data[3 * index + 1]!;
  }

  end(index: number): number {
    return this.data[3 * index + 2]!;
  }
}

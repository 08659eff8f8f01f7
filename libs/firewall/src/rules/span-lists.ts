/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
const FIRST_CAPACITY = 1_024;

/** Lists of spans of places, of each list in order and apart; to be cleared and used again. */
export class SpanLists {
  /** Last span of each list, plus one; 0 = none. */
  private readonly last: Int32Array;
  private readonly used: number[] = [];
  /** Three numbers a span: first place, last place, the span before it plus one. */
  private data = new Int32Array(3 * FIRST_CAPACITY);
  private count = 0;

  constructor(lists: number) {
    this.last = new Int32Array(lists);
  }

  clear(): void {
    for (const list of this.used) this.last[list] = 0;
    this.used.length = 0;
    this.count = 0;
  }

  /** Spans of a list come in the order of their last places. */
  add(list: number, first: number, last: number): void {
    let { data } = this;
    let top = this.last[list]!;
    if (top === 0) this.used.push(list);
    let at = 3 * (top - 1);
    while (top !== 0 && data[at + 1]! + 1 >= first) {
      if (data[at]! < first) first = data[at]!;
      if (data[at + 1]! > last) last = data[at + 1]!;
      top = data[at + 2]!;
      at = 3 * (top - 1);
    }
    at = 3 * this.count++;
    if (at === data.length) {
      this.data = new Int32Array(2 * at);
      this.data.set(data);
      data = this.data;
    }
    data[at] = first;
    data[at + 1] = last;
    data[at + 2] = top;
    this.last[list] = this.count;
  }

  /**
   * Places from `least` to `most` that are in a span of each of `count` lists: first and last of each row of them, in
   * order; rows that are `near` each other are one.
   */
  common(list: number, count: number, least: number, most: number, near: number): number[] {
    // From the last to the first, as the lists are linked.
    let spans = [least, most];
    for (let at = list; at < list + count && spans.length > 0; at++) spans = this.within(at, spans);
    const rows: number[] = [];
    for (let i = spans.length - 2; i >= 0; i -= 2) {
      const [first, last] = [spans[i]!, spans[i + 1]!];
      if (rows.length > 0 && first <= rows[rows.length - 1]! + near) rows[rows.length - 1] = last;
      else rows.push(first, last);
    }
    return rows;
  }

  /** What the spans, given from the last to the first, have in common with a list. */
  private within(list: number, spans: readonly number[]): number[] {
    const { data } = this;
    const shared: number[] = [];
    let node = this.last[list]!;
    let i = 0;
    while (node !== 0 && i < spans.length) {
      const at = 3 * (node - 1);
      const first = Math.max(spans[i]!, data[at]!);
      const last = Math.min(spans[i + 1]!, data[at + 1]!);
      if (first <= last) shared.push(first, last);
      if (spans[i]! >= data[at]!) i += 2;
      else node = data[at + 2]!;
    }
    return shared;
  }
}

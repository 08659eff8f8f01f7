/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
const FIRST_CAPACITY = 1_024;

/** Lists of spans of places, of each list in order and apart; to be cleared and used again. */
export class SpanLists {
  /** Last span of each list, plus one; 0 = none. */
  private readonly last: Int32Array;
  private used: number[] = [];
  /** Three numbers a span: first place, last place, the span before it plus one. */
  private data = new Int32Array(3 * FIRST_CAPACITY);
  private count = 0;
  /** What is asked for is found in, and handed out as; used again for each. */
  private spans = new Int32Array(FIRST_CAPACITY);
  private shared = new Int32Array(FIRST_CAPACITY);

  constructor(lists: number) {
    this.last = new Int32Array(lists);
  }

  clear(): void {
    for (const list of this.used) this.last[list] = 0;
    this.used = [];
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
  common(list: number, count: number, least: number, most: number, near: number): readonly number[] {
    const rows: number[] = [];
    // From the last to the first, as the lists are linked.
    this.spans[0] = least;
    this.spans[1] = most;
    let length = 2;
    for (let at = list; at < list + count && length > 0; at++) length = this.within(at, length);
    const { spans } = this;
    for (let i = length - 2; i >= 0; i -= 2) {
      const [first, last] = [spans[i]!, spans[i + 1]!];
      if (rows.length > 0 && first <= rows[rows.length - 1]! + near) rows[rows.length - 1] = last;
      else rows.push(first, last);
    }
    return rows;
  }

  /** Leaves of the spans, given from the last to the first, what they have in common with a list; returns how many numbers. */
  private within(list: number, length: number): number {
    const { data, spans } = this;
    let { shared } = this;
    let count = 0;
    let node = this.last[list]!;
    let i = 0;
    while (node !== 0 && i < length) {
      const at = 3 * (node - 1);
      const [begin, end, from, to] = [spans[i]!, spans[i + 1]!, data[at]!, data[at + 1]!];
      const first = begin > from ? begin : from;
      const last = end < to ? end : to;
      if (first <= last) {
        if (count === shared.length) shared = this.shared = longer(shared);
        shared[count++] = first;
        shared[count++] = last;
      }
      if (begin >= from) i += 2;
      else node = data[at + 2]!;
    }
    this.shared = spans;
    this.spans = shared;
    return count;
  }
}

function longer(list: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * list.length);
  more.set(list);
  return more;
}

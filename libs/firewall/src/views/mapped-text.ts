/* eslint-disable @typescript-eslint/no-non-null-assertion -- typed arrays read within bounds, in loops where a check costs */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text made of another one; every unit knows the span of the original that it came from, in UTF-16 units. */
export interface MappedText {
  readonly text: string;
  /** Absent where unit `i` came from unit `i`. */
  readonly starts?: Uint32Array;
  readonly ends?: Uint32Array;
}

/** The least span of the original that holds all of a span of the text. */
export function spanIn({ text, starts, ends }: MappedText, start: number, end: number): Span {
  const from = Math.max(0, Math.min(start, text.length));
  const to = Math.max(from, Math.min(end, text.length));
  if (!starts || !ends) return { start: from, end: to };
  if (from === to) {
    const at = from < starts.length ? starts[from]! : (ends[starts.length - 1] ?? 0);
    return { start: at, end: at };
  }
  // Not the outermost units alone: what was turned round, or sorted, has its edges anywhere.
  let first = starts[from]!;
  let last = ends[from]!;
  for (let i = from + 1; i < to; i++) {
    if (starts[i]! < first) first = starts[i]!;
    if (ends[i]! > last) last = ends[i]!;
  }
  return { start: first, end: last };
}

/** Builds a text out of a source, piece by piece; spans are those of what the source itself came from. */
export class MapBuilder {
  private readonly parts: string[] = [];
  private starts: Uint32Array;
  private ends: Uint32Array;
  length = 0;

  constructor(private readonly source: MappedText) {
    this.starts = new Uint32Array(source.text.length + 16);
    this.ends = new Uint32Array(source.text.length + 16);
  }

  /** Takes over a piece of the source as it is. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    this.parts.push(this.source.text.slice(from, to));
    this.take(from, to);
  }

  /** Takes over a piece of the source under another text of the same length. */
  replace(text: string, from: number): void {
    this.parts.push(text);
    this.take(from, from + text.length);
  }

  /** `text` stands for the piece of the source, all of it for all of it. */
  put(text: string, from: number, to: number): void {
    if (text === '') return;
    this.reserve(text.length);
    const { start, end } = spanIn(this.source, from, to);
    this.parts.push(text);
    this.starts.fill(start, this.length, this.length + text.length);
    this.ends.fill(end, this.length, this.length + text.length);
    this.length += text.length;
  }

  finish(): MappedText {
    return {
      text: this.parts.join(''),
      starts: this.starts.subarray(0, this.length),
      ends: this.ends.subarray(0, this.length),
    };
  }

  private take(from: number, to: number): void {
    this.reserve(to - from);
    const { starts, ends } = this.source;
    if (starts && ends) {
      this.starts.set(starts.subarray(from, to), this.length);
      this.ends.set(ends.subarray(from, to), this.length);
      this.length += to - from;
      return;
    }
    for (let i = from; i < to; i++) {
      this.starts[this.length] = i;
      this.ends[this.length++] = i + 1;
    }
  }

  private reserve(more: number): void {
    if (this.length + more <= this.starts.length) return;
    const room = (this.length + more) * 2;
    for (const name of ['starts', 'ends'] as const) {
      const larger = new Uint32Array(room);
      larger.set(this[name].subarray(0, this.length));
      this[name] = larger;
    }
  }
}

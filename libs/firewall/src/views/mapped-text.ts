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
  private units: Uint16Array;
  private starts: Uint32Array;
  private ends: Uint32Array;
  private all = 0;
  length = 0;

  constructor(
    private readonly source: MappedText,
    room = source.text.length,
  ) {
    this.units = new Uint16Array(room + 16);
    this.starts = new Uint32Array(room + 16);
    this.ends = new Uint32Array(room + 16);
  }

  /** Takes over a piece of the source as it is. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    this.reserve(to - from);
    const { text, starts, ends } = this.source;
    let { length, all } = this;
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      this.units[length] = unit;
      this.starts[length] = starts ? starts[i]! : i;
      this.ends[length++] = ends ? ends[i]! : i + 1;
      all |= unit;
    }
    this.length = length;
    this.all = all;
  }

  /** Takes over a piece of the source under another text of the same length. */
  replace(text: string, from: number): void {
    const at = this.length;
    this.copy(from, from + text.length);
    for (let i = 0; i < text.length; i++) this.all |= this.units[at + i] = text.charCodeAt(i);
  }

  /** `text` stands for the piece of the source, all of it for all of it. */
  put(text: string, from: number, to: number): void {
    if (text === '') return;
    this.reserve(text.length);
    const { start, end } = spanIn(this.source, from, to);
    let { length } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      this.units[length] = unit;
      this.starts[length] = start;
      this.ends[length++] = end;
      this.all |= unit;
    }
    this.length = length;
  }

  finish(): MappedText {
    return {
      text: textOfUnits(this.units.subarray(0, this.length), this.all),
      starts: this.starts.subarray(0, this.length),
      ends: this.ends.subarray(0, this.length),
    };
  }

  private reserve(more: number): void {
    if (this.length + more <= this.starts.length) return;
    const room = (this.length + more) * 2;
    const [units, starts, ends] = [new Uint16Array(room), new Uint32Array(room), new Uint32Array(room)];
    units.set(this.units.subarray(0, this.length));
    starts.set(this.starts.subarray(0, this.length));
    ends.set(this.ends.subarray(0, this.length));
    [this.units, this.starts, this.ends] = [units, starts, ends];
  }
}

/**
 * The text of units, `all` being those of them joined by bits. Texts of Latin-1 are held in bytes: half the memory, and
 * what reads them afterwards is faster.
 */
export function textOfUnits(units: Uint16Array, all: number): string {
  if (all >= 0x100) return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
  return Buffer.from(new Uint8Array(units).buffer).toString('latin1');
}

/** So many units at least are joined at once; of a longer text an eighth: what is copied stays in proportion to it. */
const LEAST_TAIL = 256;
const TAIL_SHIFT = 3;
/** Pieces that may wait apart: what waits for seconds is moved by the collector, and is its garbage then. */
const PIECES_MAX = 8;

const first = new Uint16Array(1);

/**
 * The latest part of a text that arrives in pieces, by positions from its beginning. Pieces are joined from time to time
 * (each on its own takes some 60 bytes), and what is read at the end does not join all the rest.
 */
export class KeptText {
  private head = '';
  private tail = '';
  private pieces = 0;

  /** @param start position of the first piece */
  constructor(private from = 0) {}

  /** The first position that is kept. */
  get start(): number {
    return this.from;
  }

  get end(): number {
    return this.from + this.head.length + this.tail.length;
  }

  copy(): KeptText {
    return Object.assign(new KeptText(), this);
  }

  add(piece: string): void {
    const tail = this.tail + piece;
    this.pieces = (this.pieces + 1) % PIECES_MAX;
    // Asking for a unit joins the pieces; it is kept, so that no compiler leaves the question out.
    if (tail.length < LEAST_TAIL || tail.length < this.head.length >> TAIL_SHIFT) {
      this.tail = tail;
      if (this.pieces === 0) first[0] = tail.charCodeAt(0);
    } else {
      this.head += tail;
      this.tail = '';
      first[0] = this.head.charCodeAt(0);
    }
  }

  /** The units from one position to another, as far as they are kept. */
  slice(from: number, to: number): string {
    const { head, tail } = this;
    const begin = Math.max(0, from - this.from);
    const end = Math.max(0, to - this.from);
    const border = head.length;
    if (begin >= border) return tail.slice(begin - border, Math.max(0, end - border));
    return end <= border ? head.slice(begin, end) : head.slice(begin) + tail.slice(0, end - border);
  }

  /** Keeps nothing before a position. */
  dropBefore(position: number): void {
    const count = Math.min(position, this.end) - this.from;
    if (count <= 0) return;
    this.head = this.slice(this.from + count, this.end);
    this.tail = '';
    this.from += count;
  }

  /** Keeps nothing from a position on. */
  dropFrom(position: number): void {
    this.head = this.slice(this.from, position);
    this.tail = '';
  }
}

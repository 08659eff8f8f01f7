/** So many units at least are a block. */
const LEAST_BLOCK = 256;
/** Pieces that may wait apart: what waits for seconds is moved by the collector, and is its garbage then. */
const PIECES_MAX = 32;

const first = new Uint16Array(1);

/**
 * The latest part of a text that arrives in pieces, by positions from its beginning. Pieces are joined from time to time
 * (each on its own takes some 60 bytes); what has been joined is not copied again until something before it is dropped.
 */
export class KeptText {
  private blocks: string[] = [];
  /** Units in all blocks. */
  private joined = 0;
  private tail = '';
  /** Its units: texts of many shapes are asked slowly. */
  private tailed = 0;
  private pieces = 0;

  /** @param start position of the first piece */
  constructor(private from = 0) {}

  /** The first position that is kept. */
  get start(): number {
    return this.from;
  }

  get end(): number {
    return this.from + this.joined + this.tailed;
  }

  copy(): KeptText {
    return Object.assign(new KeptText(), this, { blocks: [...this.blocks] });
  }

  add(piece: string, length = piece.length): void {
    const tail = this.tail + piece;
    this.tailed += length;
    this.pieces = (this.pieces + 1) % PIECES_MAX;
    if (this.tailed >= LEAST_BLOCK) this.close(tail);
    else {
      this.tail = tail;
      if (this.pieces === 0) joinPieces(tail);
    }
  }

  /** The units from one position to another, as far as they are kept. */
  slice(from: number, to: number): string {
    const { blocks } = this;
    let start = this.from + this.joined;
    let text = to > start ? this.tail.slice(Math.max(0, from - start), to - start) : '';
    for (let i = blocks.length - 1; i >= 0 && from < start; i--) {
      const block = blocks[i] ?? '';
      start -= block.length;
      if (to > start) text = block.slice(Math.max(0, from - start), to - start) + text;
    }
    return text;
  }

  /** Keeps nothing before a position. */
  dropBefore(position: number): void {
    const start = Math.min(position, this.end);
    if (start <= this.from) return;
    const kept = this.slice(start, this.end);
    this.from = start;
    this.keep(kept);
  }

  /** Keeps nothing from a position on. */
  dropFrom(position: number): void {
    this.keep(this.slice(this.from, position));
  }

  private keep(text: string): void {
    this.blocks = [];
    this.joined = this.tailed = 0;
    this.tail = '';
    if (text !== '') this.close(text);
  }

  private close(block: string): void {
    this.blocks.push(block);
    this.joined += block.length;
    this.tail = '';
    this.tailed = 0;
    joinPieces(block);
  }
}

/** Asking for a unit joins them; it is kept, so that no compiler leaves the question out. */
function joinPieces(text: string): void {
  first[0] = text.charCodeAt(0);
}

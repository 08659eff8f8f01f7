import { DamagedSegment } from '../segment-codec.js';

/** Passage numbers are scored in windows of so many: their lengths, scopes and scores stay in the processor's cache. */
export const WINDOW = 65_536;
export const WINDOW_BITS = 16;

/** What a search knows of the passages of one window, by their place in it. */
export interface Window {
  /** In index terms. */
  readonly lengths: Uint16Array;
  /** Index of the scope (access list and collection); 0: not searchable. */
  readonly scopes: Int32Array;
  /** Index of the document. */
  readonly documents: Int32Array;
  /** Passages that segments say are here; the window goes with the last of them. */
  entries: number;
}

export const WINDOW_BYTES = WINDOW * 10;

/** The passages of one tenant by number. */
export class PassageWindows {
  private readonly windows = new Map<number, Window>();

  get bytes(): number {
    return this.windows.size * WINDOW_BYTES;
  }

  /** Throws DamagedSegment where no directory speaks of any passage there. */
  windowOf(id: number): Window {
    const window = this.windows.get(id);
    if (!window) throw new DamagedSegment('a posting of a passage that no directory has');
    return window;
  }

  lengthOf(number: number): number {
    return this.windowOf(number >>> WINDOW_BITS).lengths[number & (WINDOW - 1)] as number;
  }

  scopeOf(number: number): number {
    return this.windowOf(number >>> WINDOW_BITS).scopes[number & (WINDOW - 1)] as number;
  }

  /** -1 where there is none. */
  documentOf(number: number): number {
    return this.windows.get(number >>> WINDOW_BITS)?.documents[number & (WINDOW - 1)] ?? -1;
  }

  /** Enters a document's passages, as a segment has them. Returns their length in all. */
  enter(document: number, first: number, lengths: Uint16Array): number {
    let terms = 0;
    for (let i = 0; i < lengths.length; i++) {
      const number = first + i;
      const window = this.opened(number >>> WINDOW_BITS);
      const place = number & (WINDOW - 1);
      window.lengths[place] = lengths[i] as number;
      window.documents[place] = document;
      window.entries++;
      terms += lengths[i] as number;
    }
    return terms;
  }

  /** A segment that had these passages is gone. */
  leave(first: number, count: number): void {
    for (let number = first; number < first + count;) {
      const id = number >>> WINDOW_BITS;
      const end = Math.min(first + count, (id + 1) * WINDOW);
      const window = this.windows.get(id);
      if (window && (window.entries -= end - number) <= 0) this.windows.delete(id);
      number = end;
    }
  }

  /** Returns the length of the passages in all. */
  setScope(first: number, count: number, scope: number): number {
    let terms = 0;
    for (let number = first; number < first + count; number++) {
      const window = this.windowOf(number >>> WINDOW_BITS);
      window.scopes[number & (WINDOW - 1)] = scope;
      terms += window.lengths[number & (WINDOW - 1)] as number;
    }
    return terms;
  }

  private opened(id: number): Window {
    let window = this.windows.get(id);
    if (!window) {
      window = {
        lengths: new Uint16Array(WINDOW),
        scopes: new Int32Array(WINDOW),
        documents: new Int32Array(WINDOW).fill(-1),
        entries: 0,
      };
      this.windows.set(id, window);
    }
    return window;
  }
}

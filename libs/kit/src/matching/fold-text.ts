import { MANY, SKIP, type Fold } from './fold.js';
import { standardFold } from './standard-fold.js';

/** A folded text that still knows where each of its units came from. */
export interface FoldedText {
  readonly text: string;
  /** Start and end, in the original, of the character that folded unit `i` came from. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Folds a whole text; offsets are UTF-16 units of the original. */
export function foldText(text: string, fold: Fold = standardFold()): FoldedText {
  const units: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const append = (unit: number, start: number, end: number) => {
    units.push(unit);
    starts.push(start);
    ends.push(end);
  };
  for (let i = 0; i < text.length;) {
    const raw = text.charCodeAt(i);
    const kind = fold.kinds[raw];
    let width = 1;
    if (kind === MANY) {
      const codePoint = text.codePointAt(i) ?? raw;
      width = codePoint > 0xffff ? 2 : 1;
      for (const unit of fold.expand(codePoint).units) append(unit, i, i + width);
    } else if (kind !== SKIP) append(fold.singles[raw] ?? raw, i, i + 1);
    i += width;
  }
  return { text: fromUnits(units), starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}

/** The span of the original that a span of the folded text came from. */
export function originalSpan(folded: FoldedText, start: number, end: number): { start: number; end: number } {
  if (start >= end) throw new RangeError('an empty span has no place in the original');
  return { start: folded.starts[start] ?? 0, end: folded.ends[end - 1] ?? 0 };
}

/** Most arguments passed to String.fromCharCode at once; far below the engine's stack limit. */
const BATCH = 8192;

function fromUnits(units: readonly number[]): string {
  let text = '';
  for (let i = 0; i < units.length; i += BATCH) text += String.fromCharCode(...units.slice(i, i + BATCH));
  return text;
}

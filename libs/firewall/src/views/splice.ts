import { MapBuilder, type MappedText } from './mapped-text.js';

/** What is kept on either side of what was read otherwise: more than any rule looks at. */
export const CONTEXT = 256;
const ROOM = 4 * CONTEXT;

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The pieces (in order; of those that overlap the first) in their places, and what stands near them. */
export function splice(source: MappedText, pieces: Iterable<Piece>): MappedText | undefined {
  let builder: MapBuilder | undefined;
  let copied = 0;
  for (const { start, end, text } of pieces) {
    if (start < copied) continue;
    if (!builder) {
      builder = new MapBuilder(source, ROOM);
      builder.copy(Math.max(0, start - CONTEXT), start);
    } else between(builder, copied, start);
    if (text.length === end - start) builder.replace(text, start);
    else builder.put(text, start, end);
    copied = end;
  }
  if (!builder) return undefined;
  builder.copy(copied, Math.min(source.text.length, copied + CONTEXT));
  return builder.finish();
}

/** What stands between two pieces, as far as it is near one of them. */
export function between(builder: MapBuilder, from: number, to: number): void {
  if (to - from <= 2 * CONTEXT) {
    builder.copy(from, to);
    return;
  }
  builder.copy(from, from + CONTEXT);
  builder.put('\n', from + CONTEXT, to - CONTEXT);
  builder.copy(to - CONTEXT, to);
}

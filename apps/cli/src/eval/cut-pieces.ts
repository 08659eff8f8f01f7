/** UTF-16 units of the longest piece: about what a model sends at once. */
export const PIECE_MAX = 6;

/** Cuts texts into pieces, however that divides a character. */
export type CutText = (text: string) => Iterable<string>;

/** The same pieces for the same seed and texts: 1 to PIECE_MAX units each. */
export function randomPieces(seed: number): CutText {
  const next = mulberry32(seed);
  return function* (text) {
    for (let at = 0; at < text.length;) {
      const end = at + 1 + Math.floor(next() * PIECE_MAX);
      yield text.slice(at, end);
      at = end;
    }
  };
}

export const unitPieces: CutText = function* (text) {
  for (let at = 0; at < text.length; at++) yield text.charAt(at);
};

export const wholeText: CutText = (text) => [text];

/** Numbers from 0 to 1 (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many units at least are joined at once. */
const LEAST_SHIFT = 8;
/** Of a longer text an eighth: what is copied stays in proportion to its length. */
const PART_SHIFT = 28;

const first = new Uint16Array(1);

/**
 * A text with one more piece of a stream behind it. `text + piece` alone is a tree of all pieces, some 60 bytes for a
 * token, until somebody reads in it; a text that is kept while an answer is open is joined from time to time.
 */
export function joinPiece(text: string, piece: string): string {
  const longer = text + piece;
  const shift = Math.max(LEAST_SHIFT, PART_SHIFT - Math.clz32(longer.length));
  // Asking for a unit joins the pieces; it is kept, so that no compiler leaves the question out.
  if (longer.length >> shift !== text.length >> shift) first[0] = longer.charCodeAt(0);
  return longer;
}

/**
 * Texts by code point, in one string: a fold has 19,000 of two or three units, and a `Map` of so many takes ten times
 * the room.
 */
export class FoldedTexts {
  private readonly codePoints: Uint32Array;
  /** Where each begins, and at last where all end. */
  private readonly begins: Uint32Array;
  private readonly all: string;

  /** @param texts code points in ascending order */
  constructor(texts: readonly (readonly [codePoint: number, text: string])[]) {
    this.codePoints = Uint32Array.from(texts, ([codePoint]) => codePoint);
    this.begins = new Uint32Array(texts.length + 1);
    texts.forEach(([, text], at) => (this.begins[at + 1] = (this.begins[at] ?? 0) + text.length));
    this.all = texts.map(([, text]) => text).join('');
  }

  get(codePoint: number): string | undefined {
    let low = 0;
    let high = this.codePoints.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.codePoints[middle] ?? 0;
      if (found === codePoint) return this.all.slice(this.begins[middle], this.begins[middle + 1]);
      if (found < codePoint) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}

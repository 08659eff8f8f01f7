import { createHash } from 'node:crypto';

/** Vectors of texts out of their words: the same word lies in the same direction, a planted synonym too. */
export class WordVectors {
  private readonly known = new Map<string, Float64Array>();

  constructor(
    private readonly synonyms: Readonly<Record<string, string>>,
    /** Another seed is another model. */
    private readonly seed: string,
  ) {}

  words(text: string): string[] {
    return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => this.synonyms[word] ?? word);
  }

  of(text: string, dimensions: number): number[] {
    const sum = new Float64Array(dimensions);
    for (const word of this.words(text))
      this.direction(word, dimensions).forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
    const length = Math.hypot(...sum) || 1;
    return [...sum].map((value) => Number((value / length).toFixed(6)));
  }

  private direction(word: string, dimensions: number): Float64Array {
    const key = `${this.seed} ${dimensions} ${word}`;
    let direction = this.known.get(key);
    if (!direction) {
      direction = new Float64Array(dimensions);
      for (let i = 0; i < dimensions; i += 8) {
        const bytes = createHash('sha256').update(`${key} ${i}`).digest();
        for (let j = 0; j < 8 && i + j < dimensions; j++)
          direction[i + j] = bytes.readInt32BE(j * 4) / 2 ** 31;
      }
      this.known.set(key, direction);
    }
    return direction;
  }
}

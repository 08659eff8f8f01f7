export interface Scored {
  readonly number: number;
  readonly score: number;
}

/** The k best so far: a heap with the worst of them on top. */
export class BestPassages {
  private readonly scores: Float64Array;
  private readonly numbers: Float64Array;
  private size = 0;

  constructor(
    private readonly k: number,
    private readonly above: number,
  ) {
    this.scores = new Float64Array(k);
    this.numbers = new Float64Array(k);
  }

  /** A passage with a higher number must score more than this. */
  get threshold(): number {
    return this.size < this.k ? this.above : (this.scores[0] as number);
  }

  /** Takes the seen passages of a window that begins at `base`, and clears their scores. */
  take(base: number, scores: Float64Array, touched: Uint16Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const place = touched[i] as number;
      const score = scores[place] as number;
      scores[place] = 0;
      if (this.size < this.k) {
        if (score > this.above) this.push(base + place, score);
      } else if (this.isWorse(0, base + place, score)) this.replace(base + place, score);
    }
  }

  inOrder(): Scored[] {
    const all: Scored[] = [];
    for (let i = 0; i < this.size; i++)
      all.push({ number: this.numbers[i] as number, score: this.scores[i] as number });
    return all.sort((a, b) => b.score - a.score || a.number - b.number);
  }

  private isWorse(at: number, number: number, score: number): boolean {
    const own = this.scores[at] as number;
    return own < score || (own === score && (this.numbers[at] as number) > number);
  }

  private push(number: number, score: number): void {
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      // The parent must be the worse of the two.
      if (this.isWorse(parent, number, score)) break;
      this.move(parent, at);
      at = parent;
    }
    this.set(at, number, score);
  }

  private replace(number: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.size) break;
      const right = child + 1;
      if (
        right < this.size &&
        this.isWorse(right, this.numbers[child] as number, this.scores[child] as number)
      )
        child = right;
      if (!this.isWorse(child, number, score)) break;
      this.move(child, at);
      at = child;
    }
    this.set(at, number, score);
  }

  private move(from: number, to: number): void {
    this.set(to, this.numbers[from] as number, this.scores[from] as number);
  }

  private set(at: number, number: number, score: number): void {
    this.numbers[at] = number;
    this.scores[at] = score;
  }
}

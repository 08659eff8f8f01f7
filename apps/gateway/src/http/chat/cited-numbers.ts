const CITED = /\[(\d{1,3})\]/g;
/** Of `[123]`, all but the end. */
const TAIL = 4;

/** The sources that a text names as `[n]`, while it is being written: without keeping the text. */
export class CitedNumbers {
  private readonly tails = new Map<number, string>();
  private readonly numbers = new Set<number>();

  has(number: number): boolean {
    return this.numbers.has(number);
  }

  push(choice: number, text: string): void {
    const seen = (this.tails.get(choice) ?? '') + text;
    for (const [, number] of seen.matchAll(CITED)) this.numbers.add(Number(number));
    this.tails.set(choice, seen.slice(-TAIL));
  }
}

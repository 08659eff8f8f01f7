import { mixSeed, seededRandom } from './seeded-random.js';
import { INSTRUCTION, VOCABULARY } from './vocabulary.js';

/** Tokens that the server makes of a prompt, its template's included; undefined when it does not say. */
export type CountTokens = (prompt: string) => Promise<number | undefined>;

/** Corrections of one prompt's length; the first almost always hits. */
const ATTEMPTS = 4;
/** Where nothing counts: the instruction, and what a chat template adds. */
const ESTIMATED_OVERHEAD = 24;

/**
 * Prompts of random words, each different from its first word on, so that no prefix cache answers for the model.
 * `countTokens` fits them to `tokens`; without it a word is taken for a token.
 */
export class PromptBuilder {
  private overhead = ESTIMATED_OVERHEAD;
  private perWord = 1;
  private calibrated = false;
  /** The stream whose prompts are as long as the last known ones tell: the counting failed. */
  private uncounted: number | undefined;

  constructor(
    private readonly seed: number,
    private readonly tokens: number,
    private readonly countTokens: CountTokens | undefined,
  ) {}

  /** `stream` and `index` name the prompt: the same ones give the same words. */
  async build(stream: number, index: number): Promise<string> {
    await this.calibrate();
    const random = seededRandom(mixSeed(this.seed, stream, index));
    const words: string[] = [];
    const word = (): string => VOCABULARY[Math.floor(random() * VOCABULARY.length)] ?? 'word';
    const resize = (count: number): void => {
      const wanted = Math.max(1, count);
      while (words.length < wanted) words.push(word());
      words.length = wanted;
    };
    resize(Math.round((this.tokens - this.overhead) / this.perWord));
    for (let attempt = 0; attempt < ATTEMPTS && this.countTokens && stream !== this.uncounted; attempt++) {
      const counted = await this.countTokens(textOf(words));
      // One that does not answer would be waited for at every prompt.
      if (counted === undefined) this.uncounted = stream;
      if (counted === undefined || counted === this.tokens || words.length === 1) break;
      const missing = Math.round((this.tokens - counted) / this.perWord) || Math.sign(this.tokens - counted);
      resize(words.length + missing);
    }
    return textOf(words);
  }

  /** Two prompts of known length tell what a word costs and what comes on top. */
  private async calibrate(): Promise<void> {
    if (this.calibrated || !this.countTokens) return;
    this.calibrated = true;
    const some = VOCABULARY.slice(0, 20);
    const [short, long] = [await this.countTokens(textOf(some)), await this.countTokens(textOf(VOCABULARY))];
    if (short === undefined || long === undefined || long <= short) return;
    this.perWord = (long - short) / (VOCABULARY.length - some.length);
    this.overhead = short - some.length * this.perWord;
  }
}

const textOf = (words: readonly string[]): string => `${words.join(' ')}\n\n${INSTRUCTION}`;

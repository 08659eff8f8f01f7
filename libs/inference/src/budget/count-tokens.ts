import { createHash } from 'node:crypto';
import type { Clock } from '@lorekeep/kit/clock';
import type { CallContext } from '@lorekeep/kit/context';
import { estimateTokens } from '../prompt/estimate-tokens.js';

/** Counts that are remembered: passages and history come again with every question of a conversation. */
export const COUNTS_MAX = 5_000;
/** A server that does not count is not asked again for so long, in milliseconds. */
const NO_TOKENIZER_MS = 60_000;
/** Where nobody counts, our estimate with so much on top. */
const ESTIMATE_MARGIN = 1.25;

/** Asks a model server; null where it does not count. */
export type AskCount = (ctx: CallContext, model: string, text: string) => Promise<number | null>;

/** Tokens of texts by the model's own tokenizer, remembered by hash; estimated where there is none. */
export class CountTokens {
  private readonly known = new Map<string, number>();
  private notBefore = 0;

  constructor(
    private readonly ask: AskCount,
    private readonly clock: Clock,
  ) {}

  /** Never throws. */
  async count(ctx: CallContext, model: string, text: string): Promise<number> {
    if (text === '') return 0;
    const key = createHash('sha256').update(`${model}\n${text}`).digest('base64');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const counted = await this.asked(ctx, model, text);
    if (counted === null) return Math.ceil(estimateTokens(text) * ESTIMATE_MARGIN);
    this.known.set(key, counted);
    const [oldest] = this.known.keys();
    if (this.known.size > COUNTS_MAX && oldest !== undefined) this.known.delete(oldest);
    return counted;
  }

  private async asked(ctx: CallContext, model: string, text: string): Promise<number | null> {
    if (this.clock.monotonic() < this.notBefore) return null;
    try {
      const counted = await this.ask(ctx, model, text);
      if (counted === null) this.notBefore = this.clock.monotonic() + NO_TOKENIZER_MS;
      return counted;
    } catch {
      // It is away: whether it answers is found out by asking it the question.
      return null;
    }
  }
}

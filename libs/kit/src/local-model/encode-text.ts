import { cutWindows } from './cut-windows.js';
import type { ModelText } from './thread-messages.js';

/** What is used of a tokenizer of @huggingface/transformers. */
export interface Tokenizer {
  readonly model_max_length?: number;
  encode(text: string, options: { add_special_tokens: boolean; text_pair?: string }): number[];
}

/** What a model reads at once: tokens, and to which of two texts each belongs. */
export interface Window {
  readonly tokens: readonly number[];
  readonly types: readonly number[];
}

/** Of two texts the second may take so much of the room; what it says is asked about, the first is only read for it. */
const SECOND_SHARE = 0.5;

/**
 * The windows in which a model reads a text: a long one in several; of two, as much of the first as goes in one.
 * The special tokens around and between them are those of the tokenizer: [CLS] a [SEP] b [SEP], <s> a </s></s> b </s>.
 */
export function textEncoder(tokenizer: Tokenizer, most: number): (text: ModelText) => Window[] {
  const bare = (text: string) => tokenizer.encode(text, { add_special_tokens: false });
  const one = partsAround(bare('a'), tokenizer.encode('a', { add_special_tokens: true }));
  let two: number[][] | undefined;
  return ({ text, pair }) => {
    if (pair === undefined) {
      const [before = [], behind = []] = one;
      return cutWindows(bare(text), { before, behind }, most).map((tokens) => ({
        tokens,
        types: tokens.map(() => 0),
      }));
    }
    two ??= partsAround(bare('a'), tokenizer.encode('a', { add_special_tokens: true, text_pair: 'a' }));
    const [before = [], between = [], behind = []] = two;
    const room = Math.max(2, most - two.flat().length);
    const second = bare(pair).slice(0, Math.ceil(room * SECOND_SHARE));
    const first = bare(text).slice(0, room - second.length);
    const front = [...before, ...first, ...between];
    const back = [...second, ...behind];
    return [{ tokens: [...front, ...back], types: [...front.map(() => 0), ...back.map(() => 1)] }];
  };
}

/** What stands before, between and behind the occurrences of some tokens. */
function partsAround(bare: readonly number[], whole: readonly number[]): number[][] {
  const parts: number[][] = [[]];
  for (let at = 0; at < whole.length;) {
    if (bare.length > 0 && bare.every((token, index) => whole[at + index] === token)) {
      parts.push([]);
      at += bare.length;
    } else parts.at(-1)?.push(whole[at++] ?? 0);
  }
  return parts;
}

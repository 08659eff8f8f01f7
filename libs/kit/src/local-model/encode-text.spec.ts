import { describe, expect, it } from '@jest/globals';
import { textEncoder, type Tokenizer } from './encode-text.js';

/** A token per character, with the special tokens of a kind of model: 1 begins, 2 separates and ends. */
function tokenizer(between: readonly number[]): Tokenizer {
  const bare = (text: string) => [...text].map((one) => one.charCodeAt(0));
  return {
    encode: (text, { add_special_tokens: special, text_pair: pair }) =>
      special
        ? [1, ...bare(text), ...(pair === undefined ? [] : [...between, ...bare(pair)]), 2]
        : bare(text),
  };
}
const [A, B] = [97, 98];

describe('textEncoder', () => {
  it('puts what the model wants around and between two texts, and tells which token is of which', () => {
    const bert = textEncoder(tokenizer([2]), 16);
    expect(bert({ text: 'aa', pair: 'b' })).toEqual([
      { tokens: [1, A, A, 2, B, 2], types: [0, 0, 0, 0, 1, 1] },
    ]);
    const roberta = textEncoder(tokenizer([2, 2]), 16);
    expect(roberta({ text: 'aa', pair: 'b' })).toEqual([
      { tokens: [1, A, A, 2, 2, B, 2], types: [0, 0, 0, 0, 0, 1, 1] },
    ]);
    expect(bert({ text: 'ab' })).toEqual([{ tokens: [1, A, B, 2], types: [0, 0, 0, 0] }]);
  });

  it('keeps the second whole and cuts the first, at the edge of what a model reads', () => {
    const encode = textEncoder(tokenizer([2]), 16);
    const [fits] = encode({ text: 'a'.repeat(10), pair: 'bbb' });
    expect(fits?.tokens).toEqual([1, ...Array<number>(10).fill(A), 2, B, B, B, 2]);
    const [cut] = encode({ text: 'a'.repeat(11), pair: 'bbb' });
    expect(cut?.tokens).toEqual(fits?.tokens);
    expect(cut?.tokens).toHaveLength(16);
  });

  it('cuts a second that would leave no room for the first, in the middle', () => {
    const [both] = textEncoder(tokenizer([2]), 16)({ text: 'a'.repeat(99), pair: 'b'.repeat(99) });
    expect(both?.tokens).toHaveLength(16);
    expect(both?.tokens.filter((one) => one === B)).toHaveLength(7);
    expect(both?.tokens.filter((one) => one === A)).toHaveLength(6);
    expect(textEncoder(tokenizer([2]), 3)({ text: 'aa', pair: 'bb' })[0]?.tokens).toEqual([1, A, 2, B, 2]);
  });

  it('goes on where a text has no tokens', () => {
    const encode = textEncoder(tokenizer([2]), 16);
    expect(encode({ text: '', pair: '' })).toEqual([{ tokens: [1, 2, 2], types: [0, 0, 1] }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { PromptBuilder } from './build-prompts.js';

/** A template of 17 tokens; long words are two. */
const countTokens = (prompt: string): Promise<number> =>
  Promise.resolve(17 + prompt.split(/\s+/).reduce((sum, word) => sum + (word.length > 6 ? 2 : 1), 0));

describe('PromptBuilder', () => {
  it('fits prompts to the length that the server counts', async () => {
    const builder = new PromptBuilder(1, 512, countTokens);
    for (let index = 0; index < 20; index++)
      expect(Math.abs((await countTokens(await builder.build(0, index))) - 512)).toBeLessThanOrEqual(1);
  });

  it('makes no two alike, and the same ones again for the same seed', async () => {
    const build = (seed: number, stream: number, index: number): Promise<string> =>
      new PromptBuilder(seed, 64, countTokens).build(stream, index);
    const first = await build(1, 0, 0);
    expect(await build(1, 0, 0)).toBe(first);
    for (const other of [await build(1, 0, 1), await build(1, 1, 0), await build(2, 0, 0)])
      expect(other).not.toBe(first);
  });

  it('takes a word for a token where nobody counts, or counting fails', async () => {
    const estimated = await new PromptBuilder(1, 512, undefined).build(0, 0);
    expect(estimated.split('\n')[0]?.split(' ')).toHaveLength(488);
    const silent = await new PromptBuilder(1, 512, () => Promise.resolve(undefined)).build(0, 0);
    expect(silent).toBe(estimated);
  });

  it('does not ask again in a round in which counting failed, and asks in the next', async () => {
    let asked = 0;
    let isThere = true;
    const builder = new PromptBuilder(1, 512, (prompt) => {
      asked += 1;
      return isThere ? countTokens(prompt) : Promise.resolve(undefined);
    });
    await builder.build(0, 0);
    [asked, isThere] = [0, false];
    for (let index = 1; index < 10; index++) await builder.build(0, index);
    expect(asked).toBe(1);
    isThere = true;
    expect(Math.abs((await countTokens(await builder.build(1, 0))) - 512)).toBeLessThanOrEqual(1);
  });

  it('keeps a word where the template alone is longer than asked', async () => {
    expect((await new PromptBuilder(1, 1, countTokens).build(0, 0)).split('\n')[0]).toMatch(/^[a-z]+$/);
  });
});

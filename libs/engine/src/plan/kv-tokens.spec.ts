import { describe, expect, it } from '@jest/globals';
import { kvTokens, longestContext, requestBytes, type KvShape } from './kv-tokens.js';

const KIB = 1024;
/** A layer's block has 16 tokens x 2 x 2 heads x 64 x 2 bytes = 8 KiB. */
const shape = (layers: number, slidingLayers = 0, change: Partial<KvShape> = {}): KvShape => ({
  architecture: {
    layers,
    slidingLayers,
    window: 128,
    hidden: 1024,
    heads: 16,
    kvHeads: 4,
    headDim: 64,
    vocab: 1000,
    tiedEmbeddings: false,
    intermediate: 4096,
  },
  tensorParallel: 2,
  batchedTokens: 1024,
  ...change,
});

describe('KV cache', () => {
  it('is counted in whole blocks', () => {
    expect(requestBytes(shape(4), 16)).toBe(4 * 8 * KIB);
    expect(requestBytes(shape(4), 17)).toBe(2 * 4 * 8 * KIB);
    expect(kvTokens(shape(4), 100 * 4 * 8 * KIB, 32)).toBe(1600);
    expect(kvTokens(shape(4), 8 * KIB, 32)).toBe(0);
    expect(kvTokens(shape(4), -5, 32)).toBe(0);
  });

  it('has the positions of an encoder beside those of each request', () => {
    const { architecture } = shape(4);
    const hearing = shape(4, 0, {
      architecture: { ...architecture, encoder: { bytes: 1, positions: 1500 } },
    });
    expect(requestBytes(hearing, 448)).toBe((28 + 94) * 4 * 8 * KIB);
  });

  it('has KV heads twice where there are more cards than heads', () => {
    const [two, four, eight] = [2, 4, 8].map((tensorParallel) =>
      requestBytes(shape(4, 0, { tensorParallel }), 16),
    );
    expect([two, four, eight]).toEqual([32 * KIB, 16 * KIB, 16 * KIB]);
  });

  it('holds of a sliding layer its window and two batches, not the whole request', () => {
    // Two groups of two layers: 2048 tokens of the one; of the other 127 + 2 x 256 = 639 tokens, 40 blocks and one more.
    const hybrid = shape(4, 2, { batchedTokens: 256 });
    expect(requestBytes(hybrid, 2048)).toBe((128 + 41) * 2 * 8 * KIB);
    // A request shorter than that is held whole by both.
    expect(requestBytes(hybrid, 512)).toBe((32 + 33) * 2 * 8 * KIB);
  });

  it('groups layers by the smaller kind, or pads where the kinds are nearly equal', () => {
    const short = 16;
    // 1 full and 5 sliding: six groups of one layer.
    expect(requestBytes(shape(6, 5), short)).toBe((1 + 5 * 2) * 8 * KIB);
    // 5 full and 7 sliding: two groups of seven.
    expect(requestBytes(shape(12, 7), short)).toBe((1 + 2) * 7 * 8 * KIB);
    // 4 full and 6 sliding, half as many again: groups of four, and two of them for the six.
    expect(requestBytes(shape(10, 6), short)).toBe((1 + 2 * 2) * 4 * 8 * KIB);
    // Sliding layers alone.
    expect(requestBytes(shape(4, 4), short)).toBe(2 * 4 * 8 * KIB);
  });

  it('finds the longest request that fits', () => {
    const whole = shape(4);
    expect(longestContext(whole, requestBytes(whole, 4096), 131_072)).toBe(4096);
    expect(longestContext(whole, requestBytes(whole, 4096) - 1, 131_072)).toBe(4080);
    expect(longestContext(whole, requestBytes(whole, 4096), 1000)).toBe(1000);
    expect(longestContext(whole, 0, 1000)).toBe(0);
  });
});

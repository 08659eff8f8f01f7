import { describe, expect, it } from '@jest/globals';
import { GpuNotationError, MAX_GPUS, parseGpuNotation } from './parse-gpu-notation.js';

const GIB = 2 ** 30;

describe('parseGpuNotation', () => {
  it.each([
    ['2x24564MiB', 2, 23.64],
    ['24564MiB,24564MiB', 2, 23.64],
    ['1x80GiB', 1, 79.6],
    ['80gib', 1, 79.6],
    [' 2x24GiB , 1x24GiB ', 3, 23.64],
  ])('%s', (text, count, gib) => {
    const gpus = parseGpuNotation(text);
    expect(gpus.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index));
    for (const { memory, used, capability } of gpus) {
      expect(memory / GIB).toBeCloseTo(gib, 1);
      expect({ used, capability }).toEqual({ used: 0, capability: undefined });
    }
  });

  it('takes a compute capability', () => {
    expect(parseGpuNotation('2x24564MiB@8.9,80GiB@9.0').map(({ capability }) => capability)).toEqual([
      8.9, 8.9, 9,
    ]);
  });

  it.each([
    ['', /"" is no number of cards and size/],
    ['two', /"two" is no number/],
    ['2x24564', /needs MiB or GiB behind its size/],
    ['2x24GB', /needs MiB or GiB .*not GB/],
    ['0x24GiB', /names no card/],
    ['1x512MiB', /1 GiB to 4096 GiB/],
    ['1x5000GiB', /1 GiB to 4096 GiB/],
    ['2x24GiB,', /"" is no number/],
    ['24GiB@x', /is no number of cards/],
    [`${MAX_GPUS + 1}x24GiB`, /65 cards; at most 64/],
  ])('names the mistake of %p', (text, message) => {
    expect(() => parseGpuNotation(text)).toThrow(GpuNotationError);
    expect(() => parseGpuNotation(text)).toThrow(message);
  });

  it('takes as many cards as the limit', () => {
    expect(parseGpuNotation(`${MAX_GPUS}x24GiB`)).toHaveLength(MAX_GPUS);
  });
});

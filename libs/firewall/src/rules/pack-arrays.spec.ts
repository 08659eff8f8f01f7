import { describe, expect, it } from '@jest/globals';
import { packArrays, unpackArrays } from './pack-arrays.js';

const value = {
  text: 'a\ud800 \u5ffd',
  none: new Uint8Array(0),
  rows: [{ bytes: Uint8Array.of(1, 2, 255), numbers: Int32Array.of(-1, 2 ** 31 - 1) }],
  wide: Uint32Array.of(2 ** 32 - 1),
  narrow: Uint16Array.of(2 ** 16 - 1),
};

describe('packArrays', () => {
  it('packs what is unpacked again, the same bytes each time', () => {
    const packed = packArrays(value);
    expect(unpackArrays(packed)).toEqual(value);
    expect(packArrays(value)).toEqual(packed);
  });

  it('packs the part of a buffer that an array is', () => {
    const part = Int32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(unpackArrays(packArrays([part]))).toEqual([Int32Array.of(2, 3)]);
  });

  it('hands out no array beyond the bytes', () => {
    const packed = packArrays(value);
    expect(() => unpackArrays(packed.slice(0, packed.length - 8))).toThrow(RangeError);
    expect(() => unpackArrays(new Uint8Array(2))).toThrow(RangeError);
  });
});

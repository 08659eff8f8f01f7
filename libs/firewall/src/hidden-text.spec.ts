import { describe, expect, it } from '@jest/globals';
import { isSeenAsItStands } from './canonical/visible-text.js';
import { findHiddenText } from './hidden-text.js';

const UNITS = 0x10000;
const TAGS = [0xe0020, 0xe0041, 0xe007e];

describe('findHiddenText', () => {
  it('finds nothing in what is seen as it stands, which is not asked about', () => {
    const signs = [
      ...Array.from({ length: UNITS }, (_, unit) => String.fromCharCode(unit)),
      ...TAGS.map((point) => String.fromCodePoint(point)),
    ];
    const hiding = signs.filter((sign) => findHiddenText(sign.repeat(30)) !== null);
    expect(hiding.length).toBeGreaterThan(TAGS.length);
    expect(hiding.filter((sign) => isSeenAsItStands(`a${sign}b`))).toEqual([]);
  });

  it.each(['plain text', '\u4e2d\u6587\uff0c\u6587\u5b57', 'caf\u00e9', '\ud83d\ude00'])(
    'is spared for %s',
    (text) => {
      expect(isSeenAsItStands(text)).toBe(true);
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { RequestError } from '@lorekeep/kit/errors';
import { depthOf, JSON_DEPTH_LIMIT, readJsonText } from './accept-json.js';

const nested = (levels: number) => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);

describe('JSON bodies', () => {
  it('count levels outside of strings only', () => {
    expect(depthOf(Buffer.from('{"a":[1,{"b":"[[[[\\"[["}],"c":{}}'))).toBe(3);
    expect(depthOf(Buffer.from('"'))).toBe(0);
    expect(depthOf(Buffer.from(']]]]['))).toBe(0);
  });

  it('are nested up to the limit and not a level deeper', () => {
    expect(readJsonText(nested(JSON_DEPTH_LIMIT))).toHaveLength(2 * JSON_DEPTH_LIMIT);
    const refused = readJsonText(nested(JSON_DEPTH_LIMIT + 1));
    expect(refused).toBeInstanceOf(RequestError);
    expect((refused as RequestError).safeText).toContain(`${JSON_DEPTH_LIMIT} levels`);
  });

  it('are UTF-8, with or without its mark, and never repaired', () => {
    expect(readJsonText(Buffer.from('"ü"'))).toBe('"ü"');
    expect(readJsonText(Buffer.from('\ufeff{}'))).toBe('{}');
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]])
      expect(readJsonText(Buffer.from([0x22, ...bad, 0x22]))).toBeInstanceOf(RequestError);
  });
});

import { describe, expect, it } from '@jest/globals';
import { analyze, TERM_LENGTH_MAX } from './index.js';

describe('analyze', () => {
  it('stems English and drops stop words', () => {
    expect(analyze('How many days of annual leave do I get?')).toEqual([
      'mani',
      'day',
      'annual',
      'leav',
      'get',
    ]);
    expect(analyze("The company's policies don't apply")).toEqual(['compani', 'polici', 'appli']);
    expect(analyze('employees’ holidays')).toEqual(analyze("employee's holiday"));
  });

  it('cuts Chinese, Japanese and Korean into pairs, a lone character stays', () => {
    expect(analyze('年假多少天')).toEqual(['年假', '假多', '多少', '少天']);
    expect(analyze('第3章')).toEqual(['第', '3', '章']);
    expect(analyze('サーバー')).toEqual(['サー', 'ーバ', 'バー']);
    expect(analyze('휴가')).toEqual(['휴가']);
    expect(analyze('你好，世界。')).toEqual(['你好', '世界']);
  });

  it('finds codes, numbers, file names and identifiers as typed and by their parts', () => {
    expect(analyze('Error E-417')).toEqual(['error', 'e-417', 'e', '417']);
    expect(analyze('max_connections')).toEqual(['max_connections', 'max', 'connect']);
    expect(analyze('v2.3.1')).toContain('v2.3.1');
    expect(analyze('config.toml')).toContain('config.toml');
    expect(analyze('1,234,567')).toEqual(['1234567']);
    expect(analyze('well-known')).toEqual(['well', 'known']);
    expect(analyze('TiDB的E-417错误')).toEqual(['tidb', '的', 'e-417', 'e', '417', '错误']);
  });

  it('folds width, compatibility forms and case', () => {
    expect(analyze('ＡＢＣ１２３')).toEqual(analyze('abc123'));
    expect(analyze('⽇本')).toEqual(['日本']);
    expect(analyze('ﬁle')).toEqual(['file']);
  });

  it('cuts at the edge of the longest term', () => {
    expect(analyze('9'.repeat(TERM_LENGTH_MAX))[0]).toHaveLength(TERM_LENGTH_MAX);
    expect(analyze('9'.repeat(TERM_LENGTH_MAX + 1))[0]).toHaveLength(TERM_LENGTH_MAX);
    for (const term of analyze(`a1${'𝟘𐐀'.repeat(60)}`)) expect(term).not.toMatch(/[\uD800-\uDBFF]$/);
  });

  it('answers nothing for nothing', () => {
    expect(analyze('')).toEqual([]);
    expect(analyze('?!… — 。')).toEqual([]);
    expect(analyze('the of and')).toEqual([]);
  });

  it('stays linear on hostile input', () => {
    const began = performance.now();
    analyze("a-'_.".repeat(40_000));
    analyze('1,'.repeat(100_000));
    analyze(`${'1,234'.repeat(30_000)}x`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

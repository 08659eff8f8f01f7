import { describe, expect, it } from '@jest/globals';
import { conditionOf, FILTER_TEXT_MAX } from './audit-filter.js';

describe('conditionOf', () => {
  it('is true for everything when nothing is asked', () => {
    expect(conditionOf({})).toEqual({ sql: 'true', values: [] });
    expect(conditionOf({ text: '', kind: undefined })).toEqual({ sql: 'true', values: [] });
  });

  it('keeps what people type out of the statement', () => {
    const evil = `'; drop table x --`;
    const { sql, values } = conditionOf({
      actor: evil,
      kind: evil,
      outcome: evil,
      traceId: evil,
      text: evil,
      rule: evil,
    });
    expect(sql).not.toContain('drop');
    expect(values).toHaveLength(7);
  });

  it('makes wildcards ordinary, and finds text as it stands in JSON', () => {
    expect(conditionOf({ actor: '100%_\\' }).values).toEqual(['%100\\%\\_\\\\%']);
    expect(conditionOf({ text: 'a "b"\n' }).values).toEqual(['%a \\\\"b\\\\"\\\\n%']);
  });

  it.each([
    [{ from: 'yesterday' }, ['from']],
    [{ from: '2026-13-45', to: '5' }, ['from', 'to']],
    [{ text: 'x'.repeat(FILTER_TEXT_MAX + 1) }, ['text']],
    [{ actor: 'a\0', kind: '\ud800' }, ['actor', 'kind']],
  ])('refuses %j and names the fields', (filter, paths) => {
    let error: unknown;
    try {
      conditionOf(filter);
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ status: 422, code: 'AUDIT_FILTER_INVALID' });
    expect((error as { details: { path: string }[] }).details.map((detail) => detail.path)).toEqual(paths);
  });

  it('takes the longest text', () => {
    expect(conditionOf({ text: 'x'.repeat(FILTER_TEXT_MAX) }).values).toHaveLength(1);
  });
});

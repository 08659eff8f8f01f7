import { describe, expect, it } from '@jest/globals';
import { EXPIRY_MAX_MS, FRAGMENT_MIN, mistakesOf, sparing, type Exception } from './exception.js';

const NOW = Date.UTC(2026, 0, 5);
const at = (milliseconds: number) => new Date(NOW + milliseconds).toISOString();
const GOOD: Exception = {
  ...{ id: 'e', target: 'sql.union', fragment: null, groupIds: [], reason: 'a course', expiresAt: at(1_000) },
  ...{ madeBy: { id: null, name: 'Anna' }, madeAt: at(-1_000) },
};
const HIT = { rule: 'sql.union', category: 'sql', start: 6, end: 18 } as const;
const TEXT = 'Is it union select, or what?';
const spared = (part: Partial<Exception>, groups: string[] = [], now = NOW) =>
  sparing([{ ...GOOD, ...part }], groups, now)?.(HIT, TEXT);

describe('an exception', () => {
  it.each<[Partial<Exception>, string | undefined]>([
    [{}, 'e'],
    [{ target: 'sql' }, 'e'],
    [{ target: 'sql.quote' }, undefined],
    [{ target: 'xss' }, undefined],
    [{ fragment: 'union select' }, 'e'],
    [{ fragment: 'is it UNION SELECT, or' }, 'e'],
    [{ fragment: 'nion select, or what?' }, undefined],
    [{ fragment: 'it union selec' }, undefined],
    [{ fragment: 'union' }, undefined],
    [{ fragment: 'something else that is long' }, undefined],
  ])('%j spares: %s', (part, id) => expect(spared(part)).toBe(id));

  it('holds until it expires, and for its groups alone', () => {
    expect(spared({}, [], NOW + 999)).toBe('e');
    expect(spared({}, [], NOW + 1_000)).toBeUndefined();
    expect(spared({ groupIds: ['a', 'b'] }, ['b'])).toBe('e');
    expect(spared({ groupIds: ['a', 'b'] }, ['c'])).toBeUndefined();
    expect(spared({ groupIds: ['a'] })).toBeUndefined();
  });

  it.each<[Partial<Exception>, string[]]>([
    [{}, []],
    [{ expiresAt: at(EXPIRY_MAX_MS) }, []],
    [{ expiresAt: at(EXPIRY_MAX_MS + 1) }, ['expiresAt']],
    [{ expiresAt: at(0) }, ['expiresAt']],
    [{ expiresAt: 'soon' }, ['expiresAt']],
    [{ fragment: 'x'.repeat(FRAGMENT_MIN) }, []],
    [{ fragment: 'x'.repeat(FRAGMENT_MIN - 1) }, ['fragment']],
    [{ reason: '  ' }, ['reason']],
    [{ target: 'sql.unheard-of' }, ['target']],
    [{ target: 'secret' }, ['fragment']],
    [{ target: 'secret', fragment: 'password: example' }, []],
  ])('%j is wrong in %j', (part, fields) => {
    const mistakes = mistakesOf({ ...GOOD, ...part }, 'e', NOW, new Set(['sql.union']));
    expect(mistakes.map(({ path }) => path)).toEqual(fields.map((field) => `e.${field}`));
  });
});

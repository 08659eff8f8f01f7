import { describe, expect, it } from '@jest/globals';
import { sparing } from './exceptions/exception.js';
import { inspectText, SPARABLE_MAX } from './inspect-text.js';
import { BUILT_IN } from './policy.js';
import type { OwnRule } from './tenant-rules/own-rule.js';
import { OwnRules } from './tenant-rules/own-rules.js';

const OWN: OwnRule = {
  ...{ id: 'own.bird', category: 'sql', kind: 'artifact', severity: 'critical', paranoia: 1 },
  ...{ literals: ['project '], pattern: 'project [a-z]{3,20}', roles: ['user'], catches: [], passes: [] },
};
const EXCEPTION = {
  ...{ id: 'e', target: 'own.bird', groupIds: [], reason: 'x', expiresAt: '2027-01-01T00:00:00Z' },
  ...{ madeBy: { id: null, name: 'Anna' }, madeAt: '2026-01-01T00:00:00Z' },
};
const inspect = (text: string, fragment: string | null) => {
  const sparedBy = sparing([{ ...EXCEPTION, fragment }], [], Date.UTC(2026, 5));
  return inspectText({ ...BUILT_IN, own: new OwnRules([OWN]), ...(sparedBy && { sparedBy }) }, text, 'user');
};
/** Different from line to line, so that it is no flood. */
const spared = (count: number) =>
  Array.from({ length: count }, (_, i) => `Line ${i}: project bluebird.`).join('\n');

describe('what an exception spares', () => {
  it.each([0, 8, SPARABLE_MAX - 2, SPARABLE_MAX - 1, SPARABLE_MAX, SPARABLE_MAX + 40])(
    'hides nothing that stands behind %i of it',
    (count) => expect(inspect(`${spared(count)}\nproject eagle`, 'project bluebird').action).toBe('refuse'),
  );

  it('is spared as long as all of it could be looked at', () => {
    expect(inspect(spared(SPARABLE_MAX - 1), 'project bluebird').action).toBe('allow');
    expect(inspect(`${spared(SPARABLE_MAX)} and so on`, 'project bluebird').action).toBe('refuse');
  });

  it('is spared however often it is there, where the exception names no text', () => {
    expect(inspect(spared(SPARABLE_MAX + 40), null)).toMatchObject({ action: 'allow', hits: [] });
  });
});

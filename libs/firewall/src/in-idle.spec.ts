import { describe, expect, it } from '@jest/globals';
import { inIdle } from './in-idle.js';
import type { OwnRule } from './tenant-rules/own-rule.js';
import { OwnRules } from './tenant-rules/own-rules.js';

const RULE: OwnRule = {
  id: 'own.one',
  category: 'sql',
  kind: 'artifact',
  severity: 'high',
  paranoia: 1,
  literals: ['drop'],
  pattern: 'drop {1,3}table',
  roles: ['user'],
  catches: [],
  passes: [],
};

function ended(steps: Iterator<unknown>): Promise<number> {
  let count = 0;
  return new Promise((resolve) => {
    inIdle({
      next: () => {
        const step = steps.next();
        if (step.done === true) resolve(count);
        count++;
        return step;
      },
    });
  });
}

describe('inIdle', () => {
  it('takes one step at a time, none before it returns', async () => {
    const taken: number[] = [];
    const steps = [1, 2, 3].values();
    const end = ended({
      next: () => {
        const step = steps.next();
        if (step.done !== true) taken.push(step.value);
        return step;
      },
    });
    expect(taken).toEqual([]);
    await expect(end).resolves.toBe(3);
    expect(taken).toEqual([1, 2, 3]);
  });

  it('leaves what fails to those who need it', async () => {
    let tries = 0;
    inIdle({
      next: () => {
        tries++;
        throw new Error('no');
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tries).toBe(1);
  });

  it('makes rules ready that find the same as others', async () => {
    const own = new OwnRules([RULE, { ...RULE, id: 'own.two', pattern: 'drop' }]);
    await expect(ended(own.preparing())).resolves.toBe(2);
    expect(own.match('please drop  table', 'user', 4).map(({ rule }) => rule.id)).toEqual([
      'own.one',
      'own.two',
    ]);
  });
});

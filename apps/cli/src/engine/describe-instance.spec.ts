import { describe, expect, it } from '@jest/globals';
import type { InstanceStatus } from '@lorekeep/engine';
import { describeInstance, describeState, warningsOf } from './describe-instance.js';

const status = (more: Partial<InstanceStatus> = {}): InstanceStatus => ({
  ...{ id: 'm', model: 'm', gpus: [0, 1], state: 'ready', since: 0, progress: null, reason: null },
  ...{ retryAt: null, pid: 1, vllm: '0.26.0', rung: 0, inForce: [], rungs: [], rungsTaken: 0, restarts: 0 },
  ...{ crashes: 0, weightsChecked: true, memory: {}, kvTokens: null, running: 0, waiting: 0 },
  ...{ probeSeconds: null, cardShare: null, climb: null },
  plan: { utilization: 0.9, context: 8192, sequences: 8, eager: false, tensorParallel: 2, port: 8000 },
  ...more,
});

describe('an instance in the terminal', () => {
  it('has the names of the rungs in force, and not those that were left', () => {
    const text = describeInstance(
      status({ rung: 2, inForce: ['utilization 0.85, context 8192', '4 sequences'], rungsTaken: 5 }),
      0,
    );
    expect(text).toContain('rung 2: utilization 0.85, context 8192, then 4 sequences');
    expect(describeInstance(status(), 0)).not.toContain('rung');
  });

  it('that starts again says why it ended before, one that failed why it did', () => {
    const progress = { percent: 9, stage: 'engine', remainingSeconds: 5 } as const;
    expect(describeState(status({ state: 'starting', progress, reason: 'No memory.' }), 0)).toBe(
      'm: starting, 9 % (engine), about 5 s left; ended before: No memory.',
    );
    expect(describeState(status({ state: 'failed', reason: 'No memory.' }), 0)).toBe('m: failed: No memory.');
  });

  it('whose weights nobody could check is named once for each model, with what to do', () => {
    const unchecked = status({ weightsChecked: false });
    expect(describeInstance(unchecked, 0)).toContain('weights unchecked');
    const all = [unchecked, { ...unchecked, id: 'm-2' }, status({ model: 'other' })];
    expect(warningsOf({ instances: all, reasons: [], changing: false, log: [] })).toEqual([
      expect.stringMatching(/^The weights of m were not checked.*lorekeep engine verify m --record/),
    ]);
    // Nothing is known before the first start.
    expect(
      warningsOf({ instances: [status({ weightsChecked: null })], reasons: [], changing: false, log: [] }),
    ).toEqual([]);
  });
});

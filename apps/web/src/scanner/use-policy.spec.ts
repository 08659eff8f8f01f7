import { describe, expect, it } from '@jest/globals';
import type { ScannerPolicyView } from '@lorekeep/contracts';
import { differences, overrideOf } from './use-policy.js';

const builtIn = { action: 'redact', severity: 'medium', folds: ['case', 'width'] } as const;
const policy: ScannerPolicyView = {
  version: 3,
  policyVersion: 1,
  keepHitsDays: 30,
  folds: ['case', 'width', 'leet'],
  categories: [
    { ...builtIn, folds: ['case', 'width'], name: 'fraud', kind: 'tier', changed: false, words: 0 },
    { ...builtIn, folds: ['case'], name: 'drugs', kind: 'tier', changed: true, words: 0 },
  ].map((category) => ({
    ...category,
    kind: 'tier' as const,
    builtIn: { ...builtIn, folds: ['case', 'width'] },
  })),
};

describe('what is sent of a policy', () => {
  it('is the whole of what differs from what is built in', () => {
    expect(differences(policy, {})).toEqual({ drugs: { folds: ['case'] } });
    expect(differences(policy, { fraud: { action: 'stop' } })).toEqual({
      drugs: { folds: ['case'] },
      fraud: { action: 'stop' },
    });
  });

  it('leaves out what was put back, whatever the order of the folds', () => {
    const back = { drugs: { folds: ['width', 'case'] }, fraud: { action: 'redact' as const } };
    expect(differences(policy, back)).toEqual({});
  });
});

describe('what the policy does instead of a word or list', () => {
  it('is said where it differs, and only where the policy says something', () => {
    expect(overrideOf(policy, 'drugs', 'stop')).toBe('redact');
    expect(overrideOf(policy, 'drugs', 'redact')).toBeNull();
    expect(overrideOf(policy, 'elsewhere', 'stop')).toBeNull();
    expect(overrideOf(undefined, 'drugs', 'stop')).toBeNull();
  });
});

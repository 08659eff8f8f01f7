import { describe, expect, it } from '@jest/globals';
import { QUESTION_TERMS_MAX } from '../question-terms.js';
import { readSnapshot } from './read-state.js';
import { Scopes } from './scopes.js';
import { CONTEXT_WEIGHT, weighTerms } from './weigh-terms.js';

describe('weighTerms', () => {
  it('counts terms of the conversation less, and those in both as of the question', () => {
    expect(weighTerms('parking garage', 'garage opening')).toEqual([
      { term: 'park', weight: 1 },
      { term: 'garag', weight: 1 },
      { term: 'open', weight: CONTEXT_WEIGHT },
    ]);
    expect(weighTerms('parking')).toEqual([{ term: 'park', weight: 1 }]);
  });

  it('leaves out terms of the conversation rather than of the question', () => {
    const words = Array.from({ length: QUESTION_TERMS_MAX }, (_, i) => `zz${i}q`).join(' ');
    const weighed = weighTerms(words, 'garage');
    expect(weighed).toHaveLength(QUESTION_TERMS_MAX);
    expect(weighed.every(({ weight }) => weight === 1)).toBe(true);
  });
});

describe('readSnapshot', () => {
  it('tells the later of two snapshots by the transactions that are over', () => {
    expect(readSnapshot('10:20:10,14,15')).toEqual({ text: '10:20:10,14,15', xmin: '10', age: 17 });
    // 14 ended, then 15, then 20 did.
    const ages = ['10:20:10,14,15', '10:20:10,15', '10:20:10', '10:21:10', '21:21:'].map(
      (text) => readSnapshot(text).age,
    );
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
    expect(new Set(ages).size).toBe(5);
  });
});

describe('Scopes', () => {
  it('passes what may be read in the collections asked for, and never what is not searchable', () => {
    const scopes = new Scopes();
    const [a, b, c] = [scopes.indexOf('x', 'one'), scopes.indexOf('y', 'one'), scopes.indexOf('x', 'two')];
    expect([a, b, c, scopes.indexOf('x', 'one')]).toEqual([1, 2, 3, 1]);
    expect([...scopes.allowed(new Set(['x']), null)]).toEqual([0, 1, 0, 1]);
    expect([...scopes.allowed(new Set(['x']), new Set(['two']))]).toEqual([0, 0, 0, 1]);
    expect([...scopes.allowed(null, null)]).toEqual([0, 1, 1, 1]);
    expect([...scopes.allowed(new Set(['']), new Set(['']))]).toEqual([0, 0, 0, 0]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { PathEvent } from '@lorekeep/question-path';
import { BesideAnswer } from './beside-answer.js';

const retrieval = (facts: Record<string, number>): PathEvent => ({
  ...{ kind: 'step', step: 'retrieval', state: 'done', milliseconds: 1 },
  facts,
});

describe('BesideAnswer', () => {
  it('says how many passages were left out for their words, and nothing where none was', () => {
    const beside = new BesideAnswer('r');
    beside.take(retrieval({ passages: 2 }));
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [] });
    beside.take(retrieval({ passages: 1, leftOut: 2 }));
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [], leftOut: 2 });
  });

  it('says what was left out to fit the model', () => {
    const beside = new BesideAnswer('r');
    beside.take({ kind: 'shortened', turns: 3, passages: 1 });
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [], shortened: { turns: 3, passages: 1 } });
  });
});

import { describe, expect, it } from '@jest/globals';
import type { PathEvent } from '@lorekeep/question-path';
import { BesideAnswer } from './beside-answer.js';

const retrieval = (facts: Record<string, number>): PathEvent => ({
  ...{ kind: 'step', step: 'retrieval', state: 'done', milliseconds: 1 },
  facts,
});

describe('BesideAnswer', () => {
  it('says how many passages were left out for their words, and nothing where none was', () => {
    const beside = new BesideAnswer('r', 'm');
    beside.take(retrieval({ passages: 2 }));
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [] });
    beside.take(retrieval({ passages: 1, leftOut: 2 }));
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [], leftOut: 2 });
  });

  it('names the model that answered where another was asked for', () => {
    const beside = new BesideAnswer('r', 'lorekeep-question');
    beside.take({ kind: 'model', model: 'extractive', driver: 'extractive' });
    expect(beside.toBody()).toEqual({ reference: 'r', model: 'extractive', citations: [] });
    const named = new BesideAnswer('r', 'm');
    named.take({ kind: 'model', model: 'm', driver: 'openai-compatible' });
    expect(named.toBody()).toEqual({ reference: 'r', citations: [] });
  });

  it('says what was left out to fit the model', () => {
    const beside = new BesideAnswer('r', 'm');
    beside.take({ kind: 'shortened', turns: 3, passages: 1 });
    expect(beside.toBody()).toEqual({ reference: 'r', citations: [], shortened: { turns: 3, passages: 1 } });
  });
});

import { describe, expect, it } from '@jest/globals';
import { readModelList } from './read-model-list.js';

const instance = {
  ...{ id: 'm-0', model: 'm', state: 'starting', reason: null, retryAt: null },
  progress: { stage: 'graphs', percent: 70, remainingSeconds: 9 },
  ...{ rung: 1, rungs: [{ at: 1_000, text: 'utilization .85' }], restarts: 2 },
  ...{ context: 8192, sequences: 16, utilization: 0.85 },
};
const read = (list: unknown) => readModelList(JSON.stringify(list));

describe('a list of models', () => {
  it('has the models, and where an engine host says so what it runs', () => {
    const card = { id: 'm', max_model_len: 8192, max_num_seqs: 16 };
    expect(read({ data: [card, { id: 'n' }, null, { id: 7 }] })).toEqual({
      cards: [
        { id: 'm', contextTokens: 8192, sequences: 16 },
        { id: 'n', contextTokens: null, sequences: null },
      ],
      instances: [],
    });
    expect(read({ data: [], instances: [instance] })).toEqual({ cards: [], instances: [instance] });
  });

  it('leaves out what it does not understand of a host of another version', () => {
    const instances = [{ ...instance, state: 'asleep' }, null, 'x', { ...instance, more: 1 }];
    expect(read({ data: [], instances }).instances).toEqual([instance]);
    expect(read({ data: [], instances: 'none' }).instances).toEqual([]);
  });

  it.each(['', 'no', '[]', '{}', '{"data":{}}', 'null'])('is refused where it is none: %s', (body) =>
    expect(() => readModelList(body)).toThrow(expect.objectContaining({ code: 'INFERENCE_BROKEN' })),
  );
});

import { describe, expect, it } from '@jest/globals';
import type { DescribedModel, Kernel } from '../catalogue/described-model.js';
import { readCatalogue } from '../catalogue/read-catalogue.js';
import { weightBytes } from './weight-bytes.js';

const models = readCatalogue();
const [gptOss, llama] = models as [DescribedModel, DescribedModel];
const plain: Kernel = { name: 'plain', minCapability: 1, padHidden: 1, padIntermediate: 1, overhead: 1 };

describe('weightBytes', () => {
  it.each(models.map((model) => [model.id, model] as const))(
    'is the checkpoint where nothing is split or padded: %s',
    (_id, model) => {
      const rotary = model.context.max * model.architecture.headDim * 4;
      const tensors = weightBytes(model, plain, 1) - rotary;
      expect(Math.abs(tensors / model.weights.bytes - 1)).toBeLessThan(0.001);
    },
  );

  it('splits all but norms, routers, second biases and the rotary table', () => {
    const [one, two, four] = [1, 2, 4].map((degree) => weightBytes(llama, plain, degree)) as [
      number,
      number,
      number,
    ];
    const replicated = 2 * (64 + 1) * 4096 + 131_072 * 128 * 4;
    expect(2 * two - one).toBe(replicated);
    expect(4 * four - one).toBe(3 * replicated);
  });

  it('doubles up KV heads where there are more cards than heads', () => {
    const [eight, sixteen] = [8, 16].map((degree) => weightBytes(llama, plain, degree)) as [number, number];
    const keys = 2 * 32 * 2 * 4096 * 128;
    const replicated = 2 * (64 + 1) * 4096 + 131_072 * 128 * 4;
    expect(2 * (sixteen - keys - replicated)).toBe(eight - keys - replicated);
  });

  it('pads experts as Marlin wants them', () => {
    const marlin = gptOss.kernels.find(({ name }) => name === 'MARLIN') as Kernel;
    const [padded, bare] = [weightBytes(gptOss, marlin, 2), weightBytes(gptOss, plain, 2)];
    const experts = (hidden: number, intermediate: number) =>
      (24 * 32 * 3 * hidden * intermediate * 4.25) / 8;
    const biases = 24 * 32 * 2 * (2 * (1536 - 1440) + (3072 - 2880));
    expect(padded - bare).toBe(experts(3072, 1536) - experts(2880, 1440) + biases);
  });

  it('has one embedding where the output layer is the same', () => {
    const tied = { ...llama, architecture: { ...llama.architecture, tiedEmbeddings: true } };
    expect(weightBytes(llama, plain, 1) - weightBytes(tied, plain, 1)).toBe(2 * 128_256 * 4096);
  });
});

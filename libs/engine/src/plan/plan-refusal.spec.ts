import { describe, expect, it } from '@jest/globals';
import type { DescribedModel } from '../catalogue/described-model.js';
import type { Hardware } from '../hardware/hardware.js';
import { parseGpuNotation } from '../hardware/parse-gpu-notation.js';
import { GIB } from './describe-size.js';
import { planLaunch } from './plan-launch.js';
import { isPlanRefusal } from './plan-refusal.js';
import type { PlanWishes } from './plan-wishes.js';
import { cards, gptOss, llama, plan, REFERENCE, refusal } from './testing/planning.js';

describe('refusals', () => {
  it.each<[string, DescribedModel[], string, PlanWishes, RegExp]>([
    ['NO_MODEL', [], REFERENCE, {}, /No model/],
    ['NO_MODEL', [gptOss, gptOss], REFERENCE, {}, /named twice/],
    [
      'TOO_MANY_GPUS',
      [gptOss],
      REFERENCE,
      { tensorParallel: 4 },
      /need 4 cards, and 2 are there.*can be 2 at most/,
    ],
    [
      'TOO_MANY_GPUS',
      [gptOss],
      REFERENCE,
      { replicas: 3 },
      /3 replicas x 1 card each need 3 cards, and 2 are/,
    ],
    [
      'HEADS_NOT_DIVISIBLE',
      [gptOss],
      '3x24GiB',
      { tensorParallel: 3 },
      /64 attention heads, not divisible by 3.*1 or 2/,
    ],
    ['CAPABILITY_TOO_LOW', [llama], '24GiB@7.5', {}, /no kernel for card 0.*7\.5.*8\.0 is the least/],
    ['NO_ROOM_FOR_WEIGHTS', [llama], '16GiB@8.9', {}, /15\.02 GiB weights.*It would work on 2 such cards/],
    ['NO_ROOM_FOR_WEIGHTS', [llama], '1GiB@8.9', {}, /Not even 16/],
    [
      'NO_ROOM_FOR_WEIGHTS',
      [gptOss],
      '2x1GiB@8.9',
      {},
      /nothing is left for it of [\d.]+ [GM]iB: [\d.]+ [GM]iB go to the CUDA context.*Not even 16/,
    ],
    [
      'NO_ROOM_FOR_CONTEXT',
      [llama],
      '24GiB@8.9',
      { context: 131_072 },
      /needs 16\.00 GiB.*[\d,]+ tokens at most would work/,
    ],
    ['CONTEXT_OVER_MODEL', [llama], REFERENCE, { context: 131_073 }, /131,072 tokens at most/],
    [
      'UTILIZATION_TOO_HIGH',
      [gptOss],
      REFERENCE,
      { utilization: 0.98 },
      /0\.98 asks for 23\.\d+ GiB.*0\.91\d* at most/,
    ],
    [
      'WISH_INVALID',
      [gptOss],
      REFERENCE,
      { replicas: 0 },
      /replicas must be a whole number from 1 to 64, not 0/,
    ],
    ['WISH_INVALID', [gptOss], REFERENCE, { context: 2047 }, /context must be .* from 2048/],
    ['WISH_INVALID', [gptOss], REFERENCE, { utilization: Number.NaN }, /utilization must be/],
    ['WISH_INVALID', [gptOss], REFERENCE, { sequences: 1.5 }, /sequences must be a whole number/],
    ['WISH_INVALID', [gptOss], REFERENCE, { sequences: 512, batchedTokens: 256 }, /must not be less/],
  ])('%s', (code, models, gpus, wishes, sentence) => {
    const refused = refusal(models, cards(gpus), wishes);
    expect(refused.code).toBe(code);
    expect(refused.sentences.join(' ')).toMatch(sentence);
  });

  it('without a card', () => {
    expect(refusal([gptOss], { gpus: [], peerToPeer: false }).code).toBe('NO_GPU');
  });

  it('with memory taken by others', () => {
    const [card] = parseGpuNotation(REFERENCE);
    const gpus = [{ ...(card as Hardware['gpus'][number]), used: 20 * GIB }];
    const refused = refusal([gptOss], { gpus, peerToPeer: false });
    expect(refused.code).toBe('MEMORY_TAKEN');
    expect(refused.sentences.join(' ')).toMatch(/other processes hold 20\.00 GiB/);
  });
});

describe('every plan', () => {
  it.each(['11GiB', '16GiB', '24564MiB', '40GiB', '80GiB', '141GiB'])(
    'is sound or refused on cards of %s',
    (size) => {
      for (const count of [1, 2, 3, 4, 8])
        for (const models of [[gptOss], [llama], [gptOss, llama]])
          for (const wishes of [
            {},
            { replicas: 2 },
            { placement: 'apart' as const },
            { eager: true, speculation: true },
          ]) {
            const planned = planLaunch(models, cards(`${count}x${size}@8.9`), wishes);
            if (isPlanRefusal(planned)) expect(planned.sentences.join(' ')).toMatch(/\d/);
            else plan(models, cards(`${count}x${size}@8.9`), wishes);
          }
    },
  );
});

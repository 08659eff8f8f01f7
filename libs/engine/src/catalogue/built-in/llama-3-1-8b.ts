import type { z } from 'zod';
import type { describedModelSchema } from '../described-model.js';
import { FIRST_RUNNER, SECOND_RUNNER } from './recorded-memory.js';

/** Meta's Llama-3.1-8B-Instruct (config.json): 8.03 B parameters, BF16. */
export const llama318b: z.input<typeof describedModelSchema> = {
  id: 'llama-3.1-8b',
  title: 'Llama-3.1-8B-Instruct',
  family: 'llama',
  licence: 'Llama 3.1 Community License',
  architecture: {
    layers: 32,
    hidden: 4096,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    vocab: 128_256,
    intermediate: 14_336,
  },
  weights: { format: 'bf16', bytes: 16_060_522_496, mlpBits: 16 },
  context: { default: 32_768, max: 131_072 },
  kernels: [{ name: 'BF16', minCapability: 8 }],
  vllm: { toolCallParser: 'llama3_json' },
  memory: SECOND_RUNNER,
  speculation: {
    title: 'n-grams of the prompt',
    config: { method: 'ngram', num_speculative_tokens: 4, prompt_lookup_max: 4 },
    memory: FIRST_RUNNER,
  },
  folder: 'llama-3.1-8b',
  repository: 'meta-llama/Llama-3.1-8B-Instruct',
};

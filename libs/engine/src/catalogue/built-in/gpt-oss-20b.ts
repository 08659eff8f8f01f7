import type { z } from 'zod';
import type { describedModelSchema } from '../described-model.js';
import { FIRST_RUNNER } from './recorded-memory.js';

/**
 * OpenAI's gpt-oss-20b (openai/gpt-oss, config.json): 21 B parameters, 3.6 B active, MXFP4 experts, all else BF16.
 * Kernels and their paddings: vllm fused_moe/oracle/mxfp4.py; Ada (8.9) has Marlin only.
 */
export const gptOss20b: z.input<typeof describedModelSchema> = {
  id: 'gpt-oss-20b',
  title: 'gpt-oss-20b',
  family: 'gpt-oss',
  licence: 'Apache-2.0',
  architecture: {
    layers: 24,
    slidingLayers: 12,
    window: 128,
    hidden: 2880,
    heads: 64,
    kvHeads: 8,
    headDim: 64,
    vocab: 201_088,
    intermediate: 2880,
    experts: 32,
    activeExperts: 4,
  },
  weights: { format: 'mxfp4', bytes: 13_761_264_768, mlpBits: 4.25 },
  context: { default: 32_768, max: 131_072 },
  kernels: [
    { name: 'TRITON', minCapability: 9, belowCapability: 11, padIntermediate: 64, overhead: 1.02 },
    { name: 'MARLIN', minCapability: 7.5, padHidden: 256, padIntermediate: 128 },
  ],
  vllm: { toolCallParser: 'openai', defaultCapture: 1024 },
  memory: FIRST_RUNNER,
  speculation: {
    title: 'n-grams of the prompt',
    config: { method: 'ngram', num_speculative_tokens: 4, prompt_lookup_max: 4 },
  },
  notes: [
    'gpt-oss-20b: without a network its answers need TIKTOKEN_ENCODINGS_BASE, a folder that holds o200k_base.tiktoken; vLLM loads it at the start.',
  ],
  folder: 'gpt-oss-20b',
  repository: 'openai/gpt-oss-20b',
};

import type { z } from 'zod';
import type { describedModelSchema } from '../described-model.js';
import { FIRST_RUNNER } from './recorded-memory.js';

/**
 * Qwen3-Embedding-0.6B (Qwen/Qwen3-Embedding-0.6B, config.json): 595,776,512 parameters, BF16, English and Chinese among
 * its languages. Its vectors have 1,024 numbers and may be shortened.
 */
export const qwen3Embedding06b: z.input<typeof describedModelSchema> = {
  id: 'qwen3-embedding-0.6b',
  title: 'Qwen3-Embedding-0.6B',
  family: 'qwen3-embedding',
  licence: 'Apache-2.0',
  task: 'embed',
  architecture: {
    layers: 28,
    hidden: 1024,
    heads: 16,
    kvHeads: 8,
    headDim: 128,
    vocab: 151_669,
    tiedEmbeddings: true,
    intermediate: 3072,
  },
  weights: { format: 'bf16', bytes: 1_191_553_024, mlpBits: 16 },
  context: { default: 8_192, max: 32_768 },
  kernels: [{ name: 'BF16', minCapability: 8 }],
  vllm: { arguments: ['--hf-overrides', '{"is_matryoshka": true}'] },
  memory: {
    ...FIRST_RUNNER,
    source: 'as for models that write, from recorded start-ups; none was recorded of one that embeds',
  },
  notes: [
    'qwen3-embedding-0.6b: answers /v1/embeddings only. What it needs besides its weights is calculated as for a model that writes.',
  ],
  folder: 'qwen3-embedding-0.6b',
  repository: 'Qwen/Qwen3-Embedding-0.6B',
};

import type { z } from 'zod';
import type { describedModelSchema } from '../described-model.js';
import { FIRST_RUNNER } from './recorded-memory.js';

/**
 * OpenAI's Whisper large-v3-turbo (openai/whisper-large-v3-turbo, config.json): 808,878,080 parameters, FP16, 99
 * languages. `architecture` is the decoder; its MLP has two matrices and not three, and its cross-attention is as large
 * as the third, so that both together are counted right.
 */
export const whisperLargeV3Turbo: z.input<typeof describedModelSchema> = {
  id: 'whisper-large-v3-turbo',
  title: 'Whisper large-v3-turbo',
  family: 'whisper',
  licence: 'MIT',
  task: 'transcribe',
  architecture: {
    layers: 4,
    hidden: 1280,
    heads: 20,
    kvHeads: 20,
    headDim: 64,
    vocab: 51_866,
    tiedEmbeddings: true,
    intermediate: 5120,
    // 32 layers over 30 seconds, a position each 20 ms.
    encoder: { bytes: 1_273_937_920, positions: 1500 },
  },
  weights: { format: 'fp16', bytes: 1_617_756_160, mlpBits: 16 },
  context: { default: 448, max: 448 },
  kernels: [{ name: 'FP16', minCapability: 7 }],
  memory: {
    ...FIRST_RUNNER,
    source: 'as for models that write, from recorded start-ups; none was recorded of one that listens',
  },
  notes: [
    'whisper-large-v3-turbo: answers /v1/audio/transcriptions only, and needs what vLLM reads recordings with (pip install "vllm[audio]").',
    'whisper-large-v3-turbo: vLLM takes recordings of 10 minutes and 25 MiB; VLLM_MAX_AUDIO_DECODE_DURATION_S and VLLM_MAX_AUDIO_CLIP_FILESIZE_MB among vllm.environment of the catalogue allow more.',
  ],
  folder: 'whisper-large-v3-turbo',
  repository: 'openai/whisper-large-v3-turbo',
};

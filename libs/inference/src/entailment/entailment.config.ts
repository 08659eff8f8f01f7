import { integer, list } from '@lorekeep/kit/config';
import { z } from 'zod';

/** Settings of the optional entailment model; nothing of it is loaded where no folder is given. */
export const entailmentConfigSchema = {
  INFERENCE_ENTAILMENT_FOLDER: z
    .string()
    .default('')
    .describe(
      'Folder of a local ONNX model that tells whether a passage contradicts a sentence that cites it (config.json, tokenizer.json, onnx/model.onnx); empty: none. Needs @huggingface/transformers, which is not installed by default',
    ),
  INFERENCE_ENTAILMENT_ADDON: z
    .string()
    .default('')
    .describe(
      'Folder in whose node_modules @huggingface/transformers is installed; empty: the one of this installation',
    ),
  INFERENCE_ENTAILMENT_LABELS: list()
    .default(['contradiction', 'not_entailment'])
    .describe(
      'Labels of the model that mean a contradiction, separated by commas; their shares add up (with neutral among them, what a passage leaves open is marked too)',
    ),
  INFERENCE_ENTAILMENT_PERCENT: integer(50, 100)
    .default(90)
    .describe(
      'From which share of those labels on a sentence that the comparison of words passes is marked, in percent',
    ),
  INFERENCE_ENTAILMENT_TIMEOUT_MS: integer(10, 5_000)
    .default(500)
    .describe('Time for a sentence, in milliseconds; when the model is late the comparison of words stands'),
  INFERENCE_ENTAILMENT_THREADS: integer(1, 4)
    .default(1)
    .describe('Threads that compare; each holds the model in memory'),
};

export type EntailmentConfig = z.infer<z.ZodObject<typeof entailmentConfigSchema>>;

import { z } from 'zod';
import { integer, list } from '@lorekeep/kit/config';

/** Settings of the optional classifier; nothing of it is loaded where no folder is given. */
export const classifierConfigSchema = {
  FIREWALL_CLASSIFIER_FOLDER: z
    .string()
    .default('')
    .describe(
      'Folder of a local ONNX model that tells attacks from other texts (config.json, tokenizer.json, onnx/model.onnx); empty: none. Needs @huggingface/transformers, which is not installed by default',
    ),
  FIREWALL_CLASSIFIER_ADDON: z
    .string()
    .default('')
    .describe(
      'Folder in whose node_modules @huggingface/transformers is installed; empty: the one of this installation',
    ),
  FIREWALL_CLASSIFIER_LABELS: list()
    .default(['INJECTION', 'JAILBREAK', 'MALICIOUS', 'LABEL_1'])
    .describe('Labels of the model that mean an attack, separated by commas; their shares add up'),
  FIREWALL_CLASSIFIER_PERCENT: integer(50, 100)
    .default(90)
    .describe(
      'From which share of those labels on a text that the rules doubt counts as an attack, in percent',
    ),
  FIREWALL_CLASSIFIER_TIMEOUT_MS: integer(10, 10_000)
    .default(150)
    .describe(
      'Time for a question, in milliseconds; when the classifier is late the verdict of the rules stands',
    ),
  FIREWALL_CLASSIFIER_DOCUMENT_TIMEOUT_MS: integer(100, 60_000)
    .default(5_000)
    .describe('Time for a part of a document that is taken in, in milliseconds'),
  FIREWALL_CLASSIFIER_THREADS: integer(1, 2)
    .default(1)
    .describe('Threads that classify; each holds the model in memory'),
};

export type ClassifierConfig = z.infer<z.ZodObject<typeof classifierConfigSchema>>;

import { z } from 'zod';
import { gptOss20b } from './built-in/gpt-oss-20b.js';
import { llama318b } from './built-in/llama-3-1-8b.js';
import { qwen3Embedding06b } from './built-in/qwen3-embedding-0-6b.js';
import { whisperLargeV3Turbo } from './built-in/whisper-large-v3-turbo.js';
import { describedModelSchema, type DescribedModel } from './described-model.js';

/** Largest catalogue file that is read: a thousand models with their sums. */
export const MAX_CATALOGUE_BYTES = 16 * 2 ** 20;

/** The operator's catalogue is wrong; the message names each field. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

const catalogueFile = z.strictObject({ models: z.array(z.looseObject({ id: z.string() })).max(1000) });

/**
 * The built-in models, then those of the operator's file (`{"models": [...]}`). An entry whose id is known replaces the
 * fields that it gives, whole groups at a time (`architecture`, `vllm`, ...); another adds a model, described in full.
 * Throws CatalogueError.
 */
export function readCatalogue(file?: {
  readonly text: string;
  readonly name: string;
}): readonly DescribedModel[] {
  const models = new Map<string, DescribedModel>();
  for (const input of [gptOss20b, llama318b, qwen3Embedding06b, whisperLargeV3Turbo])
    models.set(input.id, describedModelSchema.parse(input));
  if (file === undefined) return [...models.values()];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const entry of readEntries(file)) {
    if (seen.has(entry.id)) problems.push(`model ${entry.id}: is described twice`);
    seen.add(entry.id);
    const result = describedModelSchema.safeParse({ ...models.get(entry.id), ...entry });
    if (result.success) models.set(entry.id, result.data);
    else problems.push(...describeIssues(`model ${entry.id}`, result.error));
  }
  if (problems.length > 0) throw new CatalogueError(`${file.name} is not valid: ${problems.join('; ')}.`);
  return [...models.values()];
}

function readEntries({
  text,
  name,
}: {
  text: string;
  name: string;
}): z.infer<typeof catalogueFile>['models'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CatalogueError(`${name} is not JSON.`, { cause });
  }
  const result = catalogueFile.safeParse(value);
  if (!result.success)
    throw new CatalogueError(
      `${name} is not valid: ${describeIssues('catalogue', result.error).join('; ')}.`,
    );
  return result.data.models;
}

function describeIssues(what: string, error: z.ZodError): string[] {
  return error.issues.map(
    ({ path, message }) => `${what}: ${path.length > 0 ? `${path.join('.')} ` : ''}${message}`,
  );
}

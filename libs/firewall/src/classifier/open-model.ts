import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cutWindows, WINDOW_TOKENS } from './cut-windows.js';
import type { ThreadOptions } from './thread-messages.js';

/** What is used of @huggingface/transformers, which is no dependency: some 500 MB that few installations need. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  readonly AutoTokenizer: { from_pretrained(name: string): Promise<Tokenizer> };
  readonly AutoModelForSequenceClassification: {
    from_pretrained(name: string, options: { dtype: string }): Promise<Model>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: number[]) => unknown;
}
interface Tokenizer {
  readonly model_max_length?: number;
  encode(text: string, options: { add_special_tokens: boolean }): number[];
}
type Model = ((inputs: object) => Promise<{ logits: { tolist(): unknown } }>) & {
  readonly config: { id2label?: Record<string, string>; max_position_embeddings?: number };
};

const PACKAGE = '@huggingface/transformers';
export const INSTALL_ADVICE = `the classifier needs ${PACKAGE}: ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save ${PACKAGE}@4.3.1`;

/** Share of the labels that mean an attack, 0 to 1, in the window of a text where it is largest. */
export type Classify = (text: string) => Promise<number>;

/**
 * A model in a folder of this machine; nothing is ever downloaded.
 * @throws Error whose message tells who runs the server what is missing
 */
export async function openModel({ folder, addon, labels }: ThreadOptions): Promise<Classify> {
  const place = resolve(folder);
  for (const file of ['config.json', 'tokenizer.json', join('onnx', 'model.onnx')])
    if (!existsSync(join(place, file))) throw new Error(`the folder of the classifier has no ${file}`);
  const transformers = await loadAddon(addon);
  Object.assign(transformers.env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: dirname(place),
  });
  const name = basename(place);
  const [tokenizer, model] = await Promise.all([
    transformers.AutoTokenizer.from_pretrained(name),
    transformers.AutoModelForSequenceClassification.from_pretrained(name, { dtype: 'fp32' }),
  ]).catch((cause: unknown) => {
    throw new Error('the folder of the classifier holds no model that can be opened', { cause });
  });
  return classifyWith(transformers, tokenizer, model, attackIndexes(model, labels));
}

async function loadAddon(addon: string): Promise<Transformers> {
  try {
    if (addon === '') return (await import(PACKAGE)) as Transformers;
    const from = createRequire(join(resolve(addon), 'package.json'));
    return (await import(pathToFileURL(from.resolve(PACKAGE)).href)) as Transformers;
  } catch (cause) {
    throw new Error(INSTALL_ADVICE, { cause });
  }
}

function attackIndexes({ config }: Model, labels: readonly string[]): number[] {
  const wanted = new Set(labels.map((label) => label.toLowerCase()));
  const known = Object.entries(config.id2label ?? {});
  const indexes = known
    .filter(([, label]) => wanted.has(label.toLowerCase()))
    .map(([index]) => Number(index));
  if (indexes.length > 0 && indexes.length < known.length) return indexes;
  const has = known.map(([, label]) => label).join(', ') || 'none';
  throw new Error(`of the labels of the classifier (${has}) some, and not all, must mean an attack`);
}

function classifyWith(
  { Tensor }: Transformers,
  tokenizer: Tokenizer,
  model: Model,
  attack: readonly number[],
): Classify {
  const around = specialTokens(tokenizer);
  const most = Math.min(
    WINDOW_TOKENS,
    tokenizer.model_max_length ?? WINDOW_TOKENS,
    model.config.max_position_embeddings ?? WINDOW_TOKENS,
  );
  const tensor = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return async (text) => {
    const tokens = tokenizer.encode(text, { add_special_tokens: false });
    let largest = 0;
    for (const window of cutWindows(tokens, around, most)) {
      const inputs = { input_ids: tensor(window), attention_mask: tensor(window.map(() => 1)) };
      const share = shareOf((await model(inputs)).logits.tolist(), attack);
      largest = Math.max(largest, share);
    }
    return largest;
  };
}

/** What the model wants before and behind every text. */
function specialTokens(tokenizer: Tokenizer): { before: number[]; behind: number[] } {
  const bare = tokenizer.encode('a', { add_special_tokens: false });
  const whole = tokenizer.encode('a', { add_special_tokens: true });
  const at = whole.findIndex((_, from) => bare.every((token, index) => whole[from + index] === token));
  return { before: whole.slice(0, Math.max(0, at)), behind: whole.slice(Math.max(0, at) + bare.length) };
}

function shareOf(logits: unknown, attack: readonly number[]): number {
  const row: unknown = Array.isArray(logits) ? logits[0] : undefined;
  if (!Array.isArray(row) || row.length < 2 || !row.every((one) => Number.isFinite(one)))
    throw new Error('the classifier gave no scores');
  const scores = row as number[];
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - largest));
  const sum = weights.reduce((all, one) => all + one, 0);
  return attack.reduce((share, index) => share + (weights[index] ?? 0), 0) / sum;
}

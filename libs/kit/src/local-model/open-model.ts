import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WINDOW_TOKENS } from './cut-windows.js';
import { textEncoder, type Tokenizer } from './encode-text.js';
import type { ModelText, ThreadOptions } from './thread-messages.js';

/** What is used of @huggingface/transformers, which is no dependency: some 500 MB that few installations need. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  readonly AutoTokenizer: { from_pretrained(name: string): Promise<Tokenizer> };
  readonly AutoModelForSequenceClassification: {
    from_pretrained(name: string, options: { dtype: string }): Promise<Model>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: number[]) => unknown;
}
type Model = ((inputs: object) => Promise<{ logits: { tolist(): unknown } }>) & {
  readonly config: {
    id2label?: Record<string, string>;
    max_position_embeddings?: number;
    type_vocab_size?: number;
  };
};

const PACKAGE = '@huggingface/transformers';

/** What who runs the server is told where the add-on is missing. */
export function installAdvice(name: string): string {
  return `${name} needs ${PACKAGE}: ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save ${PACKAGE}@4.3.1`;
}

/** Share of the wanted labels, 0 to 1, in the window of a text where it is largest. */
export type Classify = (text: ModelText) => Promise<number>;

/**
 * A model in a folder of this machine; nothing is ever downloaded.
 * @throws Error whose message tells who runs the server what is missing
 */
export async function openModel({
  folder,
  addon,
  labels,
  name: called,
  meaning,
}: ThreadOptions): Promise<Classify> {
  const place = resolve(folder);
  for (const file of ['config.json', 'tokenizer.json', join('onnx', 'model.onnx')])
    if (!existsSync(join(place, file))) throw new Error(`the folder of ${called} has no ${file}`);
  const transformers = await loadAddon(addon, called);
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
    throw new Error(`the folder of ${called} holds no model that can be opened`, { cause });
  });
  return classifyWith(transformers, tokenizer, model, wantedIndexes(model, { labels, called, meaning }));
}

async function loadAddon(addon: string, called: string): Promise<Transformers> {
  try {
    if (addon === '') return (await import(PACKAGE)) as Transformers;
    const from = createRequire(join(resolve(addon), 'package.json'));
    return (await import(pathToFileURL(from.resolve(PACKAGE)).href)) as Transformers;
  } catch (cause) {
    throw new Error(installAdvice(called), { cause });
  }
}

function wantedIndexes(
  { config }: Model,
  { labels, called, meaning }: { labels: readonly string[]; called: string; meaning: string },
): number[] {
  const wanted = new Set(labels.map((label) => label.toLowerCase()));
  const known = Object.entries(config.id2label ?? {});
  const indexes = known
    .filter(([, label]) => wanted.has(label.toLowerCase()))
    .map(([index]) => Number(index));
  if (indexes.length > 0 && indexes.length < known.length) return indexes;
  const has = known.map(([, label]) => label).join(', ') || 'none';
  throw new Error(`of the labels of ${called} (${has}) some, and not all, must mean ${meaning}`);
}

function classifyWith(
  { Tensor }: Transformers,
  tokenizer: Tokenizer,
  model: Model,
  wanted: readonly number[],
): Classify {
  const most = Math.min(
    WINDOW_TOKENS,
    tokenizer.model_max_length ?? WINDOW_TOKENS,
    model.config.max_position_embeddings ?? WINDOW_TOKENS,
  );
  const encode = textEncoder(tokenizer, most);
  // A model that knows one kind of token has no name for a second one.
  const knowsTypes = (model.config.type_vocab_size ?? 2) > 1;
  const tensor = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return async (text) => {
    let largest = 0;
    for (const { tokens, types } of encode(text)) {
      const inputs = {
        input_ids: tensor(tokens),
        attention_mask: tensor(tokens.map(() => 1)),
        token_type_ids: tensor(knowsTypes ? types : types.map(() => 0)),
      };
      const share = shareOf((await model(inputs)).logits.tolist(), wanted);
      largest = Math.max(largest, share);
    }
    return largest;
  };
}

function shareOf(logits: unknown, wanted: readonly number[]): number {
  const row: unknown = Array.isArray(logits) ? logits[0] : undefined;
  if (!Array.isArray(row) || row.length < 2 || !row.every((one) => Number.isFinite(one)))
    throw new Error('the model gave no scores');
  const scores = row as number[];
  const largest = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - largest));
  const sum = weights.reduce((all, one) => all + one, 0);
  return wanted.reduce((share, index) => share + (weights[index] ?? 0), 0) / sum;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Words that the model knows, each with what it adds for `SAFE` and for `INJECTION`; the largest of a text counts. */
const WORDS: Readonly<Record<string, readonly [safe: number, attack: number]>> = {
  '[PAD]': [0, 0],
  '[UNK]': [1, 0],
  '[CLS]': [0, 0],
  '[SEP]': [0, 0],
  evil: [0, 9],
  good: [4, 0],
};
const [FLOAT, INT64] = [1, 7];

/** A model in the form that operators give: two labels, found by single words. `labels` other than the usual, on request. */
export function writeTinyModel(folder: string, labels = ['SAFE', 'INJECTION']): Promise<void> {
  return write(folder, labels, { words: Object.keys(WORDS), model: onnx() });
}

/** What words of a pair say of the same thing, for the model that compares two texts. */
const SIDES: Readonly<Record<string, number>> = {
  ...{ '[PAD]': 0, '[UNK]': 0, '[CLS]': 0, '[SEP]': 0 },
  ...{ open: 1, shut: -1 },
};

/** A model that compares two texts: one that says `open` where the other says `shut` contradicts it. */
export function writeTinyPairModel(
  folder: string,
  labels = ['entailment', 'neutral', 'contradiction'],
): Promise<void> {
  return write(folder, labels, { words: Object.keys(SIDES), model: pairOnnx() });
}

async function write(
  folder: string,
  labels: readonly string[],
  { words, model }: { words: readonly string[]; model: Uint8Array },
): Promise<void> {
  const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
  const special = (content: string) => ({ id: vocab[content], content, special: true });
  const json = (value: object) => JSON.stringify(value);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'onnx', 'model.onnx'), model);
  await writeFile(
    join(folder, 'config.json'),
    json({
      model_type: 'bert',
      architectures: ['BertForSequenceClassification'],
      id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
      max_position_embeddings: 512,
      type_vocab_size: 2,
      vocab_size: words.length,
    }),
  );
  await writeFile(
    join(folder, 'tokenizer_config.json'),
    json({ tokenizer_class: 'BertTokenizer', model_max_length: 512, do_lower_case: true }),
  );
  const added = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  await writeFile(
    join(folder, 'tokenizer.json'),
    json({
      version: '1.0',
      added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((each) => ({ ...special(each), ...added })),
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [
          { SpecialToken: { id: '[CLS]', type_id: 0 } },
          { Sequence: { id: 'A', type_id: 0 } },
          { SpecialToken: { id: '[SEP]', type_id: 0 } },
        ],
        pair: [
          { SpecialToken: { id: '[CLS]', type_id: 0 } },
          { Sequence: { id: 'A', type_id: 0 } },
          { SpecialToken: { id: '[SEP]', type_id: 0 } },
          { Sequence: { id: 'B', type_id: 1 } },
          { SpecialToken: { id: '[SEP]', type_id: 1 } },
        ],
        special_tokens: Object.fromEntries(
          ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [vocab[id]], tokens: [id] }]),
        ),
      },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab,
      },
    }),
  );
}

/** logits = max over the words of weights[word]. Field numbers are those of onnx.proto. */
function onnx(): Uint8Array {
  const weights = Float32Array.from(Object.values(WORDS).flat());
  const tensor = [
    number(1, Object.keys(WORDS).length),
    number(1, 2),
    number(2, FLOAT),
    text(8, 'weights'),
    bytes(9, new Uint8Array(weights.buffer)),
  ];
  const axis = (name: string, value: number) => [text(1, name), number(3, value), number(20, 2)];
  const axes = [text(1, 'axes'), number(8, 1), number(20, INT64)];
  const gather = [text(1, 'weights'), text(1, 'input_ids'), text(2, 'each'), text(4, 'Gather')];
  const reduce = [text(1, 'each'), text(2, 'logits'), text(4, 'ReduceMax'), nested(5, axes)];
  const graph = [
    nested(1, [...gather, nested(5, axis('axis', 0))]),
    nested(1, [...reduce, nested(5, axis('keepdims', 0))]),
    text(2, 'tiny'),
    nested(5, tensor),
    nested(11, value('input_ids', INT64, ['batch', 'sequence'])),
    nested(11, value('attention_mask', INT64, ['batch', 'sequence'])),
    nested(12, value('logits', FLOAT, ['batch', 'labels'])),
  ];
  return Uint8Array.from([number(1, 8), nested(8, [text(1, ''), number(2, 13)]), nested(7, graph)].flat());
}

/**
 * difference = |sum over the words of sides[word] * (1 - 2 * type)|: what the first text says less what the second does;
 * logits = difference * scale + bias. The node `types` of the graph is why the types of tokens must be right.
 */
function pairOnnx(): Uint8Array {
  const floats = (name: string, dims: readonly number[], values: readonly number[]) => [
    ...[...dims.map((dim) => number(1, dim)), number(2, FLOAT), text(8, name)],
    bytes(9, new Uint8Array(Float32Array.from(values).buffer)),
  ];
  const whole = (name: string, values: readonly number[]) => [
    ...[number(1, values.length), number(2, INT64), text(8, name)],
    bytes(9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer)),
  ];
  const node = (
    kind: string,
    inputs: readonly string[],
    output: string,
    attributes: readonly number[][] = [],
  ) => nested(1, [...inputs.map((one) => text(1, one)), text(2, output), text(4, kind), ...attributes]);
  const integer = (name: string, value: number) =>
    nested(5, [text(1, name), number(3, value), number(20, 2)]);
  const graph = [
    node('Gather', ['sides', 'input_ids'], 'each', [integer('axis', 0)]),
    node('Cast', ['token_type_ids'], 'types', [integer('to', FLOAT)]),
    node('Mul', ['types', 'two'], 'doubled'),
    node('Sub', ['one', 'doubled'], 'sign'),
    node('Mul', ['each', 'sign'], 'signed'),
    node('ReduceSum', ['signed', 'axes'], 'sum', [integer('keepdims', 1)]),
    node('Abs', ['sum'], 'difference'),
    node('Mul', ['difference', 'scale'], 'scaled'),
    node('Add', ['scaled', 'bias'], 'logits'),
    text(2, 'tiny-pair'),
    nested(5, floats('sides', [Object.keys(SIDES).length], Object.values(SIDES))),
    ...[nested(5, floats('one', [1], [1])), nested(5, floats('two', [1], [2]))],
    ...[nested(5, floats('scale', [3], [-4, 0, 8])), nested(5, floats('bias', [3], [4, 0, -8]))],
    nested(5, whole('axes', [1])),
    nested(11, value('input_ids', INT64, ['batch', 'sequence'])),
    nested(11, value('attention_mask', INT64, ['batch', 'sequence'])),
    nested(11, value('token_type_ids', INT64, ['batch', 'sequence'])),
    nested(12, value('logits', FLOAT, ['batch', 'labels'])),
  ];
  return Uint8Array.from([number(1, 8), nested(8, [text(1, ''), number(2, 13)]), nested(7, graph)].flat());
}

function value(name: string, type: number, dims: readonly string[]): number[][] {
  const shape = dims.map((dim) => nested(1, [text(2, dim)]));
  return [text(1, name), nested(2, [nested(1, [number(1, type), nested(2, shape)])])];
}

function varint(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest > 0 ? [(value % 128) | 128, ...varint(rest)] : [value];
}

const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, value: Uint8Array): number[] => [
  ...varint(field * 8 + 2),
  ...varint(value.length),
  ...value,
];
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));
const nested = (field: number, parts: readonly number[][]): number[] =>
  bytes(field, Uint8Array.from(parts.flat()));

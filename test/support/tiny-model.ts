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
export async function writeTinyModel(folder: string, labels = ['SAFE', 'INJECTION']): Promise<void> {
  const vocab = Object.fromEntries(Object.keys(WORDS).map((word, id) => [word, id]));
  const special = (content: string) => ({ id: vocab[content], content, special: true });
  const json = (value: object) => JSON.stringify(value);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'onnx', 'model.onnx'), onnx());
  await writeFile(
    join(folder, 'config.json'),
    json({
      model_type: 'bert',
      architectures: ['BertForSequenceClassification'],
      id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
      max_position_embeddings: 512,
      vocab_size: Object.keys(WORDS).length,
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
        pair: [],
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

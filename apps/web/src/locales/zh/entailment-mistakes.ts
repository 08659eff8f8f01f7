import type { Pair } from '../say.js';

/** Why the model that compares sentences with their sources cannot be used. */
export const entailmentMistakes: readonly Pair[] = [
  ['the folder of the entailment model has no {{file}}', '比对模型文件夹中没有 {{file}}'],
  [
    'the folder of the entailment model holds no model that can be opened',
    '比对模型文件夹中没有可以打开的模型',
  ],
  ['the thread of the entailment model has failed', '比对模型的线程出现故障'],
  ['the entailment model needs {{advice}}', '比对模型需要 {{advice}}'],
  [
    'of the labels of the entailment model ({{labels}}) some, and not all, must mean a contradiction',
    '比对模型的标签（{{labels}}）中须有一部分（而非全部）表示矛盾',
  ],
];

import type { Pair } from '../say.js';

/** Why models by use case cannot be read, and which models there are. */
export const modelMistakes: readonly Pair[] = [
  ['Nothing stands there.', '此处为空。'],
  ['There stands “{{part}}”.', '此处为“{{part}}”。'],
  [
    'Each part is a use case, a colon and its models: question: a, b; code: c.',
    '每一段写作“用途: 模型”，例如 question: a, b; code: c。',
  ],
  ['The use cases are {{names}}.', '用途有：{{names}}。'],
  ['This use case has its models already.', '该用途已经指定过模型。'],
  [
    'A model has a name of letters, digits and . _ : / - that begins with a letter or a digit.',
    '模型名称由字母、数字和 . _ : / - 组成，以字母或数字开头。',
  ],
  ['The share behind * is a whole number from 1 to {{most}}.', '* 之后的比重是 1 至 {{most}} 的整数。'],
  ['A use case has at most {{count}} models one after the other.', '一个用途最多依次列出 {{count}} 个模型。'],
  ['Conversations are divided among at most {{count}} models.', '对话最多分给 {{count}} 个模型。'],
  ['There are {{names}} and {{count}} more.', '现有：{{names}}，另有 {{count}} 个。'],
  ['There are {{names}}.', '现有：{{names}}。'],
];

import type { Pair } from '../say.js';

/** What is wrong with a policy, a rule or an exception, as the firewall says it. */
export const firewallMistakes: readonly Pair[] = [
  ['is no category for rules of your own', '不是可用于自定义规则的类别'],
  ['is no category', '不是类别'],
  ['must be one of {{names}}', '必须是以下之一：{{names}}'],
  ['must be some of {{names}}', '必须取自：{{names}}'],
  ['must be 1 to 4', '必须是 1 到 4'],
  ['must be own. and then small letters, digits and hyphens', '必须是 own. 加小写字母、数字和连字符'],
  ['only artifacts are critical', '只有“特征”可以是极高'],
  ['1 to {{most}} texts', '需要 1 到 {{most}} 段文字'],
  ['1 to {{most}} characters', '需要 1 到 {{most}} 个字符'],
  ['1 to {{most}}', '需要 1 到 {{most}} 个'],
  ['at most {{most}} characters', '最多 {{most}} 个字符'],
  ['at least {{least}} characters', '至少 {{least}} 个字符'],
  ['at most {{most}}', '最多 {{most}} 个'],
  [
    'is too short: nearly every text holds it, so the pattern would be tried on all',
    '太短：几乎每段文字都含有它，模式会在所有文字上尝试',
  ],
  [
    'must be as rules read it: small letters, no accents, simplified Chinese',
    '必须是规则所读的形式：小写、无重音、简体',
  ],
  ['matches the empty text', '会匹配空文字'],
  [
    'has a repetition without an upper bound: write {1,40} for + or *',
    '有没有上限的重复：请用 {1,40} 代替 + 或 *',
  ],
  [
    'may match {{reach}} characters; at most {{most}} are allowed',
    '可能匹配 {{reach}} 个字符，最多允许 {{most}} 个',
  ],
  ['is too large: {{steps}} steps, at most {{most}} are allowed', '过大：{{steps}} 步，最多允许 {{most}} 步'],
  [
    'cannot be read by the linear engine (no look-around, no back-reference): {{why}}',
    '线性引擎无法读取（不支持环视和反向引用）：{{why}}',
  ],
  ['is not caught by the rule', '没有被规则命中'],
  ['is caught by the rule', '被规则命中'],
  ['is there twice', '重复'],
  ['is neither a rule nor a category', '既不是规则也不是类别'],
  ['names a group that does not exist', '所指的群组不存在'],
  ['secrets and personal data need the text that is meant', '密钥和个人信息必须写明所指的文字'],
  ['must not be empty', '不能为空'],
  ['must be in the future', '必须在将来'],
  ['must be within a year', '必须在一年之内'],
  ['the folder of the classifier has no {{file}}', '分类器文件夹中没有 {{file}}'],
  ['the folder of the classifier holds no model that can be opened', '分类器文件夹中没有可以打开的模型'],
  ['the thread of the classifier has failed', '分类器的线程出现故障'],
  ['the classifier needs {{advice}}', '分类器需要 {{advice}}'],
  [
    'of the labels of the classifier ({{labels}}) some, and not all, must mean an attack',
    '分类器的标签（{{labels}}）中须有一部分（而非全部）表示攻击',
  ],
];

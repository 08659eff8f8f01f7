import type { Pair } from '../say.js';

/** What is wrong with a field of a request, as the gateway says it. */
export const requestMistakes: readonly Pair[] = [
  ['is required', '必须填写'],
  ['must be of type {{type}}', '类型必须是 {{type}}'],
  ['at most {{most}} entries', '最多 {{most}} 项'],
  ['at least {{least}} entries', '至少 {{least}} 项'],
  ['must be at most {{most}}', '最大为 {{most}}'],
  ['must be at least {{least}}', '最小为 {{least}}'],
  ['must be a UUID', '必须是 UUID'],
  ['must be a time such as {{example}}', '必须是时间，例如 {{example}}'],
  ['must be in a year from 0001 to 9999', '年份必须在 0001 到 9999 之间'],
  ['must not contain NUL or unpaired surrogates', '不能含有空字符或不成对的代理项'],
  ['must not contain characters that turn the direction of text', '不能含有改变文字方向的字符'],
  ['must be one line', '不能换行'],
  ['has none of the forms that are allowed here', '不是这里允许的任何一种形式'],
  ['unknown field: {{names}}', '未知字段：{{names}}'],
];

import type { options as texts } from '../en/options.js';
import type { Localized } from '../localized.js';

export const options: Localized<typeof texts> = {
  searchIn: '检索范围',
  useDocuments: '依据文档回答',
  useDocumentsHint: '否则由模型独自回答，不附出处。',
  noneMeansAll: '不勾选表示您可以阅读的全部内容。',
  model: '模型',
  modelDefault: '由 Lorekeep 选择',
  modelAway: '{{model}}（不可用）',
  temperature: '温度',
  topP: 'Top-p（核采样）',
  answerLength: '回答上限（Token）',
  between: '请输入 {{from}} 到 {{to}} 之间的数',
  instructions: '系统提示词',
  instructionsHint: '与提问一样接受检查，最多 {{limit}} 个字符。',
  instructionsFull: '已达上限 {{limit}} 个字符。',
  instructionsExample: '例如：用三句话回答，面向新员工。',
  earlier: '上下文',
  earlierAll: '尽可能多的先前提问',
  earlierNone: '不带先前提问',
  earlierSome_other: '最近 {{count}} 次提问',
  stream: '边写边显示回答',
  reset: '恢复默认',
  default: '默认',
};

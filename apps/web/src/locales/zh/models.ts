import type { models as texts } from '../en/models.js';
import type { Localized } from '../localized.js';

export const models: Localized<typeof texts> = {
  title: '模型服务器',
  none: '尚未设置：回答均为文档原文摘录。',
  details: '详情',
  states: { up: '可用', away: '不可用' },
  since: '自 {{time}} 起',
  serves: '提供 {{models}}',
  listsNothing: '尚未说明提供哪些模型',
  away: {
    gone: '模型服务器 {{name}} 自 {{time}} 起无法连接。',
    silent: '模型服务器 {{name}} 自 {{time}} 起接收提问但没有输出。',
    faulty: '模型服务器 {{name}} 自 {{time}} 起返回错误。',
    unauthorized: '模型服务器 {{name}} 自 {{time}} 起拒绝 INFERENCE_API_KEY 的密钥。',
  },
  meanwhile: {
    all: '在此期间，所有回答均为文档原文摘录。',
    some: '在此期间，以下用途的回答为文档原文摘录：{{uses}}。',
    others: '在此期间，由其他服务器回答。',
    none: '以下用途的回答为文档原文摘录：{{uses}}。',
  },
  unserved: '没有任何模型服务器提供“{{model}}”（{{from}}）。',
  unsure: '目前能连接的服务器都不提供“{{model}}”（{{from}}）。',
  from: {
    allowedModels: '设置：可以使用的模型',
    modelRoutes: '设置：按用途指定模型',
    INFERENCE_MODELS: '环境设置 INFERENCE_MODELS',
    INFERENCE_ROUTES: '环境设置 INFERENCE_ROUTES',
  },
  uses: {
    question: '提问',
    drafting: '回复草稿',
    code: '代码',
    creative: '创作',
    batch: '批量',
    embedding: '向量',
    transcription: '语音转写',
  },
  thereAre: '现有：{{models}}。',
};

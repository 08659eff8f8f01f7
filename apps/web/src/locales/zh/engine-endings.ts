import type { Pair } from '../say.js';

/** Why a model ended or did not start, and what was lowered since, in the words of its engine host. */
export const engineEndings: readonly Pair[] = [
  ['vLLM was ended by {{signal}}.', 'vLLM 被 {{signal}} 终止。'],
  ['vLLM ended by itself with exit code {{code}}.', 'vLLM 自行退出，退出码 {{code}}。'],
  ['vLLM says of itself that its engine is dead.', 'vLLM 报告其引擎已停止工作。'],
  [
    'Requests run, and no token came for {{seconds}} s.',
    '有请求在运行，但 {{seconds}} 秒内没有产生任何 Token。',
  ],
  [
    'A question of one token was not answered within {{seconds}} s.',
    '只需一个 Token 的试探提问在 {{seconds}} 秒内没有得到回答。',
  ],
  ['vLLM was not ready after {{seconds}} s.', 'vLLM 在 {{seconds}} 秒后仍未就绪。'],
  [
    'The same question was answered differently: this replica does not compute correctly.',
    '同一提问得到了不同的回答：此副本计算有误。',
  ],
  ['Chat completions are not answered.', '对话请求没有得到回答。'],
  ['Not every batch size could be warmed.', '并非所有批大小都完成了预热。'],
  ["A card's memory was {{share}} % full for too long.", '一张显卡的显存占用达 {{share}} %，持续过久。'],
  [
    'The program of vLLM was not found: install vLLM, or set ENGINE_VLLM_PROGRAM to its path.',
    '找不到 vLLM 程序：请安装 vLLM，或将 ENGINE_VLLM_PROGRAM 设为其路径。',
  ],
  ['The port is taken by another program.', '端口已被其他程序占用。'],
  [
    '{{tries}} starts in a row ended so, and none became ready: it is not tried again by itself.',
    '连续 {{tries}} 次启动都如此结束，没有一次就绪，因此不再自动重试。',
  ],
  [
    'See lorekeep engine logs; then restart the engine host, or ask it with POST /engine/start.',
    '请查看 lorekeep engine logs，然后重启引擎主机，或向其发送 POST /engine/start。',
  ],
  ['The card ran out of memory.', '显卡显存不足。'],
  [
    'Only {{free}} of {{total}} are free on the card, and {{wanted}} were asked for (utilization {{share}}).',
    '显卡 {{total}} 显存中只有 {{free}} 空闲，而需要 {{wanted}}（占用率 {{share}}）。',
  ],
  [
    'After weights and graphs nothing is left for the KV cache.',
    '加载权重和计算图后，没有显存可供 KV 缓存使用。',
  ],
  [
    'A context of {{context}} tokens needs {{needed}} of KV cache and {{available}} are there: {{estimated}} tokens would fit.',
    '{{context}} 个 Token 的上下文需要 {{needed}} 的 KV 缓存，现有 {{available}}，可容纳 {{estimated}} 个 Token。',
  ],
  [
    'A context of {{context}} tokens needs {{needed}} of KV cache and {{available}} are there.',
    '{{context}} 个 Token 的上下文需要 {{needed}} 的 KV 缓存，现有 {{available}}。',
  ],
  [
    'The model knows contexts of up to {{maximum}} tokens, and {{context}} were asked for.',
    '该模型的上下文最长为 {{maximum}} 个 Token，而要求的是 {{context}} 个。',
  ],
  [
    'This vLLM does not know the option {{flags}}: install the version that the plan is made for.',
    '此 vLLM 不认识选项 {{flags}}：请安装启动方案所针对的版本。',
  ],
  ['The folder of the model does not exist or is not complete.', '模型文件夹不存在或不完整。'],
  [
    '{{wanted}} cards were asked for and {{present}} are there.',
    '需要 {{wanted}} 张显卡，现有 {{present}} 张。',
  ],
  [
    '{{heads}} attention heads cannot be divided among {{parallel}} cards.',
    '{{heads}} 个注意力头无法平分到 {{parallel}} 张显卡。',
  ],
  [
    'A file of weights is damaged or cut off: fetch the model again.',
    '某个权重文件已损坏或不完整：请重新获取该模型。',
  ],
  ['There is no kernel for these weights on this card.', '此显卡没有适用于这些权重的内核。'],
  ['The Python package {{module}} is not installed beside vLLM.', 'vLLM 旁没有安装 Python 包 {{module}}。'],
  [
    'The vocabulary file of the model is missing and cannot be downloaded: set TIKTOKEN_ENCODINGS_BASE to a folder that holds o200k_base.tiktoken.',
    '缺少模型的词表文件且无法下载：请将 TIKTOKEN_ENCODINGS_BASE 设为含有 o200k_base.tiktoken 的文件夹。',
  ],
  ['The start failed with {{text}}.', '启动失败：{{text}}。'],
  ['A worker process died.', '一个工作进程已终止。'],
  ['The engine process died.', '引擎进程已终止。'],
  [
    'There are no weights of {{model}}: the folder {{folder}} does not exist;',
    '没有 {{model}} 的权重：文件夹 {{folder}} 不存在；',
  ],
  ['utilization {{share}}, context {{context}}', '显存占用率 {{share}}，上下文 {{context}} 个 Token'],
  ['at once: {{sequences}}', '同时回答 {{sequences}} 个'],
  ['context {{context}}', '上下文 {{context}} 个 Token'],
  ['peer-to-peer off', '关闭显卡点对点通信'],
  ['eager, without graphs', '不使用计算图'],
  ['back to rung {{rung}}', '回升到第 {{rung}} 档'],
];

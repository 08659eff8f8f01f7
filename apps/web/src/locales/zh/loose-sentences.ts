import type { Pair } from '../say.js';

/** What follows a reason, remarks on a document, and what has no code of its own. */
export const looseSentences: readonly Pair[] = [
  ['The limit is {{limit}} MB.', '上限为 {{limit}} MB。'],
  ['The limit is {{limit}} s.', '上限为 {{limit}} 秒。'],
  ['The limit is {{limit}}.', '上限为 {{limit}}。'],
  ['It has {{pages}}; the limit is {{limit}}.', '共 {{pages}} 页，上限为 {{limit}} 页。'],
  ['Packed files are opened {{levels}} deep.', '压缩包最多逐层打开 {{levels}} 层。'],
  ['Page {{page}} cannot be read.', '第 {{page}} 页无法读取。'],
  [
    'Its name ends in .{{extension}}, but it is {{found}}.',
    '文件名以 .{{extension}} 结尾，但内容并不是（{{found}}）。',
  ],
  ['It declares entities, which are never resolved.', '文件声明了实体，实体一律不会被解析。'],
  [
    '{{count}} of {{all}} sheets are hidden and were left out.',
    '{{all}} 个工作表中有 {{count}} 个被隐藏，未读取。',
  ],
  [
    '{{count}} of {{all}} slides are hidden and were left out.',
    '{{all}} 张幻灯片中有 {{count}} 张被隐藏，未读取。',
  ],
  [
    '{{count}} of {{all}} slides are damaged and were left out.',
    '{{all}} 张幻灯片中有 {{count}} 张已损坏，未读取。',
  ],
  [
    '{{count}} of {{all}} pages are pictures without text and cannot be searched: {{pages}}.',
    '{{all}} 页中有 {{count}} 页是没有文字的图像，无法检索：{{pages}}。',
  ],
  ['{{count}} of {{all}} files were read.', '{{all}} 个文件中读取了 {{count}} 个。'],
  ['{{count}} more files could not be read.', '另有 {{count}} 个文件无法读取。'],
  ['{{count}} more remarks.', '另有 {{count}} 条说明。'],
  ['It is being read, or waits for its release.', '文档正在读取，或等待放行。'],
  ['It is not in quarantine.', '文档不在隔离中。'],
  ['The kind of a source stays. Add another source.', '来源的类型不能更改，请另外添加来源。'],
  ['Archives are for sources of that kind.', '只有压缩包类型的来源可以上传压缩包。'],
  ['The archive is larger than the limit.', '压缩包超过大小上限。'],
  [
    'The group is denied to read {{places}}. Whoever leaves it may be able to read that: confirm that this is meant (liftDenials).',
    '该组被禁止阅读{{places}}。离开该组的人可能因此可以阅读：请确认这是有意的（liftDenials）。',
  ],
  ['The settings could not be read. Please try again.', '无法读取设置，请重试。'],
  ['Your rights could not be checked. Please try again.', '无法检查您的权限，请重试。'],
  ['The quota could not be checked. Please try again.', '无法检查配额，请重试。'],
  ['The question could not be checked. Please try again.', '无法检查该问题，请重试。'],
  ['The documents cannot be searched at the moment. Please try again.', '暂时无法检索文档，请重试。'],
  ['The documents cannot be searched at the moment. Ask again later.', '暂时无法检索文档，请稍后再问。'],
  ['The model cannot answer at the moment. Please try again.', '模型暂时无法回答，请重试。'],
  [
    'The answer could not be checked and is not shown. Please try again.',
    '回答无法检查，因此不显示。请重试。',
  ],
  [
    'The question could not be recorded, and what is not recorded is not answered. Please try again.',
    '问题无法记录，未记录的问题不予回答。请重试。',
  ],
  [
    'This could not be recorded, so it was not done. Please try again.',
    '此操作无法记录，因此没有执行。请重试。',
  ],
  ['This could not be recorded in time. Please try again.', '此操作未能及时记录，请重试。'],
  ['The model server cannot be reached.', '无法连接模型服务器。'],
  ['The model server is busy; please try again in a moment.', '模型服务器繁忙，请稍后再试。'],
  [
    'The question with its history and documents is too long for the model.',
    '问题连同对话记录和文档超出了模型的长度。',
  ],
  ['The model did not begin to answer in time.', '模型未能及时开始回答。'],
  ['The model stopped in the middle of its answer.', '模型在回答中途停止。'],
  ['The answer took too long.', '回答用时过长。'],
  ['The model server failed.', '模型服务器出错。'],
  [
    'The connection to the model server broke off; the answer is incomplete.',
    '与模型服务器的连接中断，回答不完整。',
  ],
  ['The model ended without an answer.', '模型没有给出回答。'],
  ['Accounts cannot be checked at the moment. Try again shortly.', '暂时无法核对账号，请稍后再试。'],
  [
    'Too many people are signing in at this moment. Try again in a few seconds.',
    '此刻登录的人过多，请几秒后再试。',
  ],
  ['Too many attempts. Wait a little before the next one.', '尝试次数过多，请稍候再试。'],
];

import type { viewer as texts } from '../en/viewer.js';
import type { Localized } from '../localized.js';

export const viewer: Localized<typeof texts> = {
  passageOf: '第 {{at}} 段，共 {{of}} 段',
  pageOf: '第 {{page}} / {{pages}} 页',
  page: '第 {{page}} 页',
  slideOf: '幻灯片 {{page}} / {{pages}}',
  slide: '幻灯片 {{page}}',
  pageShort: '第 {{page}} 页',
  slideShort: '幻灯片 {{page}}',
  next: '下一段（N）',
  previous: '上一段（P）',
  cited: '引用的段落',
  toCited: '回到引用的段落',
  newer: '这是旧版本，已有更新的版本。',
  openNewer: '打开新版本',
  notThere: '引用的段落已不在此文档中：文档后来重新处理过。',
  gone: '无法打开此文档',
  goneText: '文档已被删除，或您已无权阅读。',
  notReader: '您不能阅读此文档的正文',
  notReaderText: '您可以管理此文档；正文只对其读者显示。',
  empty: '没有可显示的文本',
  mail: { From: '发件人', To: '收件人', Cc: '抄送', Date: '日期' },
};

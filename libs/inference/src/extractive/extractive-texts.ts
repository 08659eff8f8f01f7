type Locale = 'en' | 'zh';

export const EXTRACTIVE_LABEL: Record<Locale, string> = {
  en: 'Quoted from documents, no model',
  zh: '摘自文档原文，未使用模型',
};

export const NOTHING_ANSWERS: Record<Locale, string> = {
  en: 'Nothing that you may read answers this.',
  zh: '在您有权阅读的文档中，没有能回答这个问题的内容。',
};

export const NO_MODEL: Record<Locale, string> = {
  en: 'No language model is connected, so this can only be answered from documents.',
  zh: '当前没有连接语言模型，只能根据文档回答。',
};

export const DRAFT_OPENING: Record<Locale, string> = {
  en: 'Thank you for your message. Our documents say:',
  zh: '感谢您的来信。我们的文档中有如下说明：',
};

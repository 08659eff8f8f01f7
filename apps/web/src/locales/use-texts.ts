import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../kit/storage.js';
import { asSent, sayer, type Say } from './say.js';
import { translator, type Translate } from './translate.js';

export type Language = 'en' | 'zh';

/** What Intl is asked for. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

const load: Record<Language, () => Promise<{ texts: object; say: Say }>> = {
  en: async () => ({ texts: (await import('./en.js')).en, say: asSent }),
  zh: async () => {
    const { zh, sentences } = await import('./zh.js');
    return { texts: zh, say: sayer(sentences) };
  },
};

interface Current {
  language: Language;
  t: Translate;
  /** What the gateway says in a sentence of its own. */
  say: Say;
}
let current: Current = { language: 'en', t: translator({}, 'en'), say: asSent };
const listeners = new Set<() => void>();

async function apply(language: Language): Promise<void> {
  const { texts, say } = await load[language]();
  current = { language, t: translator(texts, LOCALES[language]), say };
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

/** Changes the language of the page; only the one in use is loaded. */
export async function setLanguage(language: Language): Promise<void> {
  writeStored('language', language);
  await apply(language);
}

/** The language that was chosen here, or the browser's. */
export async function setUpLanguage(): Promise<void> {
  const stored = readStored('language');
  if (stored === 'en' || stored === 'zh') return apply(stored);
  return apply(navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
}

export const languageIsChosen = () => readStored('language') !== null;

/** The texts of the page in its language; rendered again when that changes. */
export function useTexts(): Current {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

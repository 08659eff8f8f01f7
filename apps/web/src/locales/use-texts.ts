import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../kit/storage.js';
import { translator, type Translate } from './translate.js';

export type Language = 'en' | 'zh';

/** What Intl is asked for. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

const load: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./en.js')).en,
  zh: async () => (await import('./zh.js')).zh,
};

interface Current {
  language: Language;
  t: Translate;
}
let current: Current = { language: 'en', t: translator({}, 'en') };
const listeners = new Set<() => void>();

async function apply(language: Language): Promise<void> {
  const texts = await load[language]();
  current = { language, t: translator(texts, LOCALES[language]) };
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

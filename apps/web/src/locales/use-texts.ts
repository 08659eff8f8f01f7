import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from '../kit/storage.js';
import { asSent, sayer, type Say } from './say.js';
import { translator, type Translate } from './translate.js';

export type Language = 'en' | 'zh';

/** What Intl is asked for. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', zh: 'zh-CN' };

const load: Record<Language, () => Promise<{ texts: object; say: Say }>> = {
  en: async () => ({ texts: (await import('./en/first.js')).first, say: asSent }),
  zh: async () => ({ texts: (await import('./zh/first.js')).first, say: whenAsked('zh') }),
};
const loadDesks: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./en/desks.js')).desks,
  zh: async () => (await import('./zh/desks.js')).desks,
};

/** Few pages hold a sentence of the gateway: ours are fetched with the first, which stands as it was sent till then. */
function whenAsked(language: Language): Say {
  let asked = false;
  return (text) => {
    if (!asked) {
      asked = true;
      void import('./zh/sentences.js').then(({ sentences }) => {
        if (current.language === language) publish({ ...current, say: sayer(sentences) });
      });
    }
    return text;
  };
}

interface Current {
  language: Language;
  t: Translate;
  /** What the gateway says in a sentence of its own. */
  say: Say;
}
let current: Current = { language: 'en', t: translator({}, 'en'), say: asSent };
const listeners = new Set<() => void>();

/** What was asked for last: what is loaded for another language meanwhile comes too late. */
let wanted: Language = 'en';
let atDesks = false;

async function apply(language: Language): Promise<void> {
  wanted = language;
  const { texts, say } = await load[language]();
  const all = atDesks ? { ...texts, ...(await loadDesks[language]()) } : texts;
  if (wanted !== language) return;
  publish({ language, t: translator(all, LOCALES[language]), say });
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

function publish(next: Current): void {
  current = next;
  for (const listener of listeners) listener();
}

/** A page of a desk, with the texts of the desks: nobody needs them before somebody opens one. */
export async function withDeskTexts<Module>(page: Promise<Module>): Promise<Module> {
  if (!atDesks) {
    atDesks = true;
    await apply(wanted).catch((error: unknown) => {
      atDesks = false;
      throw error;
    });
  }
  return page;
}

/** Changes the language of the page; only the one in use is loaded. */
export async function setLanguage(language: Language): Promise<void> {
  writeStored('language', language);
  await apply(language);
}

/** Forgets what was chosen here. */
export async function followBrowser(): Promise<void> {
  writeStored('language', null);
  await apply(languageOfBrowser());
}

/** The language that was chosen here, or the browser's. */
export async function setUpLanguage(): Promise<void> {
  const stored = readStored('language');
  return apply(stored === 'en' || stored === 'zh' ? stored : languageOfBrowser());
}

const languageOfBrowser = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

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

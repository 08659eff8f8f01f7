import { call } from '../kit/call.js';
import { followBrowser, setLanguage, type Language } from '../locales/use-texts.js';

/** Changes the language of the page and of what the gateway writes to this person; null: as the browser. */
export function changeLanguage(language: Language | null): void {
  void (language ? setLanguage(language) : followBrowser());
  // The page has changed either way; failing to store it is no reason to disturb.
  void call('PATCH /api/account', { body: { locale: language } }).catch(() => undefined);
}

import { useTexts } from '../locales/use-texts.js';
import { setLanguage, type Language } from '../locales/use-texts.js';

export const LANGUAGES: readonly { value: Language; label: string; lang: string }[] = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'zh', label: '中文', lang: 'zh-CN' },
];

export function LanguageLinks() {
  const { t, language } = useTexts();
  return (
    <div role="group" aria-label={t('frame.menu.language')} className="flex gap-4 text-13">
      {LANGUAGES.map(({ value, label, lang }) => (
        <button
          key={value}
          type="button"
          lang={lang}
          aria-pressed={language === value}
          onClick={() => void setLanguage(value)}
          className="rounded-sm text-text-2 hover:text-text-0 aria-pressed:font-medium aria-pressed:text-text-0"
        >
          {label}
        </button>
      ))}
    </div>
  );
}

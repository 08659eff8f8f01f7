import { useTexts } from '../locales/use-texts.js';
import { splitPlaceholders } from './split-placeholders.js';

/** A question as it was stored: what the firewall took out is marked, not shown. */
export function QuestionText({ text }: { text: string }) {
  const { t } = useTexts();
  return splitPlaceholders(text).map((part, at) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <span key={at} className="mx-0.5 rounded-sm bg-warn-soft px-1.5 text-12 text-warn">
        {t('ask.removed')}
      </span>
    ),
  );
}

/** The same where there is room for letters alone: titles, labels, lists. */
export function usePlainQuestion(): (text: string) => string {
  const { t } = useTexts();
  return (text) =>
    splitPlaceholders(text)
      .map((part) => (part.kind === 'text' ? part.text : `[${t('ask.removed')}]`))
      .join('');
}

import { SpellCheck } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';

interface Props {
  question: string;
  /** Asks it; left out where nothing can be asked just now. */
  onAsk?: ((question: string) => void) | undefined;
}

/** Nothing was found: the question as it may have been meant, to be asked with one click. */
export function DidYouMean({ question, onAsk }: Props) {
  const { t } = useTexts();
  return (
    <p className="mt-3 flex max-w-[68ch] flex-wrap items-baseline gap-x-2 gap-y-1 text-14">
      <span className="inline-flex items-baseline gap-1.5 text-text-1">
        <SpellCheck size={14} className="translate-y-0.5" aria-hidden="true" />
        {t('ask.didYouMean')}
      </span>
      {onAsk ? (
        <button
          type="button"
          onClick={() => onAsk(question)}
          className="min-h-6 rounded-sm text-left font-medium break-words text-accent underline underline-offset-2 hover:decoration-2"
        >
          {question}
        </button>
      ) : (
        <span className="font-medium">{question}</span>
      )}
    </p>
  );
}

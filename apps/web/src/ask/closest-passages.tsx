import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTexts } from '../locales/use-texts.js';
import type { Answer } from './answer-state.js';
import { SourceRow } from './source-row.js';
import type { Sources } from './sources-context.js';
import { citedNumbers } from './split-chips.js';

/** What was found where the answer rests on none of it: so that one can see for oneself. */
export function ClosestPassages({ answer, open }: { answer: Answer; open: Sources['open'] }) {
  const { t } = useTexts();
  const { citations, text } = answer;
  const none = useMemo(
    () => citedNumbers(text, new Set(citations.map(({ number }) => number))).length === 0,
    [citations, text],
  );
  if (!none || citations.length === 0) return null;
  return (
    <details className="group mt-4 max-w-[68ch]">
      <summary className="flex h-6 w-fit list-none items-center gap-1.5 rounded-sm text-13 text-text-2 hover:text-text-0 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={13}
          className="transition-transform duration-100 group-open:rotate-90"
          aria-hidden="true"
        />
        {t('ask.closest')}
      </summary>
      <p className="mt-1 text-12 text-text-2">{t('ask.closestNote')}</p>
      <ul className="mt-1 -ml-2 flex flex-col">
        {citations.map((citation) => (
          <li key={citation.number}>
            <SourceRow citation={citation} open={open} />
          </li>
        ))}
      </ul>
    </details>
  );
}

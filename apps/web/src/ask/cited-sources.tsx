import { useMemo } from 'react';
import { useTexts } from '../locales/use-texts.js';
import type { Answer } from './answer-state.js';
import { SourceRow } from './source-row.js';
import type { Sources } from './sources-context.js';
import { citedNumbers } from './split-chips.js';

/** The sources that the answer cites, in words, for those who do not hover. */
export function CitedSources({ answer, open }: { answer: Answer; open: Sources['open'] }) {
  const { t } = useTexts();
  const cited = useMemo(() => {
    const byNumber = new Map(answer.citations.map((citation) => [citation.number, citation]));
    return citedNumbers(answer.text, new Set(byNumber.keys()))
      .sort((a, b) => a - b)
      .flatMap((number) => byNumber.get(number) ?? []);
  }, [answer.citations, answer.text]);
  if (cited.length === 0) return null;
  return (
    <section aria-label={t('ask.sources')} className="mt-5 max-w-[68ch]">
      <h2 className="text-12 font-medium text-text-2">{t('ask.sources')}</h2>
      <ol className="mt-1 -ml-2 flex flex-col">
        {cited.map((citation) => (
          <li key={citation.number}>
            <SourceRow numbered citation={citation} open={open} />
          </li>
        ))}
      </ol>
    </section>
  );
}

import type { DocumentRow, PassageRow } from '@lorekeep/contracts';
import { memo, useMemo } from 'react';
import { classNames } from '../kit/class-names.js';
import { Foreign } from '../kit/foreign.js';
import { useTexts } from '../locales/use-texts.js';
import { findQuotes } from './find-quotes.js';
import { pageShort } from './page-words.js';
import { PassageText } from './passage-text.js';

interface Props {
  document: DocumentRow;
  row: PassageRow;
  /** The one before it, where it is known: what it says already is not said again. */
  before: PassageRow | undefined;
  cited: boolean;
  wide: boolean;
  /** The answer that cites the document. */
  answer: string;
}

/** One passage under its heading and page; what the answer quotes of the cited one is marked. */
export const Passage = memo(function Passage({ document, row, before, cited, wide, answer }: Props) {
  const { t } = useTexts();
  // Under the page's title, or under the panel's.
  const Heading = wide ? 'h2' : 'h3';
  const quotes = useMemo(
    () => (cited && answer ? findQuotes(row.content, answer) : []),
    [answer, cited, row.content],
  );
  const page = pageShort(t, document, row);
  const isNew = row.heading !== before?.heading || row.page !== before.page;
  return (
    <div className={classNames('passage', wide && 'mx-auto max-w-[760px]')}>
      {isNew && (row.heading || page) && (
        <Heading className="mb-1.5 flex items-baseline justify-between gap-3 text-12 font-semibold text-text-1">
          <span className="min-w-0 break-words">
            <Foreign text={row.heading} />
          </span>
          {page && <span className="font-normal whitespace-nowrap text-text-2 tabular-nums">{page}</span>}
        </Heading>
      )}
      {cited && <span className="sr-only">{t('viewer.cited')}</span>}
      <PassageText content={row.content} wide={wide} quotes={quotes} />
    </div>
  );
});

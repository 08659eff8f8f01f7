import type { Citation } from '@lorekeep/contracts';
import { Fragment } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Foreign } from '../kit/foreign.js';
import { Tooltip } from '../kit/tooltip.js';
import { unturned } from '../kit/unturned.js';
import { useSources } from './sources-context.js';

/** A numbered citation: hover shows the source, a click opens it. */
export function Chip({ number }: { number: number }) {
  const { t } = useTexts();
  const { byNumber, open } = useSources();
  const citation = byNumber.get(number);
  if (!citation) return <>[{number}]</>;
  return (
    <Tooltip wide content={<SourceCard citation={citation} />}>
      <button
        type="button"
        aria-label={t('ask.source', { number, title: unturned(citation.title) })}
        onClick={() => open(citation)}
        className="mx-0.5 inline-grid h-[18px] min-w-[18px] place-items-center rounded-sm bg-accent-soft px-1 align-[0.1em] font-sans text-12 leading-none font-semibold text-accent tabular-nums hover:bg-accent hover:text-on-accent"
      >
        {number}
      </button>
    </Tooltip>
  );
}

function SourceCard({ citation }: { citation: Citation }) {
  return (
    <span className="flex flex-col gap-1 text-left">
      <span className="font-semibold">
        <Foreign text={citation.title} />
      </span>
      <span className="text-12 text-text-2">
        <Place citation={citation} />
      </span>
      <span className="line-clamp-5 text-text-1">
        <Foreign text={citation.excerpt} />
      </span>
    </span>
  );
}

/** Collection, heading and page, whatever of them there is. */
export function Place({ citation }: { citation: Pick<Citation, 'collection' | 'heading' | 'page'> }) {
  const { t } = useTexts();
  const page = citation.page === null ? '' : t('ask.page', { page: citation.page });
  const parts = [citation.collection, citation.heading, page].filter(Boolean);
  return parts.map((part, at) => (
    <Fragment key={at}>
      {at > 0 && ' · '}
      <Foreign text={part} />
    </Fragment>
  ));
}

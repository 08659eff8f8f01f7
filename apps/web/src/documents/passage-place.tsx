import { ChevronDown, ChevronUp, Quote } from 'lucide-react';
import { IconButton } from '../kit/button.js';
import { Foreign } from '../kit/foreign.js';
import { unturned } from '../kit/unturned.js';
import { useTexts } from '../locales/use-texts.js';

interface Props {
  /** Ordinal of the passage that is read, and how many there are. */
  here: number;
  total: number;
  cited: number | null;
  heading: string;
  page: string;
  onMove: (to: number) => void;
}

const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;

/** Where one is in the document, in words and as a rail on which the cited passage is marked. Its height never changes. */
export function PassagePlace({ here, total, cited, heading, page, onMove }: Props) {
  const { t } = useTexts();
  const at = t('viewer.passageOf', { at: here + 1, of: total });
  // What has no headings says in the first line where one is.
  const [first, second] = heading
    ? [<Foreign key="heading" text={heading} />, [at, page].filter(Boolean).join(' · ')]
    : [at, page];
  return (
    <div className="relative flex h-13 shrink-0 items-center gap-0.5 border-b pr-2 pl-4">
      <div className="min-w-0 flex-1 tabular-nums">
        <p className="truncate text-13 font-medium" title={unturned(heading) || undefined}>
          {first}
        </p>
        {second && <p className="truncate text-12 text-text-2">{second}</p>}
      </div>
      {cited !== null && total > 1 && (
        <IconButton
          label={t('viewer.toCited')}
          icon={<Quote size={15} />}
          className={cited === here ? 'invisible' : 'text-accent'}
          onClick={() => onMove(cited)}
        />
      )}
      {total > 1 && (
        <>
          <IconButton
            label={t('viewer.previous')}
            aria-keyshortcuts="p"
            disabled={here === 0}
            icon={<ChevronUp size={17} />}
            className="aria-disabled:opacity-40"
            onClick={() => onMove(here - 1)}
          />
          <IconButton
            label={t('viewer.next')}
            aria-keyshortcuts="n"
            disabled={here === total - 1}
            icon={<ChevronDown size={17} />}
            className="aria-disabled:opacity-40"
            onClick={() => onMove(here + 1)}
          />
          <Rail here={here} total={total} cited={cited} />
        </>
      )}
    </div>
  );
}

/** The whole document as a line: how far one has come, and where the citation stands. */
function Rail({ here, total, cited }: Pick<Props, 'here' | 'total' | 'cited'>) {
  return (
    <div aria-hidden="true" className="absolute inset-x-0 -bottom-px h-0.5">
      <div className="h-full bg-line-strong" style={{ width: percent((here + 1) / total) }} />
      {cited !== null && (
        <div
          className="absolute -top-0.5 h-1.5 w-1 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: `clamp(2px, ${percent((cited + 0.5) / total)}, 100% - 2px)` }}
        />
      )}
    </div>
  );
}

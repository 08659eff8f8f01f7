import type { Citation } from '@lorekeep/contracts';
import { Foreign } from '../kit/foreign.js';
import { Place } from './chip.js';
import type { Sources } from './sources-context.js';

/** One source as a line that opens it; the number only where the text bears it. */
export function SourceRow({
  citation,
  numbered,
  open,
}: {
  citation: Citation;
  numbered?: boolean;
  open: Sources['open'];
}) {
  return (
    <button
      type="button"
      onClick={() => open(citation)}
      className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-13 hover:bg-surface-1"
    >
      {numbered && (
        <span className="w-4 shrink-0 text-right text-12 font-semibold text-accent tabular-nums">
          {citation.number}
        </span>
      )}
      <span className="min-w-0 truncate">
        <Foreign text={citation.title} />
        <span className="ml-2 text-12 text-text-2">
          <Place citation={citation} />
        </span>
      </span>
    </button>
  );
}

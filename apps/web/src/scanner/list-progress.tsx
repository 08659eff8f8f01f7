import type { WordListRow } from '@lorekeep/contracts';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';

/** How far the check of a list is: bytes while it is read, the stage after that. */
export function ListProgress({ row }: { row: WordListRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const stage = row.stage ?? (row.previewing ? 'previewing' : 'waiting');
  const label = t(`scanner.lists.stages.${stage}`);
  const reading = stage === 'reading' && row.bytes > 0;
  const read = Math.min(row.readBytes, row.bytes);
  const known = reading ? { max: row.bytes, value: read } : {};
  return (
    <span className="flex min-w-0 flex-col text-12 text-text-2 tabular-nums" role="status">
      <span>
        {label}
        {reading && ` ${formats.bytes(read)} / ${formats.bytes(row.bytes)}`}
      </span>
      {/* Without a value the bar says only that something goes on. */}
      <progress aria-label={label} {...known} className="h-1 w-full accent-accent" />
    </span>
  );
}

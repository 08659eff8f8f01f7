import type { WordListRow } from '@lorekeep/contracts';
import { useFormats } from '../kit/format.js';
import { Progress } from '../kit/progress.js';
import { useTexts } from '../locales/use-texts.js';

/** How far the check of a list is: bytes while it is read, the stage after that. */
export function ListProgress({ row }: { row: WordListRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const stage = row.stage ?? (row.previewing ? 'previewing' : 'waiting');
  const label = t(`scanner.lists.stages.${stage}`);
  const reading = stage === 'reading' && row.bytes > 0;
  const read = Math.min(row.readBytes, row.bytes);
  return (
    <span className="flex min-w-0 flex-col text-12 text-text-2 tabular-nums" role="status">
      <span>
        {label}
        {reading && ` ${formats.bytes(read)} / ${formats.bytes(row.bytes)}`}
      </span>
      <Progress label={label} max={row.bytes} value={reading ? read : undefined} />
    </span>
  );
}

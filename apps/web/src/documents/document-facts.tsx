import type { DocumentRow } from '@lorekeep/contracts';
import { useFormats } from '../kit/format.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';

export function DocumentFacts({ row }: { row: DocumentRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const facts: [string, React.ReactNode][] = [
    [t('documents.file'), <span className="break-all">{row.fileName}</span>],
    [t('documents.size'), formats.bytes(row.bytes)],
    ...(row.pages === null ? [] : [[t('documents.pages'), formats.number(row.pages)] as [string, string]]),
    [t('documents.passages'), formats.number(row.passages)],
    [t('documents.added'), <Time value={row.createdAt} />],
    [t('documents.changed'), <Time value={row.updatedAt} />],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-13">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-text-2">{label}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

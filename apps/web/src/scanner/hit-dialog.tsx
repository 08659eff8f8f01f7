import type { ScanHitRow } from '@lorekeep/contracts';
import type { ReactNode } from 'react';
import { CopyButton } from '../kit/copy-button.js';
import { Dialog } from '../kit/dialog.js';
import { Facts } from '../kit/facts.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { Place, SeverityBadge } from './hit-columns.js';
import { useHitNames } from './use-hit-names.js';

/** All that is known of a finding: which rule fired, on what, read as what, and where. */
export function HitDialog({ row, onClose }: { row: ScanHitRow; onClose: () => void }) {
  const { t } = useTexts();
  const names = useHitNames();
  const formats = useFormats();
  const folds = names.folds(row);
  const facts: [string, ReactNode][] = [
    [t('scanner.hits.rule'), names.rule(row)],
    [t('scanner.hits.original'), row.original === null ? names.found(row) : <Text text={row.original} />],
  ];
  if (row.folded !== null) facts.push([t('scanner.hits.folded'), <Text text={row.folded} />]);
  if (folds !== '') facts.push([t('scanner.hits.seenThrough'), folds]);
  facts.push(
    [
      t('admin.words.category'),
      <span className="flex flex-wrap items-center gap-1.5">
        {names.category(row)} <SeverityBadge severity={row.severity} />
      </span>,
    ],
    [t('admin.words.action'), names.action(row)],
    [t('scanner.hits.place'), <Place row={row} />],
    [t('common.reference'), <code className="font-mono text-12 break-all select-all">{row.reference}</code>],
    [t('audit.time'), formats.dateTime(row.at)],
  );
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('scanner.hits.detail')}
      footer={<CopyButton label={t('scanner.hits.copyReference')} text={() => row.reference} />}
    >
      <Facts facts={facts} />
    </Dialog>
  );
}

/** Blanks count: they may be what was seen through. */
const Text = ({ text }: { text: string }) => (
  <code className="block font-mono text-13 break-words whitespace-pre-wrap">{text}</code>
);

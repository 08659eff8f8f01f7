import type { DocumentRow } from '@lorekeep/contracts';
import { LoaderCircle } from 'lucide-react';
import { Badge, type BadgeTone } from '../kit/badge.js';
import { useTexts } from '../locales/use-texts.js';
import { isUnderWay } from './use-documents.js';

const TONES: Record<DocumentRow['state'], BadgeTone> = {
  received: 'plain',
  parsing: 'accent',
  screening: 'accent',
  indexing: 'accent',
  ready: 'good',
  refused: 'bad',
  quarantined: 'warn',
};

export function DocumentState({ row }: { row: Pick<DocumentRow, 'state' | 'reason'> }) {
  const { t, say } = useTexts();
  return (
    <span title={row.reason ? say(row.reason) : undefined}>
      <Badge tone={TONES[row.state]}>
        {isUnderWay(row) && <LoaderCircle size={11} className="animate-spin" aria-hidden="true" />}
        {t(`documents.states.${row.state}`)}
      </Badge>
    </span>
  );
}

import type { AuditRow } from '@lorekeep/contracts';
import { Button } from '../kit/button.js';
import { CopyButton } from '../kit/copy-button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useKindText } from './audit-columns.js';
import { QuestionBody } from './question-body.js';
import { RecordFacts, Recording } from './record-facts.js';
import { openingOf } from './steps-of-record.js';
import { useQuestionRecords } from './use-audit.js';

/** By the door of what is no question. */
const TITLES: Record<string, 'audit.transcription' | 'audit.vectors'> = {
  transcriptions: 'audit.transcription',
  embeddings: 'audit.vectors',
};

interface Props {
  row: AuditRow;
  onClose: () => void;
  onActor: (actor: { id: string; name: string }) => void;
}

/** One record opened. Of a question: both its records, as the seven steps. */
export function RecordDialog({ row, onClose, onActor }: Props) {
  const { t, say } = useTexts();
  const kindText = useKindText();
  const line = useErrorLine();
  const isQuestion = row.kind.startsWith('question.') && row.reference !== null;
  const records = useQuestionRecords(isQuestion ? row.reference : null);
  const { actorId } = row;
  const opening = openingOf(records.data?.rows ?? [row]);
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={isQuestion ? t(TITLES[opening.door] ?? 'audit.question') : kindText(row.kind)}
      footer={
        <>
          {actorId && (
            <Button className="mr-auto" onClick={() => onActor({ id: actorId, name: row.actor })}>
              {t('audit.allOf', { actor: row.actor })}
            </Button>
          )}
          <CopyButton
            label={t('audit.copyRecord')}
            text={() => JSON.stringify(records.data?.rows ?? row, null, 2)}
          />
        </>
      }
    >
      <RecordFacts row={records.data?.rows.find((each) => each.outcome !== null) ?? row} />
      {row.kind === 'document.ready' && typeof row.detail['shadowFor'] === 'string' && (
        <Notice tone="warn">{t('audit.shadowDocument', { found: say(row.detail['shadowFor']) })}</Notice>
      )}
      {isQuestion && records.isPending && <Skeleton lines={7} />}
      {records.isError && <Notice tone="bad">{line(records.error)}</Notice>}
      {opening.recording && <Recording recording={opening.recording} />}
      {records.data && <QuestionBody rows={records.data.rows} isSpeech={opening.recording !== null} />}
      <details className="text-13" open={!isQuestion}>
        <summary className="w-fit rounded-sm font-medium">{t('audit.detail')}</summary>
        <pre
          tabIndex={0}
          className="mt-2 max-h-80 overflow-auto rounded-md bg-surface-1 p-3 font-mono text-12 leading-5 break-words whitespace-pre-wrap"
        >
          {JSON.stringify(
            records.data ? records.data.rows.map(({ kind, detail }) => ({ kind, detail })) : row.detail,
            null,
            2,
          )}
        </pre>
      </details>
    </Dialog>
  );
}

import type { AuditRow } from '@lorekeep/contracts';
import type { ReactNode } from 'react';
import { FalseAlarm } from '../firewall/false-alarm.js';
import { Button } from '../kit/button.js';
import { CopyButton } from '../kit/copy-button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Facts } from '../kit/facts.js';
import { useFormats } from '../kit/format.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { OutcomeBadge, useKindText } from './audit-columns.js';
import { StepList } from './step-list.js';
import { openingOf, searchedOf, type Opening } from './steps-of-record.js';
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
  const { t } = useTexts();
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

/** What was heard is not kept; by this it can be known again. */
function Recording({ recording: { bytes, type, sha256 } }: { recording: NonNullable<Opening['recording']> }) {
  const { t } = useTexts();
  const formats = useFormats();
  return (
    <Facts
      facts={[
        [t('audit.recording'), [formats.bytes(bytes), type].filter(Boolean).join(' · ')],
        [t('audit.recordingHash'), <Code key="hash" text={sha256} />],
      ]}
    />
  );
}

function QuestionBody({ rows, isSpeech }: { rows: readonly AuditRow[]; isSpeech: boolean }) {
  const { t } = useTexts();
  const question = rows.find((row) => row.kind === 'question.opened')?.detail['question'];
  const answer = rows.find((row) => row.kind === 'question.closed')?.detail['answer'];
  const alarmed = wasAlarmed(rows);
  return (
    <>
      <Kept title={t(isSpeech ? 'audit.spokenText' : 'audit.questionText')} text={question} />
      {alarmed && typeof question === 'string' && question !== '' && (
        <FalseAlarm text={question} reference={rows[0]?.reference ?? null} />
      )}
      <SearchedFor rows={rows} />
      <StepList rows={rows} />
      <Kept title={t(isSpeech ? 'audit.transcript' : 'audit.answerText')} text={answer} />
    </>
  );
}

/** Whether the firewall had anything against the question. */
function wasAlarmed(rows: readonly AuditRow[]): boolean {
  const firewall = rows.find((row) => row.kind === 'question.closed')?.detail['firewall'];
  const action = typeof firewall === 'object' && firewall !== null && 'action' in firewall && firewall.action;
  return action === 'flag' || action === 'refuse';
}

/** What a follow-up question was searched for as, where that is not the question alone. */
function SearchedFor({ rows }: { rows: readonly AuditRow[] }) {
  const { t } = useTexts();
  const searched = searchedOf(rows);
  if (!searched) return null;
  const { text, context, kept } = searched;
  return (
    <section aria-label={t('audit.searched.title')}>
      <h3 className="mb-1 text-12 font-medium text-text-2">
        {t('audit.searched.title')} ·{' '}
        {t(searched.by === 'model' ? 'audit.searched.byModel' : 'audit.searched.byRule')}
      </h3>
      {!kept && <p className="text-13 text-text-2">{t('audit.notKept')}</p>}
      {text && <p className="max-h-40 overflow-y-auto text-14 break-words whitespace-pre-wrap">{text}</p>}
      {context && (
        <p className="mt-1 max-h-40 overflow-y-auto text-13 break-words whitespace-pre-wrap text-text-1">
          <span className="text-text-2">{t('audit.searched.context')}</span> {context}
        </p>
      )}
    </section>
  );
}

function Kept({ title, text }: { title: string; text: unknown }) {
  const { t } = useTexts();
  const kept = typeof text === 'string' && text !== '';
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-12 font-medium text-text-2">{title}</h3>
      {kept ? (
        <p className="max-h-40 overflow-y-auto text-14 break-words whitespace-pre-wrap">{text}</p>
      ) : (
        <p className="text-13 text-text-2">{t('audit.notKept')}</p>
      )}
    </section>
  );
}

function RecordFacts({ row }: { row: AuditRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const facts: [string, ReactNode][] = [
    [t('audit.actor'), row.actor],
    [t('audit.time'), formats.dateTime(row.recordedAt)],
    ...(row.outcome === null
      ? []
      : [[t('audit.outcome'), <OutcomeBadge outcome={row.outcome} />] as [string, ReactNode]]),
    [t('audit.sequence'), formats.number(row.sequence)],
    ...(row.reference ? [[t('common.reference'), <Code text={row.reference} />] as [string, ReactNode]] : []),
    [t('audit.hash'), <Code text={row.hash} />],
  ];
  return <Facts facts={facts} />;
}

const Code = ({ text }: { text: string }) => (
  <code className="font-mono text-12 break-all select-all">{text}</code>
);

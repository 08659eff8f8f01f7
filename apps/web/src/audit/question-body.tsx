import type { AuditRow } from '@lorekeep/contracts';
import { FalseAlarm } from '../firewall/false-alarm.js';
import { unturned } from '../kit/unturned.js';
import { useTexts } from '../locales/use-texts.js';
import { alarmOf } from './alarm-of.js';
import { StepList } from './step-list.js';
import { searchedOf } from './steps-of-record.js';

/** What was asked, what it was searched for as, the seven steps, and what was answered. */
export function QuestionBody({ rows, isSpeech }: { rows: readonly AuditRow[]; isSpeech: boolean }) {
  const { t } = useTexts();
  const question = rows.find((row) => row.kind === 'question.opened')?.detail['question'];
  const answer = rows.find((row) => row.kind === 'question.closed')?.detail['answer'];
  const alarm = alarmOf(rows);
  const reference = rows[0]?.reference;
  return (
    <>
      <Kept title={t(isSpeech ? 'audit.spokenText' : 'audit.questionText')} text={question} />
      {alarm && reference && typeof question === 'string' && question !== '' && (
        <FalseAlarm alarm={alarm} text={question} reference={reference} />
      )}
      <SearchedFor rows={rows} />
      <StepList rows={rows} />
      <Kept title={t(isSpeech ? 'audit.transcript' : 'audit.answerText')} text={answer} />
    </>
  );
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
      {text && (
        <p className="max-h-40 overflow-y-auto text-14 break-words whitespace-pre-wrap">{unturned(text)}</p>
      )}
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
        <p className="max-h-40 overflow-y-auto text-14 break-words whitespace-pre-wrap">{unturned(text)}</p>
      ) : (
        <p className="text-13 text-text-2">{t('audit.notKept')}</p>
      )}
    </section>
  );
}

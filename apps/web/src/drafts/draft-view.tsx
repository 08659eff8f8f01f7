import type { Citation, DraftRow } from '@lorekeep/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Pencil, Square, Trash2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { isLive, type Answer } from '../ask/answer-state.js';
import { PANEL_WIDTH } from '../ask/panel-edge.js';
import { Button, IconButton } from '../kit/button.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Time } from '../kit/time.js';
import { QuestionText } from '../kit/question-text.js';
import { useTexts } from '../locales/use-texts.js';
import { DraftActs } from './draft-acts.js';
import { DraftAnswer } from './draft-answer.js';
import { DraftCheck } from './draft-check.js';
import { DraftEditor } from './draft-editor.js';
import { DraftBadge, WithheldBadge } from './draft-list.js';
import { stopDraft } from './draft-run.js';
import { NOTHING_FOUND, WriteAgain } from './nothing-found.js';
import { answerOfDraft, useDraftActs } from './use-drafts.js';

const SourcePanel = lazy(async () => ({ default: (await import('../ask/source-panel.js')).SourcePanel }));

interface Props {
  row: DraftRow;
  /** While it is being written here. */
  live: Answer | null;
}

/** Left what the customer wrote, right what would be answered. A source takes the left side while it is looked at. */
export function DraftView({ row, live }: Props) {
  const { t } = useTexts();
  const [source, setSource] = useState<Citation | null>(null);
  const [width, setWidth] = useState(PANEL_WIDTH.usual);
  const [editing, setEditing] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What led here, the form or on a phone the list, is gone, and the focus with it.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [row.id]);
  const answer = live ?? answerOfDraft(row);
  const writing = isLive(answer);
  const isNothing = !writing && answer.refusal?.code === NOTHING_FOUND;
  const editable = !writing && (row.state === 'draft' || row.state === 'approved');
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="scroller grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] content-start gap-x-8 gap-y-6 px-4 py-5 sm:px-6 xl:grid-cols-2">
        <section aria-labelledby="message-title" className={source ? 'xl:hidden' : undefined}>
          <div className="mb-3 flex h-8 items-center justify-between gap-2">
            <h2 id="message-title" className="text-14 font-semibold">
              {t('drafts.customerMessage')}
            </h2>
            <span className="text-12 text-text-2">
              {t(`drafts.tones.${row.tone}`)} · <Time value={row.createdAt} />
            </span>
          </div>
          <p className="reading rounded-md bg-surface-1 px-4 py-3 whitespace-pre-wrap">
            <QuestionText text={row.customerMessage} />
          </p>
        </section>
        <section aria-labelledby="draft-title" className={source ? 'xl:col-span-2' : undefined}>
          <div className="mb-3 flex min-h-8 flex-wrap items-center gap-2">
            <h2 id="draft-title" ref={heading} tabIndex={-1} className="text-14 font-semibold outline-none">
              {t('drafts.reply')}
            </h2>
            <DraftBadge state={writing ? 'writing' : row.state} />
            {!writing && <WithheldBadge row={row} />}
            <span className="flex-1" />
            {writing && live && (
              <Button icon={<Square size={12} fill="currentColor" />} onClick={stopDraft}>
                {t('drafts.stop')}
              </Button>
            )}
            {editable && !editing && (
              <IconButton
                label={t('common.edit')}
                icon={<Pencil size={15} />}
                onClick={() => setEditing(true)}
              />
            )}
            {!writing && <DeleteButton id={row.id} />}
          </div>
          {editing ? (
            <DraftEditor row={row} onClose={() => setEditing(false)} />
          ) : (
            <>
              <DraftAnswer answer={answer} onOpen={setSource} />
              {isNothing && <WriteAgain message={row.customerMessage} />}
              {editable && (
                <>
                  <DraftCheck row={row} />
                  <DraftActs row={row} />
                </>
              )}
            </>
          )}
        </section>
      </div>
      {source && (
        <Suspense>
          <SourcePanel
            citation={source}
            answer={answer.text}
            width={width}
            onWidth={setWidth}
            onClose={() => setSource(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

function DeleteButton({ id }: { id: string }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { remove } = useDraftActs(
    id,
    () => void navigate({ to: '/drafts/{-$draftId}', params: { draftId: undefined } }),
  );
  return (
    <>
      <IconButton label={t('common.delete')} icon={<Trash2 size={15} />} onClick={() => setAsking(true)} />
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('drafts.deleteTitle')}
        consequence={t('drafts.deleteText')}
        action={t('common.delete')}
        busy={remove.isPending}
        error={remove.error ? line(remove.error) : null}
        onConfirm={() => remove.mutate()}
      />
    </>
  );
}

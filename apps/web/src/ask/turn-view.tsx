import { lazy, Suspense } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { QuestionText } from '../kit/question-text.js';
import { Notice } from '../kit/states.js';
import type { Turn } from './build-turns.js';
import { removeRun } from './run-store.js';
import type { OpenSource } from './sources-context.js';

// Loaded with the first answer.
const AnswerView = lazy(async () => ({ default: (await import('./answer-view.js')).AnswerView }));

interface Props {
  turn: Turn;
  open: OpenSource;
  onEdit: (question: string) => void;
  /** Where it may be asked again: the last turn, nothing running. */
  onAskAgain?: ((question: string) => void) | undefined;
}

export function TurnView({ turn, open, onEdit, onAskAgain }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const again =
    onAskAgain &&
    (() => {
      // What never became part of a conversation is replaced, not kept above.
      if (turn.run?.conversationId === null) removeRun(turn.run.id);
      onAskAgain(turn.question);
    });
  return (
    <article className="pb-8 last:pb-4" aria-label={turn.question.slice(0, 120)}>
      <div className="mb-5 flex justify-end">
        <p
          title={formats.dateTime(turn.askedAt)}
          className="max-h-72 max-w-[85%] overflow-y-auto rounded-md bg-surface-2 px-4 py-2.5 text-16 leading-[1.55] whitespace-pre-wrap break-words"
        >
          <QuestionText text={turn.question} />
        </p>
      </div>
      {turn.answer ? (
        <Suspense fallback={<div className="min-h-16" />}>
          <AnswerView
            answer={turn.answer}
            run={turn.run}
            open={open}
            onAskAgain={again}
            onAsk={onAskAgain}
            onEdit={() => onEdit(turn.question)}
          />
        </Suspense>
      ) : (
        <Notice action={again && <Button onClick={again}>{t('ask.askAgain')}</Button>}>
          {t('ask.neverAnswered')}
        </Notice>
      )}
    </article>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Scissors } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Notice, Reference } from '../kit/states.js';
import { isLive, takenOut, type Answer } from './answer-state.js';
import { AnswerFooter } from './answer-footer.js';
import { AnswerText } from './answer-text.js';
import { answerOf } from './build-turns.js';
import { CitedSources } from './cited-sources.js';
import { ClosestPassages } from './closest-passages.js';
import { DidYouMean } from './did-you-mean.js';
import { LeftOut, Shortened } from './left-out.js';
import { passesByItself, RefusalCard } from './refusal-card.js';
import { changeRun, type Run } from './run-store.js';
import type { OpenSource, Sources } from './sources-context.js';
import { StepsLine } from './steps-line.js';
import { conversationKey } from './use-ask.js';

interface Props {
  answer: Answer;
  run: Run | null;
  open: OpenSource;
  /** Only the last answer can be asked for again. */
  onAskAgain?: (() => void) | undefined;
  /** Asks something else, where something may be asked. */
  onAsk?: ((question: string) => void) | undefined;
  /** Puts the question back into the composer. */
  onEdit: () => void;
}

/** An answer in any state, live or stored. */
export function AnswerView({ answer, run, open: openSource, onAskAgain, onAsk, onEdit }: Props) {
  const live = isLive(answer);
  const open = useOpen(openSource, answer.text);
  const { problem, refusal } = answer;
  return (
    <div className="min-h-16">
      <StepsLine answer={answer} />
      <TakenOut answer={answer} />
      <Shortened answer={answer} />
      <AnswerText answer={live && run?.options.whole ? heldBack(answer) : answer} open={open} />
      <LeftOut answer={answer} />
      {refusal && (
        <RefusalCard
          refusal={refusal}
          endedAt={answer.endedAt}
          onAskAgain={passesByItself(refusal) ? onAskAgain : onEdit}
        />
      )}
      <Ending answer={answer} run={run} onAskAgain={onAskAgain} />
      {!live && answer.text && <CitedSources answer={answer} open={open} />}
      {answer.suggestion !== null && !live && <DidYouMean question={answer.suggestion} onAsk={onAsk} />}
      {answer.outcome === 'answered' && <ClosestPassages answer={answer} open={open} />}
      {!live && (answer.text || answer.outcome === 'cancelled') && !problem && (
        <AnswerFooter answer={answer} onAskAgain={onAskAgain} />
      )}
    </div>
  );
}

/** Until it is complete, for whoever wants it whole. */
const heldBack = (answer: Answer): Answer => ({ ...answer, text: '', reasoning: '', marks: [] });

/** The same function while the text streams, so that no chip is rendered again for each word. */
function useOpen(open: OpenSource, text: string): Sources['open'] {
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  return useCallback((citation) => open(citation, latest.current), [open]);
}

function TakenOut({ answer }: { answer: Answer }) {
  const { t } = useTexts();
  const count = takenOut(answer);
  if (count === 0) return null;
  return (
    <p className="mb-3 flex max-w-[68ch] items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-13 text-warn">
      <Scissors size={14} className="mt-0.5 shrink-0" aria-hidden="true" />
      {t('ask.takenOut', { count })}
    </p>
  );
}

/** An end that is no answer: failed, lost on the way, stopped by the person. */
function Ending({ answer, run, onAskAgain }: Pick<Props, 'answer' | 'run' | 'onAskAgain'>) {
  const { t, say } = useTexts();
  const again = onAskAgain && (
    <Button className="-my-1" onClick={onAskAgain}>
      {t('ask.askAgain')}
    </Button>
  );
  if (answer.phase === 'lost') return <Lost run={run} again={again} />;
  if (answer.problem) {
    return (
      <div className="mt-3 max-w-[68ch]">
        <Notice tone="bad" action={again}>
          <p>{say(answer.problem.detail || answer.problem.title, answer.problem.code) || t('ask.failed')}</p>
          {answer.problem.reference && <Reference value={answer.problem.reference} />}
        </Notice>
      </div>
    );
  }
  if (answer.outcome === 'failed') {
    return (
      <div className="mt-3 max-w-[68ch]">
        <Notice tone="bad" action={again}>
          {t('ask.failed')}
        </Notice>
      </div>
    );
  }
  if (answer.outcome === 'cancelled') return <p className="mt-2 text-13 text-text-2">{t('ask.cancelled')}</p>;
  return null;
}

/** What has come stays; the rest may have been kept by the gateway, or is asked for again. */
function Lost({ run, again }: { run: Run | null; again: React.ReactNode }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [state, setState] = useState<'idle' | 'busy' | 'nothing' | { error: unknown }>('idle');
  const id = run?.conversationId ?? null;
  const resume = async () => {
    if (!run || id === null) return;
    setState('busy');
    try {
      const conversation = await call('GET /api/conversations/:id', { params: { id } });
      queryClient.setQueryData(conversationKey(id), conversation);
      const stored = conversation.messages.find(
        (message) =>
          message.role === 'assistant' &&
          message.reference === run.answer.reference &&
          message.outcome !== null,
      );
      if (stored && stored.content.length >= run.answer.text.length) {
        changeRun(run.id, {
          answer: { ...answerOf(stored), steps: run.answer.steps, driver: run.answer.driver },
        });
      } else setState('nothing');
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <div className="mt-3 max-w-[68ch]">
      <Notice tone="warn">
        <p className="font-medium">{t('ask.lost.title')}</p>
        <p>{state === 'nothing' ? t('ask.lost.nothing') : t('ask.lost.text')}</p>
        {typeof state === 'object' && <p role="alert">{line(state.error)}</p>}
        <div className="mt-2 flex flex-wrap gap-2 py-1">
          {id !== null && state !== 'nothing' && (
            <Button className="-my-1" busy={state === 'busy'} onClick={() => void resume()}>
              {t('ask.lost.resume')}
            </Button>
          )}
          {again}
        </div>
      </Notice>
    </div>
  );
}

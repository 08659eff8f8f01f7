import type { Citation } from '@lorekeep/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { isLive, type Answer } from '../ask/answer-state.js';
import { AnswerText } from '../ask/answer-text.js';
import { CitedSources } from '../ask/cited-sources.js';
import { LeftOut, Shortened } from '../ask/left-out.js';
import { RefusalCard } from '../ask/refusal-card.js';
import { StepsLine } from '../ask/steps-line.js';
import { Notice, Reference } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { NothingFound, NOTHING_FOUND } from './nothing-found.js';

/** A draft as it is being written, or as it was stored. */
export function DraftAnswer({ answer, onOpen }: { answer: Answer; onOpen?: (citation: Citation) => void }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const toDocument = useCallback(
    ({ documentId, passageId }: Citation) =>
      void navigate({ to: '/documents/$documentId', params: { documentId }, search: { passage: passageId } }),
    [navigate],
  );
  const open = onOpen ?? toDocument;
  const { problem } = answer;
  if (!isLive(answer) && answer.refusal?.code === NOTHING_FOUND) {
    return (
      <>
        <NothingFound text={answer.text} />
        <LeftOut answer={answer} />
      </>
    );
  }
  return (
    <div>
      <StepsLine answer={answer} />
      <Shortened answer={answer} />
      <AnswerText answer={answer} open={open} />
      <LeftOut answer={answer} />
      {answer.refusal && <RefusalCard refusal={answer.refusal} endedAt={answer.endedAt} />}
      {(problem || answer.phase === 'lost' || answer.outcome === 'failed') && (
        <div className="mt-3">
          <Notice tone="bad">
            <p>
              {(problem?.detail ?? problem?.title) ||
                t(answer.phase === 'lost' ? 'ask.lost.title' : 'drafts.failed')}
            </p>
            {problem?.reference && <Reference value={problem.reference} />}
          </Notice>
        </div>
      )}
      {answer.text && <CitedSources answer={answer} open={open} />}
    </div>
  );
}

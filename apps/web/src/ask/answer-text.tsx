import { lazy, Suspense, useMemo } from 'react';
import { unturned } from '../kit/unturned.js';
import { useTexts } from '../locales/use-texts.js';
import { isLive, type Answer } from './answer-state.js';
import { LiveRegion } from './live-region.js';
import { SourcesProvider, type Sources } from './sources-context.js';
import { WithheldBar } from './withheld-bar.js';

// Loaded with the first answer.
const Markdown = lazy(async () => ({ default: (await import('./markdown.js')).Markdown }));

interface Props {
  answer: Answer;
  open: Sources['open'];
}

export function AnswerText({ answer, open }: Props) {
  const { t } = useTexts();
  const { citations, marks, reference, text } = answer;
  const sources = useMemo<Sources>(
    () => ({ byNumber: new Map(citations.map((each) => [each.number, each])), reference, open }),
    [citations, reference, open],
  );
  const known = useMemo(() => new Set(citations.map((each) => each.number)), [citations]);
  return (
    <SourcesProvider value={sources}>
      {answer.reasoning && (
        <details className="mb-3 text-13 text-text-1">
          <summary className="w-fit rounded-sm text-text-2">{t('ask.reasoning')}</summary>
          <p className="mt-1 border-l-2 pl-3 whitespace-pre-wrap">{unturned(answer.reasoning)}</p>
        </details>
      )}
      {text && (
        <Suspense fallback={<p className="reading whitespace-pre-wrap">{text}</p>}>
          <Markdown text={text} known={known} marks={marks} />
        </Suspense>
      )}
      {answer.stopped && (
        <p className="mt-3">
          <WithheldBar />
          <span className="ml-1 text-13 text-text-2">{t('ask.stoppedByPolicy')}</span>
        </p>
      )}
      {answer.phase !== 'done' || answer.endedAt !== null ? (
        <LiveRegion text={text} live={isLive(answer)} />
      ) : null}
    </SourcesProvider>
  );
}

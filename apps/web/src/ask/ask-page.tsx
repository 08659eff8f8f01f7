import type { Citation } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ArrowDown } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { usePerson } from '../app/person.js';
import { call } from '../kit/call.js';
import { ErrorState, Loading } from '../kit/states.js';
import { usePlainQuestion } from '../kit/question-text.js';
import { useTitle } from '../kit/use-title.js';
import { readStoredJson, writeStored } from '../kit/storage.js';
import { isLive } from './answer-state.js';
import { buildTurns } from './build-turns.js';
import { Composer, focusComposer } from './composer.js';
import { draftKey, readDraft, writeDraft } from './draft-store.js';
import { PANEL_WIDTH } from './panel-edge.js';
import { removeRun, stopRun, strandedRuns, useRuns } from './run-store.js';
import type { OpenSource } from './sources-context.js';
import { Suggestions } from './suggestions.js';
import { TurnView } from './turn-view.js';
import { conversationKey, useAsk } from './use-ask.js';
import { useStickToEnd } from './use-stick-to-end.js';

const SourcePanel = lazy(async () => ({ default: (await import('./source-panel.js')).SourcePanel }));

export function AskPage() {
  const { t } = useTexts();
  const { conversationId } = useParams({ strict: false });
  const person = usePerson();
  const conversation = useConversation(conversationId);
  const runs = useRuns(conversationId);
  const plain = usePlainQuestion();
  const title = conversation.data && plain(conversation.data.title);
  useTitle(title ?? t('frame.tabs.ask'));
  const turns = useMemo(() => buildTurns(conversation.data?.messages ?? [], runs), [conversation.data, runs]);
  const source = useSource(conversationId);
  const ask = useAsk(conversationId);
  const live = runs.find((run) => isLive(run.answer));
  const { scroller, content, behind, toEnd } = useStickToEnd(live !== undefined);
  useEscape(live && (() => stopRun(live.id)));
  useStranded(conversationId, draftKey(person.id, undefined));
  useEffect(toEnd, [conversationId, toEnd]);

  const send = (question: string, options = readDraft(draftKey(person.id, conversationId)).options) => {
    if (live) return;
    ask(question, options);
    requestAnimationFrame(toEnd);
  };
  /** What was pressed for it goes when it is asked. */
  const sendFromAbove = (question: string) => {
    send(question);
    focusComposer();
  };
  const edit = (question: string) => {
    writeDraft(draftKey(person.id, conversationId), { text: question });
    document.getElementById('composer')?.focus();
  };
  const empty = conversationId === undefined && turns.length === 0;
  return (
    <div className="flex h-full min-h-0">
      <div className="relative flex min-w-0 flex-1 flex-col">
        <div ref={scroller} className="scroller min-h-0 flex-1">
          <div
            ref={content}
            className="mx-auto flex min-h-full w-full max-w-[760px] flex-col px-4 py-6 sm:px-6"
          >
            {empty && <Suggestions onAsk={sendFromAbove} />}
            {!empty && <h1 className="sr-only">{title ?? t('frame.newQuestion')}</h1>}
            {conversation.isPending && conversation.isFetching && <Loading lines={7} />}
            {conversation.isError && turns.length === 0 && (
              <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
            )}
            {turns.map((turn, at) => (
              <TurnView
                key={turn.key}
                turn={turn}
                open={source.open}
                onEdit={edit}
                onAskAgain={at === turns.length - 1 && !live ? sendFromAbove : undefined}
              />
            ))}
          </div>
        </div>
        {behind && (
          <button
            type="button"
            onClick={toEnd}
            className="appear absolute bottom-32 left-1/2 z-10 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full border bg-surface-0 px-3 text-13 font-medium shadow-float hover:bg-surface-1"
          >
            <ArrowDown size={14} aria-hidden="true" />
            {t('ask.newText')}
          </button>
        )}
        {/* The same gutter as above, so that both columns stand exactly over each other. */}
        <div className="shrink-0 overflow-y-hidden [scrollbar-gutter:stable] [scrollbar-width:thin]">
          <Composer
            conversationId={conversationId}
            running={live !== undefined}
            onAsk={send}
            onStop={() => live && stopRun(live.id)}
          />
        </div>
      </div>
      {source.opened && (
        <Suspense>
          <SourcePanel
            {...source.opened}
            width={source.width}
            onWidth={source.setWidth}
            onClose={source.close}
          />
        </Suspense>
      )}
    </div>
  );
}

/** In milliseconds. */
const STILL_READABLE_MS = 60_000;

function useConversation(id: string | undefined) {
  return useQuery({
    queryKey: conversationKey(id ?? ''),
    queryFn: ({ signal }) => call('GET /api/conversations/:id', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
    // What may no longer be read goes from an open page, too: at the next look at it, or after a while.
    refetchOnWindowFocus: 'always',
    refetchInterval: STILL_READABLE_MS,
  });
}

/** Which source is open; focus goes back to what opened it. */
function useSource(conversationId: string | undefined) {
  const [opened, setOpened] = useState<{ citation: Citation; answer: string } | null>(null);
  const [width, setWidth] = useState(() => readStoredJson('panel-width', PANEL_WIDTH.usual));
  const opener = useRef<Element | null>(null);
  const open = useCallback<OpenSource>((citation, answer) => {
    opener.current = document.activeElement;
    setOpened({ citation, answer });
  }, []);
  const close = useCallback(() => {
    setOpened(null);
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  }, []);
  const previous = useRef(conversationId);
  useEffect(() => {
    // A new conversation that has just got its id is the same one.
    if (previous.current !== undefined) setOpened(null);
    previous.current = conversationId;
  }, [conversationId]);
  useEffect(() => writeStored('panel-width', String(width)), [width]);
  return { opened, open, close, width, setWidth };
}

/** Esc stops the answer, except where something is open that it closes. */
function useEscape(stop: (() => void) | undefined): void {
  const latest = useRef(stop);
  latest.current = stop;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role=dialog], [role=menu]')) return;
      latest.current?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** A question that never became part of a conversation goes back into the composer when it is left behind. */
function useStranded(conversationId: string | undefined, newKey: string): void {
  useEffect(() => {
    if (conversationId !== undefined) return;
    return () => {
      for (const run of strandedRuns()) {
        if (readDraft(newKey).text === '') writeDraft(newKey, { text: run.question });
        removeRun(run.id);
      }
    };
  }, [conversationId, newKey]);
}

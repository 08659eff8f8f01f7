import type { AskBody } from '@lorekeep/contracts';
import { useMemo, useSyncExternalStore } from 'react';
import { EMPTY_ANSWER, isLive, type Answer } from './answer-state.js';
import type { AskOptions } from './draft-store.js';
import { streamAnswer } from './stream-answer.js';

/** One question on its way. It goes on while other conversations are looked at. */
export interface Run {
  readonly id: string;
  readonly question: string;
  readonly options: AskOptions;
  readonly askedAt: string;
  /** Null until a new conversation has got its id. */
  conversationId: string | null;
  answer: Answer;
}

interface Hooks {
  /** The gateway has taken the question; a new conversation has its id now. */
  onAccepted: (run: Run) => void;
  onEnd: (run: Run) => void;
  /** The session had ended: nothing was asked. */
  onUnasked: (run: Run, error: unknown) => void;
}

let runs: readonly Run[] = [];
let count = 0;
const aborts = new Map<string, AbortController>();
const listeners = new Set<() => void>();

function publish(next: readonly Run[]): void {
  runs = next;
  for (const listener of listeners) listener();
}

export function changeRun(
  id: string,
  change: Partial<Pick<Run, 'answer' | 'conversationId'>>,
): Run | undefined {
  publish(runs.map((run) => (run.id === id ? { ...run, ...change } : run)));
  return runs.find((run) => run.id === id);
}

export function removeRun(id: string): void {
  publish(runs.filter((run) => run.id !== id));
}

export const stopRun = (id: string) => aborts.get(id)?.abort();

/** Runs that never became part of a conversation, and are over. */
export const strandedRuns = () => runs.filter((run) => run.conversationId === null && !isLive(run.answer));

function bodyOf(question: string, conversationId: string | null, options: AskOptions): AskBody {
  const { model, collectionIds, documents, instructions, earlier, temperature, topP, maxTokens } = options;
  const parameters = {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
  return {
    question,
    ...(conversationId === null ? {} : { conversationId }),
    ...(model === undefined ? {} : { model }),
    ...(collectionIds?.length ? { collectionIds } : {}),
    ...(documents === undefined ? {} : { documents }),
    ...(instructions?.trim() ? { instructions } : {}),
    ...(earlier === undefined ? {} : { earlier }),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
  };
}

export function startRun(
  question: string,
  conversationId: string | null,
  options: AskOptions,
  hooks: Hooks,
): void {
  const id = `run-${++count}`;
  const abort = new AbortController();
  aborts.set(id, abort);
  const run: Run = {
    id,
    question,
    options,
    conversationId,
    askedAt: new Date().toISOString(),
    answer: EMPTY_ANSWER,
  };
  publish([...runs, run]);
  let accepted = false;
  const onChange = (answer: Answer) => {
    const next = changeRun(id, { answer, conversationId: conversationId ?? answer.conversationId });
    if (next && !accepted && answer.reference !== null) {
      accepted = true;
      hooks.onAccepted(next);
    }
  };
  const request = {
    route: 'POST /api/ask' as const,
    body: bodyOf(question, conversationId, options),
    signal: abort.signal,
  };
  streamAnswer({ ...request, answer: run.answer, onChange })
    .then(
      () => {
        const ended = runs.find((each) => each.id === id);
        if (ended) hooks.onEnd(ended);
      },
      (error: unknown) => {
        removeRun(id);
        hooks.onUnasked(run, error);
      },
    )
    .finally(() => aborts.delete(id));
}

/** The runs of a conversation; of none yet for `undefined`. */
export function useRuns(conversationId: string | undefined): readonly Run[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => runs,
  );
  return useMemo(
    () => all.filter((run) => run.conversationId === (conversationId ?? null)),
    [all, conversationId],
  );
}

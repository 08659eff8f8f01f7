import type { DraftRow } from '@lorekeep/contracts';
import { useSyncExternalStore } from 'react';
import { EMPTY_ANSWER, isLive, type Answer } from '../ask/answer-state.js';
import { streamAnswer } from '../ask/stream-answer.js';

export interface NewDraft {
  customerMessage: string;
  tone: DraftRow['tone'];
  instructions?: string;
}

/** The draft that is being written; one at a time. It goes on while other pages are looked at. */
export interface DraftRun extends NewDraft {
  answer: Answer;
  readonly startedAt: string;
}

let run: DraftRun | null = null;
let abort: AbortController | null = null;
const listeners = new Set<() => void>();

function publish(next: DraftRun | null): void {
  run = next;
  for (const listener of listeners) listener();
}

export const stopDraft = () => abort?.abort();

interface Hooks {
  /** The gateway has taken it; `answer.messageId` is the id of the draft. */
  onAccepted: (id: string) => void;
  onEnd: () => void;
}

/** Starts writing; rejects when the session had ended, since then nothing was begun. */
export async function startDraft(request: NewDraft, hooks: Hooks): Promise<void> {
  if (run && isLive(run.answer)) return;
  const controller = new AbortController();
  abort = controller;
  const startedAt = new Date().toISOString();
  publish({ ...request, startedAt, answer: EMPTY_ANSWER });
  let accepted = false;
  const onChange = (answer: Answer) => {
    publish({ ...request, startedAt, answer });
    if (!accepted && answer.messageId !== null) {
      accepted = true;
      hooks.onAccepted(answer.messageId);
    }
  };
  try {
    const call = { route: 'POST /api/drafts' as const, body: request, signal: controller.signal };
    await streamAnswer({ ...call, answer: EMPTY_ANSWER, onChange });
    hooks.onEnd();
  } catch (error) {
    publish(null);
    throw error;
  }
}

export const useDraftRun = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => run,
  );

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { CONVERSATIONS_KEY } from '../app/use-conversations.js';
import { USAGE_KEY } from '../app/usage-left.js';
import { usePerson } from '../app/person.js';
import { draftKey, moveDraft, readDraft, writeDraft, type AskOptions } from './draft-store.js';
import { startRun, type Run } from './run-store.js';

export const conversationKey = (id: string) => ['conversation', id];

/** Asks in a conversation or begins one, and keeps the lists beside it true. */
export function useAsk(conversationId: string | undefined): (question: string, options: AskOptions) => void {
  const person = usePerson();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  return useCallback(
    (question, options) => {
      const isNew = conversationId === undefined;
      const onAccepted = (run: Run) => {
        if (!isNew || run.conversationId === null) return;
        const at = new Date().toISOString();
        queryClient.setQueryData(conversationKey(run.conversationId), {
          id: run.conversationId,
          title: question.slice(0, 80),
          pinned: false,
          createdAt: at,
          updatedAt: at,
          messages: [],
        });
        void queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
        // Whoever has gone elsewhere meanwhile is not fetched back.
        if (router.state.location.pathname !== '/ask') return;
        moveDraft(draftKey(person.id, undefined), draftKey(person.id, run.conversationId));
        void navigate({
          to: '/ask/{-$conversationId}',
          params: { conversationId: run.conversationId },
          replace: true,
        });
      };
      const onEnd = (run: Run) => {
        void queryClient.invalidateQueries({ queryKey: USAGE_KEY });
        void queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
        if (run.conversationId)
          void queryClient.invalidateQueries({ queryKey: conversationKey(run.conversationId) });
      };
      const onUnasked = (run: Run) => {
        const key = draftKey(person.id, run.conversationId ?? undefined);
        if (readDraft(key).text === '') writeDraft(key, { text: run.question });
      };
      startRun(question, conversationId ?? null, options, { onAccepted, onEnd, onUnasked });
    },
    [conversationId, navigate, person.id, queryClient, router],
  );
}

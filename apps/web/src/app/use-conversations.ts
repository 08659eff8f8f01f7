import type { ConversationRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { usePlainQuestion } from '../kit/question-text.js';
import { useTexts } from '../locales/use-texts.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useToast } from '../kit/toast.js';
import { usePages } from '../kit/use-pages.js';

export const CONVERSATIONS_KEY = ['conversations'];

export const useConversations = () =>
  usePages(CONVERSATIONS_KEY, ({ limit, cursor, signal }) =>
    call('GET /api/conversations', { query: { limit, ...cursor }, signal }),
  );

type Pages = { pages: { rows: ConversationRow[]; next: string | null }[]; pageParams: unknown[] };

/** Rename, pin, delete with undo: shown at once, put right when the gateway refuses. */
export function useConversationActs() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const plain = usePlainQuestion();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { conversationId } = useParams({ strict: false });

  const change = (edit: (rows: ConversationRow[]) => ConversationRow[]) =>
    queryClient.setQueryData<Pages>(
      CONVERSATIONS_KEY,
      (data) => data && { ...data, pages: data.pages.map((page) => ({ ...page, rows: edit(page.rows) })) },
    );
  const reload = () => queryClient.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
  const failed = (error: unknown) => {
    toast(line(error));
    void reload();
  };

  const update = useMutation({
    mutationFn: ({ id, ...body }: { id: string; title?: string; pinned?: boolean }) =>
      call('PATCH /api/conversations/:id', { params: { id }, body }),
    onMutate: ({ id, ...body }) =>
      change((rows) => rows.map((row) => (row.id === id ? { ...row, ...body } : row))),
    onSuccess: (_, { id }) => {
      void queryClient.invalidateQueries({ queryKey: ['conversation', id] });
      void reload();
    },
    onError: failed,
  });
  const restore = useMutation({
    mutationFn: (id: string) => call('POST /api/conversations/:id/restore', { params: { id } }),
    onSuccess: () => void reload(),
    onError: failed,
  });
  const remove = useMutation({
    mutationFn: (row: ConversationRow) => call('DELETE /api/conversations/:id', { params: { id: row.id } }),
    onMutate: (row) => change((rows) => rows.filter((each) => each.id !== row.id)),
    onSuccess: (_, row) => {
      if (conversationId === row.id)
        void navigate({ to: '/ask/{-$conversationId}', params: { conversationId: undefined } });
      toast(t('frame.conversation.deleted', { title: plain(row.title) }), {
        label: t('common.undo'),
        run: () => restore.mutate(row.id),
      });
      void reload();
    },
    onError: failed,
  });
  return { update: update.mutate, remove: remove.mutate };
}

import type { WordListRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useToast } from '../kit/toast.js';
import { usePages } from '../kit/use-pages.js';
import { useTexts } from '../locales/use-texts.js';

const LISTS = ['word-lists'];
const POLL_MS = 700;

export const isBusy = (row: WordListRow): boolean => row.state === 'checking' || row.previewing;

export const useWordLists = () =>
  usePages<WordListRow>(
    LISTS,
    ({ limit, offset, signal }) => call('GET /api/admin/word-lists', { query: { limit, offset }, signal }),
    { refetchInterval: (rows) => (rows.some(isBusy) ? POLL_MS : false) },
  );

/** One list, followed while it is checked. */
export const useWordList = (id: string) =>
  useQuery({
    queryKey: [...LISTS, id],
    queryFn: ({ signal }) => call('GET /api/admin/word-lists/:id', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? POLL_MS : false),
  });

export type ListAct = 'cancel' | 'preview' | 'confirm' | 'undo';

/** What moves a list. What was put in force can be taken back at once. */
export function useListActs() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const reload = () => void queryClient.invalidateQueries({ queryKey: LISTS });
  const onError = (error: unknown) => {
    reload();
    toast(line(error));
  };
  const act = useMutation({
    mutationFn: ({ row, what }: { row: WordListRow; what: ListAct }) => {
      const params = { id: row.id };
      switch (what) {
        case 'cancel':
          return call('POST /api/admin/word-lists/:id/cancel', { params });
        case 'preview':
          return call('POST /api/admin/word-lists/:id/preview', { params });
        case 'confirm':
          return call('POST /api/admin/word-lists/:id/confirm', { params });
        case 'undo':
          return call('POST /api/admin/word-lists/:id/undo', { params });
      }
    },
    onSuccess: (row, { what }) => {
      reload();
      if (what === 'confirm') {
        const again = { label: t('common.undo'), run: () => act.mutate({ row, what: 'undo' }) };
        toast(t('scanner.lists.confirmed', { name: row.name }), again);
      }
      if (what === 'undo') toast(t('scanner.lists.undone', { name: row.name }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (row: WordListRow) => call('DELETE /api/admin/word-lists/:id', { params: { id: row.id } }),
    onSuccess: (_, row) => {
      reload();
      toast(t('scanner.lists.deleted', { name: row.name }));
    },
    onError,
  });
  return { act, remove, reload };
}

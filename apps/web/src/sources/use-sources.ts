import type { SourceRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';

export const SOURCES = ['sources'];
const POLL_MS = 1_000;

export const isRunning = ({ lastRun, state }: SourceRow): boolean =>
  state === 'removing' || lastRun?.state === 'queued' || lastRun?.state === 'running';

export const useSources = () =>
  useQuery({
    queryKey: SOURCES,
    queryFn: ({ signal }) => call('GET /api/admin/sources', { signal }),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((row) => isRunning(row) || row.files.reading > 0) ? POLL_MS : POLL_MS * 30,
  });

export const useSourceOptions = () =>
  useQuery({
    queryKey: ['source-options'],
    queryFn: ({ signal }) => call('GET /api/admin/sources/options', { signal }),
  });

type Act = 'sync' | 'allow' | 'cancel' | 'pause' | 'resume' | 'retry';

/** What moves a source; the list shows what it did. */
export function useSourceActs() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const reload = () => void queryClient.invalidateQueries({ queryKey: SOURCES });
  const onError = (error: unknown) => toast(line(error));
  const act = useMutation({
    mutationFn: ({ row, what }: { row: SourceRow; what: Act }) => {
      const params = { id: row.id };
      switch (what) {
        case 'sync':
        case 'allow':
          return call('POST /api/admin/sources/:id/sync', {
            params,
            body: { allowDeletions: what === 'allow' },
          });
        case 'cancel':
          return call('POST /api/admin/sources/:id/cancel', { params });
        case 'pause':
          return call('POST /api/admin/sources/:id/pause', { params });
        case 'resume':
          return call('POST /api/admin/sources/:id/resume', { params });
        case 'retry':
          return call('POST /api/admin/sources/:id/retry', { params });
      }
    },
    onSuccess: (_, { row, what }) => {
      reload();
      if (what === 'sync') toast(t('sources.ordered', { name: row.name }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: ({ row, documents }: { row: SourceRow; documents: 'keep' | 'delete' }) =>
      call('DELETE /api/admin/sources/:id', { params: { id: row.id }, query: { documents } }),
    onSuccess: (_, { row }) => {
      reload();
      toast(t('sources.deleted', { name: row.name }));
    },
    onError,
  });
  return { act, remove, reload };
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call, type ResponseOf } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useToast } from '../kit/toast.js';
import { browserName } from './browser-name.js';

type SessionRow = ResponseOf<'GET /api/account/sessions'>['rows'][number];
const SESSIONS = ['sessions'];

export function SessionsPage() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const sessions = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => call('GET /api/account/sessions', { signal }),
  });
  const end = useMutation({
    mutationFn: (id: string) => call('DELETE /api/account/sessions/:id', { params: { id } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: SESSIONS });
      toast(t('account.sessions.ended'));
    },
    onError: (error) => toast(line(error)),
  });
  const columns: Column<SessionRow>[] = [
    {
      id: 'device',
      header: t('account.sessions.device'),
      cell: (row) => (
        <span title={row.userAgent ?? undefined} className="font-medium">
          {browserName(row.userAgent) ?? t('account.sessions.unknown')}
        </span>
      ),
    },
    {
      id: 'address',
      header: t('account.sessions.address'),
      className: 'hidden sm:table-cell',
      cell: (row) => row.ip ?? '–',
    },
    {
      id: 'signed-in',
      header: t('account.sessions.signedIn'),
      className: 'hidden w-36 sm:table-cell',
      cell: (row) => <Time value={row.createdAt} />,
    },
    {
      id: 'seen',
      header: t('account.sessions.lastSeen'),
      className: 'w-28',
      cell: (row) => <Time value={row.lastSeenAt} />,
    },
    {
      id: 'actions',
      control: true,
      header: <span className="sr-only">{t('common.actions')}</span>,
      numeric: true,
      className: 'w-28',
      cell: (row) =>
        row.current ? (
          <Badge tone="accent">{t('account.sessions.current')}</Badge>
        ) : (
          <Button tone="quiet" disabled={end.isPending} onClick={() => end.mutate(row.id)}>
            {t('account.sessions.end')}
          </Button>
        ),
    },
  ];
  return (
    <Page title={t('account.sessions.title')} note={t('account.sessions.note')}>
      {sessions.isError ? (
        <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <DataTable
          label={t('account.sessions.title')}
          columns={columns}
          rows={sessions.data?.rows ?? []}
          rowKey={(row) => row.id}
          loading={sessions.isPending}
          empty={<Empty icon={MonitorSmartphone} title={t('common.nothingFound')} />}
        />
      )}
    </Page>
  );
}

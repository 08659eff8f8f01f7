import type { KeyRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { underscored } from '../locales/underscored.js';
import { useTexts } from '../locales/use-texts.js';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { Confirm } from '../kit/confirm.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { KeyDialog } from './key-dialog.js';

const KEYS = ['keys'];

const isExpired = (row: KeyRow) => row.expiresAt !== null && new Date(row.expiresAt).getTime() <= Date.now();

export function KeysPage() {
  const { t } = useTexts();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<KeyRow | null>(null);
  const keys = useQuery({ queryKey: KEYS, queryFn: ({ signal }) => call('GET /api/keys', { signal }) });
  const columns = useColumns(setRevoking);
  const create = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
      {t('account.keys.create')}
    </Button>
  );
  return (
    <Page title={t('account.keys.title')} note={t('account.keys.note')} actions={create}>
      {keys.isError ? (
        <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <DataTable
          label={t('account.keys.title')}
          columns={columns}
          rows={keys.data?.rows ?? []}
          rowKey={(row) => row.id}
          loading={keys.isPending}
          empty={<Empty icon={KeyRound} title={t('account.keys.empty')} text={t('account.keys.emptyText')} />}
        />
      )}
      {creating && <KeyDialog onClose={() => setCreating(false)} />}
      {revoking && <RevokeDialog row={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

function useColumns(revoke: (row: KeyRow) => void): Column<KeyRow>[] {
  const { t } = useTexts();
  const formats = useFormats();
  return [
    {
      id: 'name',
      header: t('account.keys.name'),
      cell: (row) => (
        <span title={row.name} className="font-medium">
          {row.name}
        </span>
      ),
    },
    {
      id: 'key',
      header: t('account.keys.key'),
      className: 'hidden w-40 md:table-cell',
      cell: (row) => <code className="font-mono text-12">{row.displayPrefix}…</code>,
    },
    {
      id: 'scopes',
      header: t('account.keys.scopes'),
      className: 'hidden lg:table-cell',
      cell: (row) =>
        row.scopes
          .map((scope) => t(`account.permissions.${underscored(scope)}`))
          .join(t('common.listSeparator')),
    },
    {
      id: 'used',
      header: t('account.keys.lastUsed'),
      className: 'hidden w-32 sm:table-cell',
      cell: (row) => (row.lastUsedAt ? <Time value={row.lastUsedAt} /> : t('common.never')),
    },
    {
      id: 'expires',
      header: t('account.keys.expires'),
      className: 'hidden w-32 sm:table-cell',
      cell: (row) => (row.expiresAt ? formats.dayOfYear(row.expiresAt) : t('common.never')),
    },
    {
      id: 'state',
      header: t('account.keys.state'),
      className: 'w-24',
      cell: (row) =>
        row.revokedAt ? (
          <Badge>{t('account.keys.revoked')}</Badge>
        ) : isExpired(row) ? (
          <Badge tone="warn">{t('account.keys.expired')}</Badge>
        ) : (
          <Badge tone="good">{t('account.keys.active')}</Badge>
        ),
    },
    {
      id: 'actions',
      control: true,
      header: <span className="sr-only">{t('common.actions')}</span>,
      numeric: true,
      className: 'w-24',
      cell: (row) =>
        row.revokedAt ? null : (
          <Button tone="quiet" onClick={() => revoke(row)}>
            {t('account.keys.revoke')}
          </Button>
        ),
    },
  ];
}

function RevokeDialog({ row, onClose }: { row: KeyRow; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call('DELETE /api/keys/:id', { params: { id: row.id } }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: KEYS });
      onClose();
    },
  });
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t('account.keys.revokeTitle', { name: row.name })}
      consequence={t('account.keys.revokeText')}
      action={t('account.keys.revoke')}
      busy={revoke.isPending}
      error={revoke.error ? line(revoke.error) : null}
      onConfirm={() => revoke.mutate()}
    />
  );
}

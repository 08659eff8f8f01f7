import type { UserRow } from '@lorekeep/contracts';
import { Plus, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { Page } from '../kit/page.js';
import { SearchBox } from '../kit/search-box.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { UserDialog } from './user-dialog.js';

export const USERS = ['users'];

export function UsersPage() {
  const { t } = useTexts();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<UserRow | 'new' | null>(null);
  const settled = useSettled(search.trim());
  const { query, rows, hasMore, more } = usePages<UserRow>([...USERS, settled], ({ limit, cursor, signal }) =>
    call('GET /api/admin/users', {
      query: { limit, ...cursor, ...(settled ? { search: settled } : {}) },
      signal,
    }),
  );
  const columns = useColumns(setEditing);
  const create = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setEditing('new')}>
      {t('admin.users.create')}
    </Button>
  );
  return (
    <Page title={t('admin.sections.users')} actions={create}>
      <SearchBox label={t('admin.users.search')} value={search} onChange={setSearch} className="max-w-80" />
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('admin.sections.users')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          loading={query.isPending}
          hasMore={hasMore}
          onMore={more}
          empty={
            <Empty icon={UserRound} title={t('common.nothingFound')} text={t('common.nothingFoundText')} />
          }
        />
      )}
      {editing && <UserDialog user={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function useColumns(edit: (row: UserRow) => void): Column<UserRow>[] {
  const { t } = useTexts();
  return [
    {
      id: 'name',
      header: t('account.profile.name'),
      cell: (row) => (
        <button
          type="button"
          title={`${row.displayName} · ${row.email}`}
          onClick={() => edit(row)}
          className="max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.displayName}
        </button>
      ),
    },
    {
      id: 'email',
      header: t('account.profile.email'),
      className: 'hidden sm:table-cell',
      cell: (row) => row.email,
    },
    {
      id: 'roles',
      header: t('account.profile.roles'),
      className: 'hidden lg:table-cell',
      cell: (row) => row.roles.map((role) => t(`account.roles.${role}`)).join(t('common.listSeparator')),
    },
    {
      id: 'groups',
      header: t('admin.sections.groups'),
      className: 'hidden lg:table-cell',
      cell: (row) => row.groups.map((group) => group.name).join(t('common.listSeparator')) || '–',
    },
    {
      id: 'seen',
      header: t('admin.users.lastSignIn'),
      className: 'hidden w-36 md:table-cell',
      cell: (row) => (row.lastSignInAt ? <Time value={row.lastSignInAt} /> : t('common.never')),
    },
    {
      id: 'state',
      header: t('account.keys.state'),
      className: 'w-24',
      cell: (row) =>
        row.disabledAt ? (
          <Badge>{t('admin.users.disabled')}</Badge>
        ) : (
          <Badge tone="good">{t('account.keys.active')}</Badge>
        ),
    },
  ];
}

import type { GroupRow } from '@lorekeep/contracts';
import { Plus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Page } from '../kit/page.js';
import { SearchBox } from '../kit/search-box.js';
import { Empty, ErrorState } from '../kit/states.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { GroupDialog } from './group-dialog.js';

export function GroupsPage() {
  const { t } = useTexts();
  const formats = useFormats();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<GroupRow | 'new' | null>(null);
  const settled = useSettled(search.trim());
  const { query, rows, hasMore, more } = usePages<GroupRow>(
    ['groups', settled],
    ({ limit, cursor, signal }) =>
      call('GET /api/admin/groups', {
        query: { limit, ...cursor, ...(settled ? { search: settled } : {}) },
        signal,
      }),
  );
  const columns: Column<GroupRow>[] = [
    {
      id: 'name',
      header: t('documents.collections.name'),
      cell: (row) => (
        <button
          type="button"
          onClick={() => setEditing(row)}
          className="max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
        </button>
      ),
    },
    {
      id: 'description',
      header: t('documents.collections.description'),
      className: 'hidden sm:table-cell',
      cell: (row) => <span title={row.description}>{row.description || '–'}</span>,
    },
    {
      id: 'members',
      header: t('admin.groups.members'),
      numeric: true,
      className: 'w-28',
      cell: (row) => formats.number(row.members),
    },
  ];
  const create = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setEditing('new')}>
      {t('admin.groups.create')}
    </Button>
  );
  return (
    <Page title={t('admin.sections.groups')} note={t('admin.groups.note')} actions={create}>
      <SearchBox label={t('admin.groups.search')} value={search} onChange={setSearch} className="max-w-80" />
      {query.isError && rows.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t('admin.sections.groups')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          loading={query.isPending}
          hasMore={hasMore}
          onMore={more}
          empty={
            <Empty icon={UsersRound} title={settled ? t('common.nothingFound') : t('admin.groups.empty')} />
          }
        />
      )}
      {editing && <GroupDialog group={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

import type { WordRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2, WholeWord } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { Button, IconButton } from '../kit/button.js';
import { call } from '../kit/call.js';
import { DataTable, type Column } from '../kit/data-table.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Select } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { SearchBox } from '../kit/search-box.js';
import { Empty, ErrorState } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useToast } from '../kit/toast.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { useScannerNames } from '../scanner/use-scanner-names.js';
import { Instead } from '../scanner/instead.js';
import { useOverrides } from '../scanner/use-policy.js';
import { TryWords } from './try-words.js';
import { WordsDialog } from './words-dialog.js';

export const WORD_ACTIONS = ['log', 'redact', 'stop'] as const;

export function WordsPage() {
  const { t } = useTexts();
  const [search, setSearch] = useState('');
  const [adding, setAdding] = useState(false);
  const settled = useSettled(search.trim());
  const { query, rows, hasMore, more } = usePages<WordRow>(['words', settled], ({ limit, offset, signal }) =>
    call('GET /api/admin/words', {
      query: { limit, offset, ...(settled ? { search: settled } : {}) },
      signal,
    }),
  );
  const columns = useColumns();
  const add = (
    <Button tone="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('admin.words.add')}
    </Button>
  );
  return (
    <Page title={t('admin.sections.words')} note={t('admin.words.note')} actions={add}>
      <div className="flex flex-1 flex-col gap-6 lg:flex-row">
        <div className="flex min-h-96 min-w-0 flex-1 flex-col gap-4">
          <SearchBox
            label={t('admin.words.search')}
            value={search}
            onChange={setSearch}
            className="max-w-80"
          />
          {query.isError && rows.length === 0 ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <DataTable
              label={t('admin.sections.words')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              loading={query.isPending}
              hasMore={hasMore}
              onMore={more}
              empty={
                <Empty
                  icon={WholeWord}
                  title={settled ? t('common.nothingFound') : t('admin.words.empty')}
                  text={settled ? t('common.nothingFoundText') : t('admin.words.emptyText')}
                />
              }
            />
          )}
        </div>
        <TryWords />
      </div>
      {adding && <WordsDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function useColumns(): Column<WordRow>[] {
  const { t } = useTexts();
  const names = useScannerNames();
  const acts = useWordActs();
  const override = useOverrides();
  return [
    {
      id: 'text',
      header: t('admin.words.word'),
      cell: (row) => (
        <span title={row.text} className="font-medium">
          {row.text}
        </span>
      ),
    },
    {
      id: 'category',
      header: t('admin.words.category'),
      className: 'hidden w-36 sm:table-cell',
      cell: (row) => names.category(row.category),
    },
    {
      id: 'action',
      header: t('admin.words.action'),
      control: true,
      className: 'w-44 sm:w-48',
      cell: (row) =>
        row.allow ? (
          <Badge tone="good">{t('admin.words.exception')}</Badge>
        ) : (
          <>
            <Select
              aria-label={t('admin.words.actionOf', { word: row.text })}
              value={row.action}
              onChange={(event) => {
                const action = WORD_ACTIONS.find((each) => each === event.target.value);
                if (action) acts.update.mutate({ id: row.id, action });
              }}
              className="text-13"
            >
              {WORD_ACTIONS.map((action) => (
                <option key={action} value={action}>
                  {t(`admin.words.actions.${action}`)}
                </option>
              ))}
            </Select>
            <Instead action={override(row.category, row.action)} />
          </>
        ),
    },
    {
      id: 'created',
      header: t('documents.added'),
      className: 'hidden w-28 xl:table-cell',
      cell: (row) => <Time value={row.createdAt} />,
    },
    {
      id: 'actions',
      control: true,
      header: <span className="sr-only">{t('common.actions')}</span>,
      numeric: true,
      className: 'w-12 sm:w-14',
      cell: (row) => (
        <IconButton
          label={t('admin.words.remove', { word: row.text })}
          icon={<Trash2 size={15} />}
          onClick={() => acts.remove.mutate(row)}
        />
      ),
    },
  ];
}

/** A removed word can be put back: it is added again as it was. */
function useWordActs() {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const onSuccess = () => void queryClient.invalidateQueries({ queryKey: ['words'] });
  const onError = (error: unknown) => toast(line(error));
  const update = useMutation({
    mutationFn: ({ id, action }: { id: string; action: WordRow['action'] }) =>
      call('PATCH /api/admin/words/:id', { params: { id }, body: { action } }),
    onSuccess,
    onError,
  });
  const restore = useMutation({
    mutationFn: ({ text, category, action, wholeWord, allow }: WordRow) =>
      call('POST /api/admin/words', {
        body: { words: [{ text, category, action, wholeWord, allow }], confirmed: true },
      }),
    onSuccess,
    onError,
  });
  const remove = useMutation({
    mutationFn: (row: WordRow) => call('DELETE /api/admin/words/:id', { params: { id: row.id } }),
    onSuccess: (_, row) => {
      onSuccess();
      toast(t('admin.words.removed', { word: row.text }), {
        label: t('common.undo'),
        run: () => restore.mutate(row),
      });
    },
    onError,
  });
  return { update, remove };
}

import type { WordRow } from '@lorekeep/contracts';
import { Plus, WholeWord } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { Confirm } from '../kit/confirm.js';
import { DataTable } from '../kit/data-table.js';
import { Page } from '../kit/page.js';
import { SearchBox } from '../kit/search-box.js';
import { Empty, ErrorState } from '../kit/states.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';
import { TryWords } from './try-words.js';
import { useWordActs } from './use-word-acts.js';
import { useWordColumns } from './word-columns.js';
import { WordsDialog } from './words-dialog.js';

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
  const acts = useWordActs();
  const columns = useWordColumns(acts);
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
            className="sm:max-w-80"
          />
          {query.isError && rows.length === 0 ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <DataTable
              label={t('admin.sections.words')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              rowHeight={56}
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
      {acts.asked && (
        <Confirm
          open
          onOpenChange={acts.dismiss}
          title={t('admin.words.broadTitle', { word: acts.asked.row.text })}
          consequence={t('admin.words.broadText', {
            action: t(`admin.words.actions.${acts.asked.action}`),
          })}
          action={t('admin.words.changeAnyway')}
          busy={acts.update.isPending}
          onConfirm={acts.accept}
        />
      )}
    </Page>
  );
}

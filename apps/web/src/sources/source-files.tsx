import type { SourceFile, SourceRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DocumentState } from '../documents/document-state.js';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { Dialog } from '../kit/dialog.js';
import { Select } from '../kit/field.js';
import { SearchBox } from '../kit/search-box.js';
import { Empty, ErrorState, Loading } from '../kit/states.js';
import { usePages } from '../kit/use-pages.js';
import { useSettled } from '../kit/use-settled.js';
import { useTexts } from '../locales/use-texts.js';

const STATES = ['failed', 'skipped', 'taken'] as const;

/** The files of a source as the last sync saw them; those that were not taken first, with the reason. */
export function SourceFiles({ row, onClose }: { row: SourceRow; onClose: () => void }) {
  const { t } = useTexts();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<SourceFile['state'] | ''>('');
  const settled = useSettled(search.trim());
  const { query, rows, hasMore, more } = usePages<SourceFile>(
    ['sources', row.id, 'files', settled, state],
    ({ limit, offset, signal }) =>
      call('GET /api/admin/sources/:id/files', {
        params: { id: row.id },
        query: { limit, offset, ...(settled ? { search: settled } : {}), ...(state ? { state } : {}) },
        signal,
      }),
  );
  return (
    <Dialog open wide onOpenChange={onClose} title={t('sources.filesOf', { name: row.name })}>
      <div className="flex flex-wrap gap-2">
        <SearchBox
          label={t('sources.search')}
          value={search}
          onChange={setSearch}
          className="min-w-48 flex-1"
        />
        <Select
          fit
          aria-label={t('sources.state')}
          value={state}
          onChange={(event) => setState(STATES.find((each) => each === event.target.value) ?? '')}
        >
          <option value="">{t('sources.allStates')}</option>
          {STATES.map((each) => (
            <option key={each} value={each}>
              {t(`sources.fileStates.${each}`)}
            </option>
          ))}
        </Select>
      </div>
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Loading lines={6} />
      ) : rows.length === 0 ? (
        <Empty title={t('sources.noFiles')} text={t('sources.noFilesText')} />
      ) : (
        <ul className="divide-y">
          {rows.map((file) => (
            <FileLine key={file.path} file={file} />
          ))}
        </ul>
      )}
      {hasMore && <Button onClick={more}>{t('sources.more')}</Button>}
    </Dialog>
  );
}

function FileLine({ file }: { file: SourceFile }) {
  const { t, say } = useTexts();
  const reason = file.reason ?? file.document?.reason ?? null;
  const code = file.reason ? file.reasonCode : null;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
      <span className="min-w-40 flex-1">
        {file.document ? (
          <Link
            to="/documents/$documentId"
            params={{ documentId: file.document.id }}
            className="font-medium break-all underline-offset-2 hover:underline"
          >
            {file.path}
          </Link>
        ) : (
          <span className="font-medium break-all">{file.path}</span>
        )}
        {reason && <span className="block text-12 text-text-2">{say(reason, code)}</span>}
      </span>
      {file.state === 'taken' && file.document ? (
        <DocumentState row={file.document} />
      ) : (
        <Badge tone={file.state === 'failed' ? 'bad' : 'plain'}>
          {t(`sources.fileStates.${file.state}`)}
        </Badge>
      )}
    </li>
  );
}

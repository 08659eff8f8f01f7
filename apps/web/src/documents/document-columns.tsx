import type { DocumentRow } from '@lorekeep/contracts';
import { Link } from '@tanstack/react-router';
import type { Column } from '../kit/data-table.js';
import { useFormats } from '../kit/format.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { NotesBadge } from './document-notes.js';
import { DocumentState } from './document-state.js';

export function useDocumentColumns(withState: boolean): Column<DocumentRow>[] {
  const { t } = useTexts();
  const formats = useFormats();
  const columns: (Column<DocumentRow> | false)[] = [
    {
      id: 'title',
      header: t('documents.documentTitle'),
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <Link
            to="/documents/$documentId"
            params={{ documentId: row.id }}
            title={`${row.title} · ${row.fileName}`}
            className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {row.title}
          </Link>
          <NotesBadge row={row} />
        </span>
      ),
    },
    {
      id: 'collection',
      header: t('documents.collection'),
      className: 'hidden w-44 md:table-cell',
      cell: (row) => {
        const path = [row.collection, ...row.folders].join(' / ');
        return <span title={path}>{path}</span>;
      },
    },
    withState && {
      id: 'state',
      header: t('documents.state'),
      className: 'w-32',
      cell: (row) => <DocumentState row={row} />,
    },
    {
      id: 'pages',
      header: t('documents.pages'),
      numeric: true,
      className: 'hidden w-20 lg:table-cell',
      cell: (row) => (row.pages === null ? '–' : formats.number(row.pages)),
    },
    {
      id: 'passages',
      header: t('documents.passages'),
      numeric: true,
      className: 'hidden w-24 lg:table-cell',
      cell: (row) => formats.number(row.passages),
    },
    {
      id: 'size',
      header: t('documents.size'),
      numeric: true,
      className: 'hidden w-24 sm:table-cell',
      cell: (row) => formats.bytes(row.bytes),
    },
    {
      id: 'changed',
      header: t('documents.changed'),
      numeric: true,
      className: 'hidden w-32 sm:table-cell',
      cell: (row) => <Time value={row.updatedAt} />,
    },
  ];
  return columns.filter((column) => column !== false);
}

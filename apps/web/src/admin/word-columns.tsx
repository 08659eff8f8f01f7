import type { WordRow } from '@lorekeep/contracts';
import { Trash2 } from 'lucide-react';
import { Badge } from '../kit/badge.js';
import { IconButton } from '../kit/button.js';
import type { Column } from '../kit/data-table.js';
import { Select } from '../kit/field.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { Instead } from '../scanner/instead.js';
import { useOverrides } from '../scanner/use-policy.js';
import { useScannerNames } from '../scanner/use-scanner-names.js';
import type { useWordActs } from './use-word-acts.js';

export const WORD_ACTIONS = ['log', 'redact', 'stop'] as const;

/** Words with what happens; the select is as wide as its longest text in either language. */
export function useWordColumns(acts: ReturnType<typeof useWordActs>): Column<WordRow>[] {
  const { t } = useTexts();
  const override = useOverrides();
  return [
    {
      id: 'text',
      header: t('admin.words.word'),
      cell: (row) => <Word row={row} />,
    },
    {
      id: 'action',
      header: t('admin.words.action'),
      control: true,
      className: 'w-45',
      cell: (row) =>
        row.allow ? (
          <Badge tone="good">{t('admin.words.exception')}</Badge>
        ) : (
          <span className="block py-1.5">
            <Select
              aria-label={t('admin.words.actionOf', { word: row.text })}
              value={row.action}
              onChange={(event) => {
                const action = WORD_ACTIONS.find((each) => each === event.target.value);
                if (action) acts.update.mutate({ row, action });
              }}
            >
              {WORD_ACTIONS.map((action) => (
                <option key={action} value={action}>
                  {t(`admin.words.actions.${action}`)}
                </option>
              ))}
            </Select>
            <Instead action={override(row.category, row.action)} />
          </span>
        ),
    },
    {
      id: 'created',
      header: t('documents.added'),
      className: 'hidden w-28 sm:table-cell',
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

/** The word, and under which category it is filed; how it matches where that is not left to its language. */
function Word({ row }: { row: WordRow }) {
  const { t } = useTexts();
  const names = useScannerNames();
  const matching = row.wholeWord === null ? null : row.wholeWord ? 'whole' : 'anywhere';
  const filed = [names.category(row.category), matching && t(`admin.words.matchings.${matching}`)];
  return (
    <span title={row.text} className="block truncate py-1.5 font-medium">
      {row.text}
      <span className="block truncate text-12 leading-4 font-normal text-text-2">
        {filed.filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}

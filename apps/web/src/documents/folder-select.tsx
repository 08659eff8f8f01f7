import type { FolderRow } from '@lorekeep/contracts';
import { Field, Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { pathOf } from './use-folders.js';

interface Props {
  rows: readonly FolderRow[];
  /** Empty: directly in the collection. */
  value: string;
  onChange: (folderId: string) => void;
}

/** One of the folders of a collection by its path, or the collection itself. */
export function FolderSelect({ rows, value, onChange }: Props) {
  const { t } = useTexts();
  const choices = rows
    .map((row) => ({
      id: row.id,
      path: pathOf(rows, row.id)
        .map(({ name }) => name)
        .join(' / '),
    }))
    .sort((a, b) => a.path.localeCompare(b.path));
  return (
    <Field label={t('documents.folders.folder')}>
      {(field) => (
        <Select {...field} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('documents.folders.none')}</option>
          {choices.map(({ id, path }) => (
            <option key={id} value={id}>
              {path}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

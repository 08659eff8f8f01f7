import type { DocumentRow } from '@lorekeep/contracts';
import { SearchBox } from '../kit/search-box.js';
import { Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { useCollections, type DocumentFilter } from './use-documents.js';

const STATES: readonly DocumentRow['state'][] = [
  'received',
  'parsing',
  'screening',
  'indexing',
  'ready',
  'refused',
  'quarantined',
];

interface Props {
  filter: DocumentFilter;
  onChange: (filter: DocumentFilter) => void;
  withState: boolean;
}

export function DocumentFilters({ filter, onChange, withState }: Props) {
  const { t } = useTexts();
  const collections = useCollections();
  return (
    <div className="flex flex-wrap gap-2">
      <SearchBox
        label={t('documents.search')}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
        className="flex-1 basis-full sm:max-w-80 sm:basis-48"
      />
      <Select
        aria-label={t('documents.collection')}
        value={filter.collectionId}
        onChange={(event) => onChange({ ...filter, collectionId: event.target.value, folderId: '' })}
        fit
        className="max-w-56 flex-1 sm:flex-none"
      >
        <option value="">{t('documents.allCollections')}</option>
        {collections.data?.rows.map((row) => (
          <option key={row.id} value={row.id}>
            {row.name}
          </option>
        ))}
      </Select>
      {withState && (
        <Select
          aria-label={t('documents.state')}
          value={filter.state}
          onChange={(event) =>
            onChange({ ...filter, state: STATES.find((each) => each === event.target.value) ?? '' })
          }
          fit
          className="flex-1 sm:flex-none"
        >
          <option value="">{t('documents.allStates')}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`documents.states.${state}`)}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

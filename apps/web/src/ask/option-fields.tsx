import { useQuery } from '@tanstack/react-query';
import { useMay } from '../app/person.js';
import { call } from '../kit/call.js';
import { Button } from '../kit/button.js';
import { Checkbox, Field, Select } from '../kit/field.js';
import { Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { AnswerFields } from './answer-fields.js';
import { changed, type AskOptions } from './draft-store.js';

interface Props {
  options: AskOptions;
  onChange: (options: AskOptions) => void;
}

export function OptionFields({ options, onChange }: Props) {
  const { t } = useTexts();
  const may = useMay();
  const models = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => call('GET /api/models', { signal }),
  });
  const collections = useQuery({
    queryKey: ['collections'],
    queryFn: ({ signal }) => call('GET /api/collections', { signal }),
    enabled: may('documents.read'),
  });
  const chosen = options.collectionIds ?? [];
  const toggle = (id: string, on: boolean) => {
    const next = on ? [...chosen, id] : chosen.filter((each) => each !== id);
    onChange(changed(options, 'collectionIds', next.length > 0 ? next : undefined));
  };
  const withDocuments = options.documents !== 'none';
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 text-13 font-medium">{t('options.searchIn')}</legend>
        <Checkbox
          label={t('options.useDocuments')}
          hint={t('options.useDocumentsHint')}
          checked={withDocuments}
          onChange={(event) =>
            onChange(changed(options, 'documents', event.target.checked ? undefined : 'none'))
          }
        />
        {withDocuments && (
          <div className="ml-6 flex max-h-40 flex-col gap-1.5 overflow-y-auto">
            {collections.isPending && collections.isFetching && <Skeleton lines={2} />}
            {collections.data?.rows.map((row) => (
              <Checkbox
                key={row.id}
                label={row.name}
                checked={chosen.includes(row.id)}
                onChange={(event) => toggle(row.id, event.target.checked)}
              />
            ))}
            <p className="text-12 text-text-2">{t('options.noneMeansAll')}</p>
          </div>
        )}
      </fieldset>
      <Field label={t('options.model')}>
        {(field) => (
          <Select
            {...field}
            value={options.model ?? ''}
            onChange={(event) => onChange(changed(options, 'model', event.target.value || undefined))}
          >
            <option value="">{t('options.modelDefault')}</option>
            {models.data?.rows.map((row) => (
              <option key={row.id} value={row.id} disabled={!row.available}>
                {row.available ? row.id : t('options.modelAway', { model: row.id })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <AnswerFields options={options} onChange={onChange} />
      {Object.keys(options).length > 0 && (
        <Button tone="quiet" className="self-start" onClick={() => onChange({})}>
          {t('options.reset')}
        </Button>
      )}
    </div>
  );
}

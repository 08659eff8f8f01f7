import { useQuery } from '@tanstack/react-query';
import { useMay } from '../app/person.js';
import { call } from '../kit/call.js';
import { Checkbox, Field, Input, Select } from '../kit/field.js';
import { Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import type { AskOptions } from './draft-store.js';

interface Props {
  options: AskOptions;
  onChange: (options: AskOptions) => void;
}

/** Sets a field, or takes it out where it is back at the gateway's choice. */
function changed<Key extends keyof AskOptions>(
  options: AskOptions,
  key: Key,
  value: AskOptions[Key] | undefined,
): AskOptions {
  const next = { ...options };
  if (value === undefined) delete next[key];
  else next[key] = value;
  return next;
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
        <legend className="mb-1.5 text-13 font-medium">{t('ask.options.searchIn')}</legend>
        <Checkbox
          label={t('ask.options.useDocuments')}
          hint={t('ask.options.useDocumentsHint')}
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
            <p className="text-12 text-text-2">{t('ask.options.noneMeansAll')}</p>
          </div>
        )}
      </fieldset>
      <Field label={t('ask.options.model')}>
        {(field) => (
          <Select
            {...field}
            value={options.model ?? ''}
            onChange={(event) => onChange(changed(options, 'model', event.target.value || undefined))}
          >
            <option value="">{t('ask.options.modelDefault')}</option>
            {models.data?.rows.map((row) => (
              <option key={row.id} value={row.id} disabled={!row.available}>
                {row.available ? row.id : t('ask.options.modelAway', { model: row.id })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-2 items-end gap-3">
        <NumberField
          label={t('ask.options.temperature')}
          value={options.temperature}
          minimum={0}
          maximum={2}
          step={0.1}
          onChange={(value) => onChange(changed(options, 'temperature', value))}
        />
        <NumberField
          label={t('ask.options.answerLength')}
          value={options.maxTokens}
          minimum={1}
          maximum={32_768}
          step={1}
          onChange={(value) => onChange(changed(options, 'maxTokens', value))}
        />
      </div>
    </div>
  );
}

interface NumberProps {
  label: string;
  value: number | undefined;
  minimum: number;
  maximum: number;
  step: number;
  onChange: (value: number | undefined) => void;
}

function NumberField({ label, value, minimum, maximum, step, onChange }: NumberProps) {
  const { t } = useTexts();
  return (
    <Field label={label}>
      {(field) => (
        <Input
          {...field}
          type="number"
          inputMode="decimal"
          min={minimum}
          max={maximum}
          step={step}
          placeholder={t('ask.options.default')}
          value={value ?? ''}
          onChange={(event) => {
            const next = event.target.valueAsNumber;
            onChange(Number.isNaN(next) ? undefined : Math.min(maximum, Math.max(minimum, next)));
          }}
        />
      )}
    </Field>
  );
}

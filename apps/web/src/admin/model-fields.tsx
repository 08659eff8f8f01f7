import type { Settings } from '@lorekeep/contracts';
import { useState } from 'react';
import { Field, Input, TextArea } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';

interface Props {
  values: Settings;
  onChange: (part: Partial<Settings>) => void;
}

const namesOf = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Which models people may ask, and which of them for what. */
export function ModelFields({ values, onChange }: Props) {
  const { t } = useTexts();
  const { allowedModels = [], modelRoutes = '' } = values;
  const [typed, setTyped] = useState(allowedModels.join(', '));
  // What was discarded or saved elsewhere shows again; a comma that is being typed stays.
  const shown = namesOf(typed).join() === allowedModels.join() ? typed : allowedModels.join(', ');
  return (
    <>
      <Field label={t('admin.settings.allowedModels')} hint={t('admin.settings.allowedModelsHint')}>
        {(field) => (
          <Input
            {...field}
            spellCheck={false}
            value={shown}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange({ allowedModels: namesOf(event.target.value) });
            }}
          />
        )}
      </Field>
      <Field label={t('admin.settings.modelRoutes')} hint={t('admin.settings.modelRoutesHint')}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            maxLength={4_000}
            spellCheck={false}
            value={modelRoutes}
            onChange={(event) => onChange({ modelRoutes: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

import type { Settings } from '@lorekeep/contracts';
import { useState } from 'react';
import { Field, Input, TextArea } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useModelServers } from './use-model-servers.js';

interface Props {
  values: Settings;
  /** Of the gateway, by field. */
  errors: Readonly<Record<string, string>>;
  onChange: (part: Partial<Settings>) => void;
}

const namesOf = (text: string) =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Which models people may ask, and which of them for what. */
export function ModelFields({ values, errors, onChange }: Props) {
  const { t, say } = useTexts();
  const { allowedModels = [], modelRoutes = '' } = values;
  const [typed, setTyped] = useState(allowedModels.join(', '));
  // What was discarded or saved elsewhere shows again; a comma that is being typed stays.
  const shown = namesOf(typed).join() === allowedModels.join() ? typed : allowedModels.join(', ');
  const { data } = useModelServers();
  const served = [...(data?.served ?? []), 'extractive'].join(t('common.listSeparator'));
  const errorOf = (field: string) => (errors[field] === undefined ? null : say(errors[field]));
  return (
    <>
      <Field
        label={t('admin.settings.allowedModels')}
        hint={`${t('admin.settings.allowedModelsHint')} ${data ? t('models.thereAre', { models: served }) : ''}`}
        error={errorOf('allowedModels')}
      >
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
      <Unserved from="allowedModels" />
      <Field
        label={t('admin.settings.modelRoutes')}
        hint={t('admin.settings.modelRoutesHint')}
        error={errorOf('modelRoutes')}
      >
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
      <Unserved from="modelRoutes" />
    </>
  );
}

/** Names that were saved and that no model server serves now, for as long as that lasts. */
function Unserved({ from }: { from: 'allowedModels' | 'modelRoutes' }) {
  const { t } = useTexts();
  const { data } = useModelServers();
  const names = data?.unserved.filter((one) => one.from === from) ?? [];
  if (names.length === 0) return null;
  return (
    <Notice tone="warn">
      {names.map(({ model, certain }) => (
        <p key={model}>
          {t(certain ? 'models.unserved' : 'models.unsure', { model, from: t(`models.from.${from}`) })}
        </p>
      ))}
    </Notice>
  );
}

import type { Settings } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Checkbox, Field, Input } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { isStatus } from '../kit/problem.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { GroundednessField } from './groundedness-field.js';
import { FirstRolesField } from './first-roles-field.js';
import { ModelFields } from './model-fields.js';
import { MODEL_SERVERS } from './use-model-servers.js';

const SETTINGS = ['settings'];
const PASSAGES = { least: 1, most: 50 };

export function SettingsPage() {
  const { t } = useTexts();
  const settings = useQuery({
    queryKey: SETTINGS,
    queryFn: ({ signal }) => call('GET /api/admin/settings', { signal }),
  });
  return (
    <Page title={t('admin.sections.settings')}>
      {settings.isPending && <Loading lines={6} />}
      {settings.isError && !settings.data && (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data && <SettingsForm stored={settings.data} />}
    </Page>
  );
}

/** By field, what the gateway refused. */
function errorsOf(error: unknown): Record<string, string> {
  const errors = isStatus(error, 422) ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ path, message }) => [path, message]));
}

function SettingsForm({ stored }: { stored: Settings }) {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<Partial<Settings>>({});
  const values = { ...stored, ...changed };
  const save = useMutation({
    mutationFn: () => call('PUT /api/admin/settings', { body: { ...values, name: values.name.trim() } }),
    onSuccess: (next) => {
      queryClient.setQueryData(SETTINGS, next);
      void queryClient.invalidateQueries({ queryKey: ['person'] });
      void queryClient.invalidateQueries({ queryKey: MODEL_SERVERS });
      setChanged({});
      toast(t('common.saved'));
    },
  });
  const change = (part: Partial<Settings>) => {
    save.reset();
    setChanged({ ...changed, ...part });
  };
  const { passagesPerQuestion: passages } = values;
  const passagesFit = Number.isInteger(passages) && passages >= PASSAGES.least && passages <= PASSAGES.most;
  const dirty = (Object.keys(changed) as (keyof Settings)[]).some(
    (key) => String(changed[key]) !== String(stored[key]),
  );
  const flags = ['keepQuestionText', 'keepAnswerText', 'showReasoning', 'giveBackSecrets'] as const;
  return (
    <form
      className="flex max-w-[560px] flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty && passagesFit && values.name.trim()) save.mutate();
      }}
    >
      <Field label={t('admin.settings.name')}>
        {(field) => (
          <Input
            {...field}
            maxLength={200}
            value={values.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('admin.settings.passagesPerQuestion')}
        hint={t('admin.settings.passagesHint')}
        error={passagesFit ? null : t('admin.settings.passagesRange', PASSAGES)}
      >
        {(field) => (
          <Input
            {...field}
            fit
            type="number"
            min={PASSAGES.least}
            max={PASSAGES.most}
            value={Number.isNaN(passages) ? '' : passages}
            onChange={(event) => change({ passagesPerQuestion: event.target.valueAsNumber })}
            className="w-28 tabular-nums"
          />
        )}
      </Field>
      <GroundednessField value={values.groundedness} onChange={change} />
      <ModelFields values={values} errors={errorsOf(save.error)} onChange={change} />
      <FirstRolesField values={values.firstRoles ?? []} onChange={change} />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-13 font-medium">{t('admin.settings.privacy')}</legend>
        {flags.map((flag) => (
          <Checkbox
            key={flag}
            label={t(`admin.settings.${flag}`)}
            hint={t(`admin.settings.hints.${flag}`)}
            checked={values[flag]}
            onChange={(event) => change({ [flag]: event.target.checked })}
          />
        ))}
      </fieldset>
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
      <div className="flex gap-2">
        <Button
          type="submit"
          tone="primary"
          disabled={!dirty || !passagesFit || !values.name.trim()}
          busy={save.isPending}
        >
          {t('common.save')}
        </Button>
        <Button disabled={!dirty} onClick={() => setChanged({})}>
          {t('admin.discard')}
        </Button>
      </div>
    </form>
  );
}

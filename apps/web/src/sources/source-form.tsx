import type { SourceRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCollections } from '../documents/use-documents.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Select, TextArea } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import {
  isComplete,
  KINDS,
  rulesOf,
  secretOf,
  settingsOf,
  valuesOf,
  type FormValues,
} from './form-values.js';
import { PlaceFields, TextInput } from './place-fields.js';
import { SOURCES } from './use-sources.js';

const SCHEDULES = { '': 'hand', '15': 'm15', '60': 'm60', '360': 'm360', '1440': 'm1440' } as const;

interface FormProps {
  values: FormValues;
  row: SourceRow | undefined;
  onChange: (change: Partial<FormValues>) => void;
}

/** Adds a source, or changes one: its kind and its place in the documents stay. */
export function SourceForm({ row, onClose }: { row?: SourceRow; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [values, setValues] = useState(() => valuesOf(row));
  const save = useMutation({
    mutationFn: () => {
      const secret = secretOf(values);
      const { collectionId, target } = values;
      if (!row)
        return call('POST /api/admin/sources', {
          body: { ...rulesOf(values), collectionId, target, secret },
        });
      const body = { ...rulesOf(values), ...(secret ? { secret } : {}) };
      return call('PATCH /api/admin/sources/:id', { params: { id: row.id }, body });
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: SOURCES });
      onClose();
    },
  });
  const test = useMutation({
    mutationFn: () =>
      call('POST /api/admin/sources/test', {
        body: {
          settings: settingsOf(values),
          secret: secretOf(values),
          ...(row ? { sourceId: row.id } : {}),
        },
      }),
  });
  const props: FormProps = {
    values,
    row,
    onChange: (change) => {
      test.reset();
      setValues((before) => ({ ...before, ...change }));
    },
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={row ? t('sources.edit') : t('sources.add')}
      footer={
        <>
          {values.kind !== 'archive' && (
            <Button className="mr-auto" busy={test.isPending} onClick={() => test.mutate()}>
              {t('sources.test')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!isComplete(values)}
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {row ? t('common.save') : t('sources.create')}
          </Button>
        </>
      }
    >
      <GeneralFields {...props} />
      <PlaceFields {...props} />
      <div aria-live="polite" className="empty:hidden">
        {test.data && <TestNotice {...test.data} />}
        {(save.error ?? test.error) && <Notice tone="bad">{line(save.error ?? test.error)}</Notice>}
      </div>
      <RuleFields {...props} />
    </Dialog>
  );
}

function GeneralFields({ values, row, onChange }: FormProps) {
  const { t } = useTexts();
  const collections = useCollections();
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput values={values} row={row} onChange={onChange} name="name" label="sources.name" />
        <Field label={t('sources.kind')}>
          {(field) => (
            <Select
              {...field}
              disabled={row !== undefined}
              value={values.kind}
              onChange={(event) =>
                onChange({ kind: KINDS.find((kind) => kind === event.target.value) ?? 'folder' })
              }
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`sources.kinds.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('sources.collection')}>
          {(field) => (
            <Select
              {...field}
              disabled={row !== undefined}
              value={values.collectionId}
              onChange={(event) => onChange({ collectionId: event.target.value })}
            >
              <option value="" />
              {(collections.data?.rows ?? []).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {row ? null : (
          <TextInput
            values={values}
            row={row}
            onChange={onChange}
            name="target"
            label="sources.target"
            hint={t('sources.targetHint')}
          />
        )}
      </div>
    </>
  );
}

function RuleFields({ values, row, onChange }: FormProps) {
  const { t } = useTexts();
  const usual = Object.hasOwn(SCHEDULES, values.everyMinutes);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('sources.schedule')}>
          {(field) => (
            <Select
              {...field}
              value={values.everyMinutes}
              onChange={(event) => onChange({ everyMinutes: event.target.value })}
            >
              {Object.entries(SCHEDULES).map(([minutes, name]) => (
                <option key={name} value={minutes}>
                  {t(`sources.everyMinutes.${name}`)}
                </option>
              ))}
              {!usual && (
                <option value={values.everyMinutes}>
                  {t('sources.otherMinutes', { count: Number(values.everyMinutes) })}
                </option>
              )}
            </Select>
          )}
        </Field>
        <TextInput values={values} row={row} onChange={onChange} name="maxFile" label="sources.maxFile" />
        <TextInput values={values} row={row} onChange={onChange} name="share" label="sources.share" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        {(['include', 'exclude'] as const).map((name) => (
          <Field key={name} label={t(`sources.${name}`)} hint={t('sources.globHint')}>
            {(field) => (
              <TextArea
                {...field}
                rows={3}
                value={values[name]}
                spellCheck={false}
                onChange={(event) => onChange({ [name]: event.target.value })}
                className="font-mono text-13"
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}

function TestNotice({ ok, message, files }: { ok: boolean; message: string | null; files: string[] }) {
  const { t, say } = useTexts();
  if (!ok) return <Notice tone="bad">{message && say(message)}</Notice>;
  if (files.length === 0) return <Notice tone="warn">{t('sources.testEmpty')}</Notice>;
  return (
    <Notice tone="good">
      {t('sources.testOk')}
      <ul className="mt-1 font-mono text-12 break-all">
        {files.map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
    </Notice>
  );
}

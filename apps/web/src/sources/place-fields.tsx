import type { SourceRow } from '@lorekeep/contracts';
import { Checkbox, Field, Input } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import type { TextKey } from '../locales/translate.js';
import type { FormValues } from './form-values.js';
import { useSourceOptions } from './use-sources.js';

type TextField = Exclude<
  { [Name in keyof FormValues]: FormValues[Name] extends string ? Name : never }[keyof FormValues],
  'kind'
>;

interface Props {
  values: FormValues;
  row: SourceRow | undefined;
  onChange: (change: Partial<FormValues>) => void;
}

/** Where a source lies, and the credentials for it. */
export function PlaceFields(props: Props) {
  const { t } = useTexts();
  switch (props.values.kind) {
    case 'folder':
      return <FolderFields {...props} />;
    case 'git':
      return <GitFields {...props} />;
    case 'archive':
      return <Notice>{t('sources.archiveHint')}</Notice>;
    case 'bucket':
      return <BucketFields {...props} />;
  }
}

function FolderFields(props: Props) {
  const { t } = useTexts();
  const options = useSourceOptions();
  const folders = options.data?.folders ?? [];
  if (options.data && folders.length === 0) return <Notice tone="warn">{t('sources.noFolders')}</Notice>;
  return (
    <TextInput
      {...props}
      name="path"
      label="sources.folderPath"
      hint={t('sources.folderHint', { folders: folders.join(', ') })}
    />
  );
}

function GitFields(props: Props) {
  const { t } = useTexts();
  return (
    <>
      <TextInput {...props} name="address" label="sources.address" hint={t('sources.addressHint')} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextInput {...props} name="branch" label="sources.branch" hint={t('sources.branchHint')} />
        <TextInput {...props} name="folder" label="sources.onlyFolder" />
      </div>
      <SecretInput {...props} name="token" label="sources.token" />
    </>
  );
}

function BucketFields(props: Props) {
  const { t } = useTexts();
  return (
    <>
      <TextInput
        {...props}
        name="endpoint"
        label="sources.endpoint"
        placeholder="https://s3.eu-central-1.amazonaws.com"
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <TextInput {...props} name="region" label="sources.region" />
        <TextInput {...props} name="bucket" label="sources.bucket" />
        <TextInput {...props} name="prefix" label="sources.prefix" />
      </div>
      <Checkbox
        label={t('sources.pathStyle')}
        checked={props.values.pathStyle}
        onChange={(event) => props.onChange({ pathStyle: event.target.checked })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SecretInput {...props} name="accessKeyId" label="sources.accessKeyId" />
        <SecretInput {...props} name="secretAccessKey" label="sources.secretAccessKey" />
      </div>
    </>
  );
}

interface InputProps extends Props {
  name: TextField;
  label: PlainKey;
  hint?: string;
  placeholder?: string;
}
type PlainKey = Extract<
  TextKey,
  | 'sources.name'
  | 'sources.target'
  | 'sources.folderPath'
  | 'sources.address'
  | 'sources.branch'
  | 'sources.onlyFolder'
  | 'sources.token'
  | 'sources.endpoint'
  | 'sources.region'
  | 'sources.bucket'
  | 'sources.prefix'
  | 'sources.accessKeyId'
  | 'sources.secretAccessKey'
  | 'sources.maxFile'
  | 'sources.share'
>;

export function TextInput({ values, onChange, name, label, hint, placeholder }: InputProps) {
  const { t } = useTexts();
  return (
    <Field label={t(label)} hint={hint}>
      {(field) => (
        <Input
          {...field}
          value={values[name]}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

/** What is stored is never shown: empty means that it stays. */
function SecretInput({ values, row, onChange, name, label }: InputProps) {
  const { t } = useTexts();
  return (
    <Field label={t(label)} hint={row?.hasSecret ? t('sources.secretKept') : t('sources.secretHint')}>
      {(field) => (
        <Input
          {...field}
          type="password"
          value={values[name]}
          autoComplete="new-password"
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

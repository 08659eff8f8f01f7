import type { Role } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { LANGUAGES } from '../app/language-links.js';
import { call } from '../kit/call.js';
import { Checkbox, Field, Input, Select } from '../kit/field.js';
import { Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import type { UserFields } from './use-user-form.js';

const ROLES: readonly Role[] = ['employee', 'support', 'admin', 'auditor'];
const MOST_GROUPS = 200;

interface Props {
  fields: UserFields;
  onChange: (fields: UserFields) => void;
  isNew: boolean;
}

const toggled = <Value,>(values: readonly Value[], value: Value, on: boolean): Value[] =>
  on ? [...values, value] : values.filter((each) => each !== value);

export function UserFieldset({ fields, onChange, isNew }: Props) {
  const { t } = useTexts();
  const groups = useQuery({
    queryKey: ['groups', 'all'],
    queryFn: ({ signal }) => call('GET /api/admin/groups', { query: { limit: MOST_GROUPS }, signal }),
  });
  return (
    <>
      <Field label={t('account.profile.email')}>
        {(field) => (
          <Input
            {...field}
            type="email"
            autoFocus={isNew}
            disabled={!isNew}
            maxLength={320}
            value={fields.email}
            onChange={(event) => onChange({ ...fields, email: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-[1fr_160px]">
        <Field label={t('account.profile.name')}>
          {(field) => (
            <Input
              {...field}
              maxLength={200}
              value={fields.displayName}
              onChange={(event) => onChange({ ...fields, displayName: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('frame.menu.language')}>
          {(field) => (
            <Select
              {...field}
              value={fields.locale ?? ''}
              onChange={({ target }) =>
                onChange({
                  ...fields,
                  locale: LANGUAGES.find(({ value }) => value === target.value)?.value ?? null,
                })
              }
            >
              <option value="">{t('frame.menu.browserLanguage')}</option>
              {LANGUAGES.map((language) => (
                <option key={language.value} value={language.value} lang={language.lang}>
                  {language.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-13 font-medium">{t('account.profile.roles')}</legend>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              label={t(`account.roles.${role}`)}
              hint={t(`admin.users.roleHints.${role}`)}
              checked={fields.roles.includes(role)}
              onChange={(event) =>
                onChange({ ...fields, roles: toggled(fields.roles, role, event.target.checked) })
              }
            />
          ))}
        </fieldset>
        <fieldset className="flex max-h-60 flex-col gap-2 overflow-y-auto">
          <legend className="mb-1 text-13 font-medium">{t('admin.sections.groups')}</legend>
          {groups.isPending && <Skeleton lines={3} />}
          {groups.data?.rows.length === 0 && <p className="text-13 text-text-2">{t('admin.groups.empty')}</p>}
          {groups.data?.rows.map((group) => (
            <Checkbox
              key={group.id}
              label={group.name}
              checked={fields.groupIds.includes(group.id)}
              onChange={(event) =>
                onChange({ ...fields, groupIds: toggled(fields.groupIds, group.id, event.target.checked) })
              }
            />
          ))}
        </fieldset>
      </div>
    </>
  );
}

import type { Permission } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { underscored } from '../locales/underscored.js';
import { useTexts } from '../locales/use-texts.js';
import { usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Checkbox, Field, Input, Select } from '../kit/field.js';
import { ShownOnce } from '../kit/shown-once.js';
import { Notice } from '../kit/states.js';

const EXPIRIES = { d30: 30, d90: 90, d365: 365, never: null } as const;
type Expiry = keyof typeof EXPIRIES;
const DAY_MS = 86_400_000;

/** Makes a key, then shows it: this once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const person = usePerson();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('d90');
  const [scopes, setScopes] = useState<Permission[]>(['ask']);
  const create = useMutation({
    mutationFn: () => {
      const days = EXPIRIES[expiry];
      const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
      return call('POST /api/keys', { body: { name: name.trim(), scopes, expiresAt } });
    },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['keys'] }),
  });
  if (create.data) {
    return (
      <Dialog
        open
        persistent
        onOpenChange={onClose}
        title={t('account.keys.shownTitle')}
        footer={
          <Button tone="primary" onClick={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <ShownOnce value={create.data.key} note={t('account.keys.shownOnce')} />
      </Dialog>
    );
  }
  const ready = name.trim() !== '' && scopes.length > 0;
  const toggle = (scope: Permission, on: boolean) =>
    setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('account.keys.create')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabled={!ready} busy={create.isPending} onClick={() => create.mutate()}>
            {t('common.create')}
          </Button>
        </>
      }
    >
      <Field label={t('account.keys.name')} hint={t('account.keys.nameHint')}>
        {(field) => (
          <Input
            {...field}
            autoFocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('account.keys.expires')}>
        {(field) => (
          <Select {...field} value={expiry} onChange={(event) => setExpiry(event.target.value as Expiry)}>
            {(Object.keys(EXPIRIES) as Expiry[]).map((each) => (
              <option key={each} value={each}>
                {t(`account.keys.expiry.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-13 font-medium">{t('account.keys.scopes')}</legend>
        {person.permissions.map((permission) => (
          <Checkbox
            key={permission}
            label={t(`account.permissions.${underscored(permission)}`)}
            checked={scopes.includes(permission)}
            onChange={(event) => toggle(permission, event.target.checked)}
          />
        ))}
      </fieldset>
      {create.error && <Notice tone="bad">{line(create.error)}</Notice>}
    </Dialog>
  );
}

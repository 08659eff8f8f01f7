import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { personQuery, usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, Input } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { useToast } from '../kit/toast.js';
import { PasswordForm } from './password-form.js';

export function ProfilePage() {
  const { t } = useTexts();
  const person = usePerson();
  const toast = useToast();
  return (
    <Page title={t('account.profile.title')}>
      <div className="grid max-w-[880px] gap-10 md:grid-cols-2">
        <div className="flex flex-col gap-4">
          <NameForm />
          <dl className="flex flex-col gap-3 text-14">
            <Fact label={t('account.profile.email')} value={person.email} />
            <Fact label={t('account.profile.organisation')} value={person.tenant.name} />
            <Fact
              label={t('account.profile.roles')}
              value={person.roles.map((role) => t(`account.roles.${role}`)).join(t('common.listSeparator'))}
            />
          </dl>
        </div>
        <section aria-labelledby="password-title" className="flex flex-col gap-4">
          <h2 id="password-title" className="text-16 font-semibold">
            {t('account.password.title')}
          </h2>
          <PasswordForm onDone={() => toast(t('account.password.changed'))} />
        </section>
      </div>
    </Page>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-12 text-text-2">{label}</dt>
      <dd className="break-words">{value}</dd>
    </div>
  );
}

function NameForm() {
  const { t } = useTexts();
  const person = usePerson();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [name, setName] = useState(person.displayName);
  const save = useMutation({
    mutationFn: () => call('PATCH /api/account', { body: { displayName: name.trim() } }),
    onSuccess: (next) => {
      queryClient.setQueryData(personQuery.queryKey, next);
      toast(t('common.saved'));
    },
    onError: (error) => toast(line(error)),
  });
  const changed = name.trim() !== '' && name.trim() !== person.displayName;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save.mutate();
      }}
    >
      <Field label={t('account.profile.name')} className="flex-1">
        {(field) => (
          <Input
            {...field}
            maxLength={200}
            value={name}
            autoComplete="name"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="h-9" disabled={!changed} busy={save.isPending}>
        {t('common.save')}
      </Button>
    </form>
  );
}

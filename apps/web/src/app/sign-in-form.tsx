import type { Person } from '@lorekeep/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, Input } from '../kit/field.js';
import { ApiProblem } from '../kit/problem.js';
import { Notice } from '../kit/states.js';
import { readStored, writeStored } from '../kit/storage.js';
import { useSecondsLeft } from '../kit/time.js';

const DEFAULT_TENANT = 'main';

interface Props {
  onSignedIn: (person: Person) => void;
  email?: string;
  tenant?: string;
}

export function SignInForm({ onSignedIn, email: knownEmail, tenant: knownTenant }: Props) {
  const { t } = useTexts();
  const [email, setEmail] = useState(knownEmail ?? '');
  const [password, setPassword] = useState('');
  const [tenant, setTenant] = useState(knownTenant ?? readStored('tenant') ?? DEFAULT_TENANT);
  const [asksTenant, setAsksTenant] = useState(knownTenant === undefined && tenant !== DEFAULT_TENANT);
  const [again, setAgain] = useState(0);
  const wait = useSecondsLeft(again);
  const signIn = useMutation({
    mutationFn: () =>
      call('POST /api/session', { body: { email: email.trim(), password, tenant: tenant.trim() } }),
    onSuccess: (person) => {
      writeStored('tenant', tenant.trim() === DEFAULT_TENANT ? null : tenant.trim());
      onSignedIn(person);
    },
    onError: (error) => {
      setPassword('');
      if (error instanceof ApiProblem && error.problem.retryAfter)
        setAgain(Date.now() + error.problem.retryAfter * 1000);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && password) signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <Field label={t('frame.signIn.email')}>
        {(field) => (
          <Input
            {...field}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus={knownEmail === undefined}
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('frame.signIn.password')}>
        {(field) => (
          <Input
            {...field}
            type="password"
            name="password"
            autoComplete="current-password"
            autoFocus={knownEmail !== undefined}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {asksTenant && (
        <Field label={t('frame.signIn.tenant')} hint={t('frame.signIn.tenantHint')}>
          {(field) => (
            <Input
              {...field}
              name="organization"
              value={tenant}
              onChange={(event) => setTenant(event.target.value)}
            />
          )}
        </Field>
      )}
      <SignInError error={signIn.error} wait={wait} />
      <Button
        type="submit"
        tone="primary"
        className="h-9 text-14"
        busy={signIn.isPending}
        disabled={!email.trim() || !password || wait > 0}
      >
        {t('frame.signIn.action')}
      </Button>
      {!asksTenant && knownTenant === undefined && (
        <button
          type="button"
          onClick={() => setAsksTenant(true)}
          className="self-start rounded-sm text-13 text-text-2 underline-offset-2 hover:text-text-0 hover:underline"
        >
          {t('frame.signIn.otherTenant')}
        </button>
      )}
    </form>
  );
}

function SignInError({ error, wait }: { error: Error | null; wait: number }) {
  const { t } = useTexts();
  const line = useErrorLine();
  if (!error) return null;
  if (wait > 0) return <Notice tone="warn">{t('frame.signIn.throttled', { seconds: wait })}</Notice>;
  const status = error instanceof ApiProblem ? error.problem.status : 0;
  return (
    <Notice tone="bad">{status === 401 || status === 429 ? t('frame.signIn.wrong') : line(error)}</Notice>
  );
}

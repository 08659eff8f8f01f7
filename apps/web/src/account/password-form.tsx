import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, Input } from '../kit/field.js';
import { Notice } from '../kit/states.js';

/** The gateway's policy asks for as many; saying so early spares a round. */
const MINIMUM = 12;

export function PasswordForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => call('POST /api/account/password', { body: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      setAgain('');
      onDone();
    },
  });
  const short = next.length > 0 && next.length < MINIMUM;
  const different = again.length > 0 && again !== next;
  const ready = current !== '' && next.length >= MINIMUM && again === next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <Field label={t('account.password.current')}>
        {(field) => (
          <Input
            {...field}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('account.password.next')}
        hint={t('account.password.rule', { count: MINIMUM })}
        error={short ? t('account.password.rule', { count: MINIMUM }) : null}
      >
        {(field) => (
          <Input
            {...field}
            type="password"
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('account.password.again')} error={different ? t('account.password.different') : null}>
        {(field) => (
          <Input
            {...field}
            type="password"
            autoComplete="new-password"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      {change.error && <Notice tone="bad">{line(change.error)}</Notice>}
      <Button type="submit" tone="primary" className="h-9 text-14" disabled={!ready} busy={change.isPending}>
        {t('account.password.action')}
      </Button>
    </form>
  );
}

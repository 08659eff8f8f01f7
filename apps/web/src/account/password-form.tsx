import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, Input } from '../kit/field.js';
import { ApiProblem } from '../kit/problem.js';
import { Notice } from '../kit/states.js';

/** The gateway's policy asks for as many; saying so early spares a round. */
const MINIMUM = 12;

export function PasswordForm({ onDone, autoFocus = false }: { onDone: () => void; autoFocus?: boolean }) {
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
  const refused = useRefused(change.error);
  const short = next.length > 0 && next.length < MINIMUM;
  const different = again.length > 0 && again !== next;
  const ready = current !== '' && next.length >= MINIMUM && again === next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      <Field label={t('account.password.current')} error={refused.current}>
        {(field) => (
          <Input
            {...field}
            autoFocus={autoFocus}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => {
              setCurrent(event.target.value);
              change.reset();
            }}
          />
        )}
      </Field>
      <Field
        label={t('account.password.next')}
        hint={t('account.password.rule', { count: MINIMUM })}
        error={short ? t('account.password.rule', { count: MINIMUM }) : refused.next}
      >
        {(field) => (
          <Input
            {...field}
            type="password"
            autoComplete="new-password"
            value={next}
            onChange={(event) => {
              setNext(event.target.value);
              change.reset();
            }}
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
      {change.error && !refused.current && !refused.next && <Notice tone="bad">{line(change.error)}</Notice>}
      <Button type="submit" tone="primary" className="h-9 text-14" disabled={!ready} busy={change.isPending}>
        {t('account.password.action')}
      </Button>
    </form>
  );
}

/** What the gateway's policy says of a new password, and the kind of it that the page has words for. */
const WEAK = [
  ['common', 'first that anybody would try'],
  ['email', 'e-mail address'],
  ['current', 'current password'],
  ['characters', 'cannot be typed'],
] as const;

/** A refusal that belongs to one of the fields, in the page's own words. */
function useRefused(error: unknown): { current?: string; next?: string } {
  const { t } = useTexts();
  if (!(error instanceof ApiProblem)) return {};
  const { code, errors } = error.problem;
  if (code === 'AUTH_PASSWORD_WRONG') return { current: t('account.password.wrong') };
  if (code !== 'AUTH_PASSWORD_WEAK') return {};
  const message = errors?.[0]?.message ?? '';
  const [kind] = WEAK.find(([, words]) => message.includes(words)) ?? ['other' as const];
  return { next: t(`account.password.weak.${kind}`) };
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../kit/badge.js';
import { call } from '../kit/call.js';
import { Field, Select } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { Marked, TryBox } from './try-box.js';

const TONES = { allow: 'good', flag: 'accent', redact: 'warn', refuse: 'bad' } as const;

export function TryRules() {
  const { t } = useTexts();
  const [role, setRole] = useState<'user' | 'document'>('user');
  const attempt = useMutation({
    mutationFn: (text: string) => call('POST /api/admin/rules/try', { body: { text, role } }),
  });
  const result = attempt.data;
  return (
    <TryBox
      title={t('admin.rules.try')}
      hint={t('admin.rules.tryHint')}
      busy={attempt.isPending}
      error={attempt.error}
      onTry={attempt.mutate}
      options={
        <Field label={t('admin.rules.as')}>
          {(field) => (
            <Select
              {...field}
              value={role}
              onChange={(event) => setRole(event.target.value === 'document' ? 'document' : 'user')}
            >
              <option value="user">{t('admin.rules.asQuestion')}</option>
              <option value="document">{t('admin.rules.asDocument')}</option>
            </Select>
          )}
        </Field>
      }
    >
      {result && (
        <>
          <p className="flex items-center gap-2 font-medium">
            <Badge tone={TONES[result.action]}>{t(`admin.rules.actions.${result.action}`)}</Badge>
            {t('admin.try.hits', { count: result.hits.length })}
          </p>
          <Marked text={attempt.variables ?? ''} hits={result.hits} />
          <ul className="flex flex-col gap-1">
            {result.hits.map((hit, at) => (
              <li key={at} className="flex justify-between gap-2">
                <code className="truncate font-mono text-12">{hit.rule}</code>
                <span className="text-text-2">{hit.category}</span>
              </li>
            ))}
          </ul>
          {result.action === 'redact' && (
            <>
              <p className="text-12 font-medium text-text-2">{t('admin.rules.goesOnAs')}</p>
              <p className="rounded-md bg-surface-1 p-3 break-words whitespace-pre-wrap">{result.text}</p>
            </>
          )}
        </>
      )}
    </TryBox>
  );
}

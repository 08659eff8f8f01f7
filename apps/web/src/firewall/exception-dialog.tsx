import { useState } from 'react';
import { Button } from '../kit/button.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input, Select, TextArea } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { useGroupNames } from './use-group-names.js';
import type { DraftException } from './use-setup.js';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
const YEAR_DAYS = 365;

interface Props {
  exception: DraftException | null;
  proposed: Partial<DraftException> | null;
  onClose: () => void;
  onTake: (exception: DraftException) => void;
}

const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export function ExceptionDialog({ exception, proposed, onClose, onTake }: Props) {
  const { t } = useTexts();
  const [value, setValue] = useState<Values>({
    target: exception?.target ?? proposed?.target ?? '',
    fragment: exception?.fragment ?? proposed?.fragment ?? '',
    group: exception?.groupIds[0] ?? '',
    reason: exception?.reason ?? '',
    until: exception?.expiresAt.slice(0, 10) ?? dayIn(MONTH_DAYS),
  });
  const groups = useGroupNames();
  const [given] = exception?.groupIds ?? [];
  const more = (exception?.groupIds.length ?? 0) - 1;
  const change = (part: Partial<typeof value>) => setValue({ ...value, ...part });
  const take = () => onTake(exceptionOf(value, exception));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(exception ? 'firewall.exceptionEdit' : 'firewall.exceptionNew')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!value.target.trim() || !value.reason.trim() || !value.until}
            onClick={take}
          >
            {t('firewall.take')}
          </Button>
        </>
      }
    >
      <Field label={t('firewall.exception.target')} hint={t('firewall.exception.targetHint')}>
        {(field) => (
          <Input
            {...field}
            maxLength={80}
            value={value.target}
            onChange={({ target }) => change({ target: target.value })}
          />
        )}
      </Field>
      <Field label={t('firewall.exception.fragment')} hint={t('firewall.exception.fragmentHint')}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            maxLength={2_000}
            value={value.fragment}
            onChange={({ target }) => change({ fragment: target.value })}
          />
        )}
      </Field>
      {groups && (
        <Field label={t('firewall.exception.group')}>
          {(field) => (
            <Select {...field} value={value.group} onChange={({ target }) => change({ group: target.value })}>
              <option value="">{t('firewall.exception.everybody')}</option>
              {given !== undefined && !groups.has(given) && (
                <option value={given}>{t('firewall.exception.otherGroup')}</option>
              )}
              {[...groups].map(([id, name]) => (
                <option key={id} value={id}>
                  {id === given && more > 0 ? t('firewall.exception.groups', { name, count: more }) : name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('firewall.exception.reason')}>
        {(field) => (
          <Input
            {...field}
            maxLength={500}
            value={value.reason}
            onChange={({ target }) => change({ reason: target.value })}
          />
        )}
      </Field>
      <Field label={t('firewall.exception.until')} hint={t('firewall.exception.untilHint')}>
        {(field) => (
          <Input
            {...field}
            type="date"
            min={dayIn(0)}
            max={dayIn(YEAR_DAYS)}
            value={value.until}
            onChange={({ target }) => change({ until: target.value })}
          />
        )}
      </Field>
    </Dialog>
  );
}

interface Values {
  target: string;
  fragment: string;
  group: string;
  reason: string;
  /** A day, `2026-11-21`. */
  until: string;
}

function exceptionOf(value: Values, before: DraftException | null): DraftException {
  const { target, fragment, group, reason, until } = value;
  const groupIds = before?.groupIds ?? [];
  const kept = before?.expiresAt.slice(0, 10) === until ? before.expiresAt : `${until}T23:59:59.000Z`;
  // The last day of a year ahead ends a little less than a year from now.
  const most = new Date(Date.now() + YEAR_DAYS * DAY_MS).toISOString();
  return {
    id: before?.id ?? newId(),
    target: target.trim(),
    fragment: fragment.trim() === '' ? null : fragment,
    // An exception that was imported may be for several groups: they stay until another is chosen.
    groupIds: group === (groupIds[0] ?? '') ? groupIds : group === '' ? [] : [group],
    reason: reason.trim(),
    expiresAt: kept < most ? kept : most,
  };
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `e-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

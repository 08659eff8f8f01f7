import type { FirewallPreview } from '@lorekeep/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Checkbox } from '../kit/field.js';
import { Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { Mistakes } from './mistakes.js';
import { roleOfCategory, useActionName, useCategoryName } from './use-names.js';
import type { DraftSetup, SetupState } from './use-setup.js';

interface Props {
  setup: DraftSetup;
  save: SetupState['save'];
  onClose: () => void;
}

/** What a draft would change and break, before it is put in force. */
export function ReviewDialog({ setup, save, onClose }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [accepted, setAccepted] = useState(false);
  const preview = useQuery({
    queryKey: ['firewall-preview', setup],
    queryFn: ({ signal }) => call('POST /api/admin/firewall/preview', { body: setup, signal }),
    retry: false,
    gcTime: 0,
  });
  const broken = preview.data?.cases.broken.length ?? 0;
  const ready = preview.data && preview.data.changes.length > 0 && (broken === 0 || accepted);
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('firewall.changes.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!ready}
            busy={save.isPending}
            onClick={() => save.mutate(accepted, { onSuccess: onClose })}
          >
            {t('firewall.changes.confirm')}
          </Button>
        </>
      }
    >
      {preview.isPending && <Loading lines={4} />}
      {preview.error && <Mistakes error={preview.error} draft={setup} />}
      {preview.data && <Changes changes={preview.data.changes} />}
      {preview.data && <Cases cases={preview.data.cases} />}
      {broken > 0 && (
        <Checkbox
          label={t('firewall.changes.accept')}
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
        />
      )}
      {save.error && <Notice tone="bad">{line(save.error)}</Notice>}
    </Dialog>
  );
}

function Changes({ changes }: Pick<FirewallPreview, 'changes'>) {
  const { t } = useTexts();
  const category = useCategoryName();
  const actionName = useActionName();
  const isLong = (what: string) => what === 'rule' || what === 'exception';
  const shown = (what: string, name: string, value: string | null) => {
    if (value === null) return t('firewall.changes.nothing');
    const actions = ['allow', 'flag', 'redact', 'refuse'] as const;
    const action = actions.find((each) => each === value);
    if (what === 'action' && action) return actionName(action, roleOfCategory(name));
    if (what === 'shadow') return t(value === 'true' ? 'firewall.changes.on' : 'firewall.changes.off');
    if (what === 'preset' && (value === 'balanced' || value === 'strict'))
      return t(`firewall.presets.${value}`);
    return value;
  };
  const refuses = changes.some(
    ({ what, name, before, after }) =>
      what === 'action' && !roleOfCategory(name) && (before === 'refuse' || after === 'refuse'),
  );
  if (changes.length === 0) return <p className="text-14">{t('firewall.changes.none')}</p>;
  return (
    <>
      <ul className="divide-y border-y text-13">
        {changes.map(({ what, name, before, after }) => (
          <li key={`${what} ${name}`} className="flex flex-wrap justify-between gap-x-4 gap-y-1 py-2">
            <span className="font-medium">{t(`firewall.changes.${what}`, { name: category(name) })}</span>
            {isLong(what) ? (
              <span>
                {t(
                  before === null
                    ? 'firewall.changes.added'
                    : after === null
                      ? 'firewall.changes.removed'
                      : 'firewall.changes.changed',
                )}
              </span>
            ) : (
              <span>
                {shown(what, name, before)} → {shown(what, name, after)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {refuses && <p className="text-13 text-text-2">{t('firewall.refuseNote')}</p>}
    </>
  );
}

function Cases({ cases: { tried, broken, failing } }: Pick<FirewallPreview, 'cases'>) {
  const { t } = useTexts();
  const action = useActionName();
  if (tried === 0) return null;
  return (
    <>
      <p className="text-13 text-text-2">
        {t('firewall.changes.tried', { count: tried })}{' '}
        {failing.length > 0 && t('firewall.changes.failing', { count: failing.length })}
      </p>
      {broken.length > 0 && (
        <Notice tone="warn">
          <p>{t('firewall.changes.broken', { count: broken.length })}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {broken.map(({ id, role, text, expected, got }) => (
              <li key={id} className="break-words">
                “{text.slice(0, 120)}”{t('common.colon')}
                {action(expected, role)} → {action(got, role)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

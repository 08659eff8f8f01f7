import type { UserRow } from '@lorekeep/contracts';
import { KeyRound, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import { usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { ShownOnce } from '../kit/shown-once.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { isDenied } from './is-denied.js';
import { UserFieldset } from './user-fieldset.js';
import { useUserForm } from './use-user-form.js';

/** Makes a user, or changes one: name, roles, groups, password, access. */
export function UserDialog({ user, onClose }: { user: UserRow | null; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const form = useUserForm(user);
  const [asking, setAsking] = useState<'disable' | 'reset' | null>(null);
  const { create, update, resetPassword } = form;
  const initial = create.data?.initialPassword ?? resetPassword.data?.initialPassword;
  if (initial !== undefined) {
    return (
      <Dialog
        open
        persistent
        onOpenChange={onClose}
        title={t('admin.users.initialTitle', { name: user?.displayName ?? form.fields.displayName })}
        footer={
          <Button tone="primary" onClick={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <ShownOnce value={initial} note={t('admin.users.initialNote')} />
      </Dialog>
    );
  }
  const error = create.error ?? update.error ?? resetPassword.error;
  const save = () => (user ? update.mutate({}, { onSuccess: onClose }) : create.mutate());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={user ? user.displayName : t('admin.users.create')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!form.ready}
            busy={create.isPending || update.isPending}
            onClick={save}
          >
            {user ? t('common.save') : t('common.create')}
          </Button>
        </>
      }
    >
      <UserFieldset fields={form.fields} onChange={form.setFields} isNew={user === null} />
      {user && (
        <Access
          user={user}
          onAsk={setAsking}
          onEnable={() => update.mutate({ disabled: false }, { onSuccess: onClose })}
        />
      )}
      {error && <Notice tone="bad">{line(error)}</Notice>}
      {isDenied(update.error) && (
        <Button
          tone="danger"
          busy={update.isPending}
          onClick={() => update.mutate({ liftDenials: true }, { onSuccess: onClose })}
        >
          {t('admin.groups.liftDenials')}
        </Button>
      )}
      {user && (
        <>
          <Confirm
            open={asking === 'disable'}
            onOpenChange={() => setAsking(null)}
            title={t('admin.users.disableTitle', { name: user.displayName })}
            consequence={t('admin.users.disableText')}
            action={t('admin.users.disable')}
            busy={update.isPending}
            onConfirm={() => update.mutate({ disabled: true }, { onSuccess: onClose })}
          />
          <Confirm
            open={asking === 'reset'}
            onOpenChange={() => setAsking(null)}
            title={t('admin.users.resetTitle', { name: user.displayName })}
            consequence={t('admin.users.resetText')}
            action={t('admin.users.reset')}
            busy={resetPassword.isPending}
            onConfirm={() => resetPassword.mutate()}
          />
        </>
      )}
    </Dialog>
  );
}

interface AccessProps {
  user: UserRow;
  onAsk: (what: 'disable' | 'reset') => void;
  onEnable: () => void;
}

function Access({ user, onAsk, onEnable }: AccessProps) {
  const { t } = useTexts();
  const self = usePerson().id === user.id;
  return (
    <div className="flex flex-wrap gap-2 border-t pt-4">
      <Button icon={<KeyRound size={14} />} onClick={() => onAsk('reset')}>
        {t('admin.users.reset')}
      </Button>
      {user.disabledAt ? (
        <Button icon={<UserCheck size={14} />} onClick={onEnable}>
          {t('admin.users.enable')}
        </Button>
      ) : (
        // Whoever locks themselves out cannot let themselves in again.
        <Button icon={<UserX size={14} />} disabled={self} onClick={() => onAsk('disable')}>
          {t('admin.users.disable')}
        </Button>
      )}
    </div>
  );
}

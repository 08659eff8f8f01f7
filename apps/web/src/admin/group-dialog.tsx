import type { GroupRow } from '@lorekeep/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { PrincipalPicker } from '../documents/principal-picker.js';
import { Button, IconButton } from '../kit/button.js';
import { call } from '../kit/call.js';
import { Confirm } from '../kit/confirm.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Field, Input, TextArea } from '../kit/field.js';
import { Notice, Skeleton } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { isDenied } from './is-denied.js';

interface Member {
  id: string;
  displayName: string;
  email: string;
}

const DESCRIPTION_LIMIT = 2_000;

function useGroupForm(group: GroupRow | null, onClose: () => void) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const [changed, setChanged] = useState<Member[] | null>(null);
  const stored = useQuery({
    queryKey: ['members', group?.id],
    queryFn: ({ signal }) =>
      call('GET /api/admin/groups/:id/members', { params: { id: group?.id ?? '' }, signal }),
    enabled: group !== null,
  });
  const onSuccess = () => {
    for (const queryKey of [['groups'], ['members'], ['users']])
      void queryClient.invalidateQueries({ queryKey });
    onClose();
  };
  const save = useMutation({
    mutationFn: async (liftDenials: boolean = false) => {
      const body = { name: name.trim(), description: description.trim() };
      const row = group
        ? await call('PATCH /api/admin/groups/:id', { params: { id: group.id }, body })
        : await call('POST /api/admin/groups', { body });
      if (changed) {
        const userIds = changed.map((member) => member.id);
        await call('PUT /api/admin/groups/:id/members', {
          params: { id: row.id },
          body: { userIds, liftDenials },
        });
      }
    },
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => call('DELETE /api/admin/groups/:id', { params: { id: group?.id ?? '' } }),
    onSuccess,
  });
  const members = changed ?? stored.data?.rows ?? (group ? null : []);
  return {
    name,
    setName,
    description,
    setDescription,
    members,
    setMembers: setChanged,
    stored,
    save,
    remove,
  };
}

/** A group: its name, what it is for, and who is in it. */
export function GroupDialog({ group, onClose }: { group: GroupRow | null; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const form = useGroupForm(group, onClose);
  const [asking, setAsking] = useState(false);
  const error = form.save.error ?? form.stored.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={group ? group.name : t('admin.groups.create')}
      footer={
        <>
          {group && (
            <Button
              tone="quiet"
              icon={<Trash2 size={14} />}
              className="mr-auto"
              onClick={() => setAsking(true)}
            >
              {t('common.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={!form.name.trim()}
            busy={form.save.isPending}
            onClick={() => form.save.mutate(false)}
          >
            {group ? t('common.save') : t('common.create')}
          </Button>
        </>
      }
    >
      <Field label={t('documents.collections.name')}>
        {(field) => (
          <Input
            {...field}
            autoFocus={!group}
            maxLength={200}
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('documents.collections.description')}>
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            maxLength={DESCRIPTION_LIMIT}
            value={form.description}
            onChange={(event) => form.setDescription(event.target.value)}
          />
        )}
      </Field>
      <Members members={form.members} onChange={form.setMembers} />
      {error && <Notice tone="bad">{line(error)}</Notice>}
      {isDenied(form.save.error) && (
        <Button tone="danger" busy={form.save.isPending} onClick={() => form.save.mutate(true)}>
          {t('admin.groups.liftDenials')}
        </Button>
      )}
      {group && (
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          title={t('admin.groups.deleteTitle', { name: group.name })}
          consequence={t('admin.groups.deleteText')}
          action={t('common.delete')}
          name={group.name}
          busy={form.remove.isPending}
          error={form.remove.error ? line(form.remove.error) : null}
          onConfirm={() => form.remove.mutate()}
        />
      )}
    </Dialog>
  );
}

function Members({ members, onChange }: { members: Member[] | null; onChange: (members: Member[]) => void }) {
  const { t } = useTexts();
  if (!members) return <Skeleton lines={3} />;
  return (
    <section aria-label={t('admin.groups.members')} className="flex flex-col gap-2">
      <h3 className="text-13 font-medium">
        {t('admin.groups.members')}{' '}
        <span className="font-normal text-text-2 tabular-nums">{members.length}</span>
      </h3>
      <PrincipalPicker
        label={t('admin.groups.add')}
        kinds={['user']}
        onPick={({ id, name, note }) => {
          if (!members.some((member) => member.id === id))
            onChange([...members, { id, displayName: name, email: note }]);
        }}
      />
      <ul className="max-h-48 divide-y overflow-y-auto">
        {members.map((member) => (
          <li key={member.id} className="flex h-9 items-center gap-2 text-13">
            <span className="truncate">{member.displayName}</span>
            <span className="min-w-0 flex-1 truncate text-12 text-text-2">{member.email}</span>
            <IconButton
              label={t('documents.readers.remove', { name: member.displayName })}
              icon={<X size={14} />}
              onClick={() => onChange(members.filter((each) => each !== member))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

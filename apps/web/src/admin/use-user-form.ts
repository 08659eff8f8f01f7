import type { Role, UserRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../kit/call.js';

export interface UserFields {
  email: string;
  displayName: string;
  roles: Role[];
  groupIds: string[];
  /** Null: the one of the person's browser. */
  locale: 'en' | 'zh' | null;
}

/** Creates or changes a user. What comes back on creation holds the initial password: this once. */
export function useUserForm(user: UserRow | null) {
  const queryClient = useQueryClient();
  const [fields, setFields] = useState<UserFields>({
    email: user?.email ?? '',
    displayName: user?.displayName ?? '',
    roles: user?.roles ?? ['employee'],
    groupIds: user?.groups.map((group) => group.id) ?? [],
    locale: user?.locale ?? null,
  });
  const reload = () => {
    for (const queryKey of [['users'], ['groups']]) void queryClient.invalidateQueries({ queryKey });
  };
  const create = useMutation({
    mutationFn: () =>
      call('POST /api/admin/users', {
        body: { ...fields, email: fields.email.trim(), displayName: fields.displayName.trim() },
      }),
    onSuccess: reload,
  });
  const update = useMutation({
    mutationFn: ({ disabled, liftDenials }: { disabled?: boolean; liftDenials?: boolean } = {}) => {
      const { displayName, roles, groupIds, locale } = fields;
      const body =
        disabled === undefined
          ? {
              displayName: displayName.trim(),
              roles,
              groupIds,
              locale,
              ...(liftDenials ? { liftDenials } : {}),
            }
          : { disabled };
      return call('PATCH /api/admin/users/:id', { params: { id: user?.id ?? '' }, body });
    },
    onSuccess: reload,
  });
  const resetPassword = useMutation({
    mutationFn: () => call('POST /api/admin/users/:id/password', { params: { id: user?.id ?? '' } }),
  });
  const ready =
    fields.displayName.trim() !== '' && fields.roles.length > 0 && /^\S+@\S+$/.test(fields.email.trim());
  return { fields, setFields, create, update, resetPassword, ready };
}

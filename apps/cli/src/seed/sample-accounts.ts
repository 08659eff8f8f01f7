import type { SeedUser } from '@lorekeep/auth';

/** The first tenant and its people: enough to see permissions at work in the first five minutes. */
export const SAMPLE_TENANT = { slug: 'main', name: 'Peilhaven Instruments' } as const;

/** Names of the groups that the sample handbook's manifest refers to. */
export const SAMPLE_GROUPS = [
  { name: 'hr', description: 'People team' },
  { name: 'engineering', description: 'Engineering' },
  { name: 'support', description: 'Customer support' },
];

/** Whom `ask` asks as. */
export const SAMPLE_EMPLOYEE = 'employee@peilhaven.example';

const account = (
  name: string,
  displayName: string,
  roles: SeedUser['roles'],
  groups: string[] = [],
): SeedUser => ({
  email: `${name}@peilhaven.example`,
  displayName,
  roles,
  groups,
  // Their passwords are random already, and the first five minutes are for looking around.
  mustChangePassword: false,
});

export const SAMPLE_ACCOUNTS: readonly SeedUser[] = [
  { ...account('admin', 'Ada Admin', ['employee', 'admin']), mustChangePassword: true },
  account('employee', 'Emil Employee', ['employee']),
  account('hr', 'Hanna Hartmann', ['employee'], ['hr']),
  account('engineer', 'Enzo Engel', ['employee'], ['engineering']),
  account('support', 'Suri Sand', ['employee', 'support'], ['support']),
  account('auditor', 'Aurel Audley', ['auditor']),
];

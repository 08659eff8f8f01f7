import type { Permission } from '@lorekeep/contracts';

export const ADMIN_SECTIONS = [
  { id: 'overview', to: '/admin/overview', permission: 'admin.settings' },
  { id: 'users', to: '/admin/users', permission: 'admin.users' },
  { id: 'groups', to: '/admin/groups', permission: 'admin.users' },
  { id: 'quotas', to: '/admin/quotas', permission: 'admin.quotas' },
  { id: 'words', to: '/admin/words', permission: 'admin.words' },
  { id: 'word-lists', to: '/admin/word-lists', permission: 'admin.words' },
  { id: 'scanner', to: '/admin/scanner', permission: 'admin.words' },
  { id: 'findings', to: '/admin/findings', permission: 'scanner.hits' },
  { id: 'rules', to: '/admin/rules', permission: 'admin.rules' },
  { id: 'sources', to: '/admin/sources', permission: 'admin.settings' },
  { id: 'settings', to: '/admin/settings', permission: 'admin.settings' },
] as const satisfies readonly { id: string; to: string; permission: Permission }[];

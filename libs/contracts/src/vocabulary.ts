/** The words that mean the same in folders, configuration, errors, metrics, audit and on the page. */

/** The seven steps of the question path, in order. */
export const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;
export type Step = (typeof STEPS)[number];

export const ROLES = ['employee', 'support', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What a route may require. A route that declares none is refused. */
export const PERMISSIONS = [
  'account',
  'ask',
  'documents.read',
  'documents.write',
  'drafts',
  'keys',
  'admin.users',
  'admin.quotas',
  'admin.words',
  'admin.rules',
  'admin.settings',
  'audit.read',
  'scanner.hits',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

/** How a question ended. */
export const OUTCOMES = ['answered', 'refused', 'stopped', 'cancelled', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

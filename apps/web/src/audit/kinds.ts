import { underscored, type Underscored } from '../locales/underscored.js';

/** The acts that the gateway records, as they are filtered by; others are shown by their own name. */
export const AUDIT_KINDS = [
  'question.opened',
  'question.closed',
  'sign-in.succeeded',
  'sign-in.failed',
  'session.ended',
  'session.reused',
  'account.password',
  'account.session.end',
  'key.create',
  'key.revoke',
  'document.received',
  'document.ready',
  'document.refused',
  'document.quarantined',
  'document.restarted',
  'document.delete',
  'document.read',
  'document.readers',
  'document.move',
  'folder.create',
  'folder.update',
  'folder.readers',
  'folder.delete',
  'source.create',
  'source.update',
  'source.delete',
  'source.archive',
  'source.test',
  'source.order',
  'source.pause',
  'source.resume',
  'source.retry',
  'source.cancel',
  'source.sync',
  'source.removal',
  'collection.create',
  'collection.readers',
  'admin.user.create',
  'admin.user.update',
  'admin.user.password',
  'admin.group.create',
  'admin.group.update',
  'admin.group.members',
  'admin.group.delete',
  'admin.quota.set',
  'admin.quota.remove',
  'admin.words.add',
  'admin.words.update',
  'admin.words.remove',
  'admin.rules',
  'admin.settings',
  'admin.key.create',
  'admin.tenant.create',
  'audit.read',
  'audit.verify',
  'audit.export',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Every kind has its words: the caller of `t` does not compile while one has none. */
type KindKey = `audit.kinds.${Underscored<AuditKind>}`;

export function kindKey(kind: string): KindKey | null {
  const known = AUDIT_KINDS.find((each) => each === kind);
  return known ? `audit.kinds.${underscored(known)}` : null;
}

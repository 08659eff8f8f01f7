import type { Permission } from '@lorekeep/contracts';
import {
  ClipboardList,
  FileText,
  MessageSquareText,
  PenLine,
  Settings2,
  type LucideIcon,
} from 'lucide-react';

export const ADMIN_PERMISSIONS = [
  'admin.settings',
  'admin.users',
  'admin.quotas',
  'admin.words',
  'admin.rules',
] as const satisfies readonly Permission[];

export interface Tab {
  id: 'ask' | 'documents' | 'drafts' | 'admin' | 'audit';
  to: '/ask/{-$conversationId}' | '/documents' | '/drafts/{-$draftId}' | '/admin' | '/audit';
  icon: LucideIcon;
  /** Any of these opens it. */
  permissions: readonly Permission[];
}

export const TABS: readonly Tab[] = [
  { id: 'ask', to: '/ask/{-$conversationId}', icon: MessageSquareText, permissions: ['ask'] },
  { id: 'documents', to: '/documents', icon: FileText, permissions: ['documents.read'] },
  { id: 'drafts', to: '/drafts/{-$draftId}', icon: PenLine, permissions: ['drafts'] },
  { id: 'admin', to: '/admin', icon: Settings2, permissions: ADMIN_PERMISSIONS },
  { id: 'audit', to: '/audit', icon: ClipboardList, permissions: ['audit.read'] },
];

/** Only what may be used is there. */
export const tabsFor = (may: (permission: Permission) => boolean) =>
  TABS.filter((tab) => tab.permissions.some(may));

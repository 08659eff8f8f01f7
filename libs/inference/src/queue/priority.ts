import type { CallContext, Role } from '@lorekeep/kit/context';
import type { AnswerRequest } from '../driver.js';

/** Who goes first where all else is equal: somebody who waits at the page, before drafts, programs and batches. */
export const PRIORITIES = ['page', 'drafts', 'api', 'batch'] as const;
export type Priority = (typeof PRIORITIES)[number];

export function priorityOf({ task, background }: AnswerRequest): Priority {
  if (background) return 'batch';
  return task === 'question' ? 'page' : task === 'draft' ? 'drafts' : 'api';
}

/** Whether a role of the caller goes first. A program has none: whoever made its key does not wait for it. */
export function goesFirst({ caller }: CallContext, roles: readonly Role[]): boolean {
  return caller.kind === 'user' && caller.roles.some((role) => roles.includes(role));
}

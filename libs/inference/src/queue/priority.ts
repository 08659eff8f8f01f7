import type { AnswerRequest } from '../driver.js';

/** Who goes first where all else is equal: somebody who waits at the page, before drafts, programs and batches. */
export const PRIORITIES = ['page', 'drafts', 'api', 'batch'] as const;
export type Priority = (typeof PRIORITIES)[number];

export function priorityOf({ useCase, background }: AnswerRequest): Priority {
  if (background) return 'batch';
  return useCase === 'question' ? 'page' : useCase === 'draft' ? 'drafts' : 'api';
}

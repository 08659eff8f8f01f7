import { Refusal } from '@lorekeep/kit/errors';
import type { CallContext, Permission } from '@lorekeep/kit/context';
import type { Question } from '../question.js';

const NEEDED: Record<Question['door'], Permission> = {
  ask: 'ask',
  chat: 'ask',
  responses: 'ask',
  embeddings: 'ask',
  transcriptions: 'ask',
  draft: 'drafts',
};

/**
 * Step 1. Who is calling was established at the door (session, key); here the path itself makes sure that this
 * caller may ask, so that a door that forgets its guard still opens nothing.
 */
export function authorizeCaller(ctx: CallContext, question: Question): Refusal | null {
  if (ctx.caller.mustChangePassword) {
    return refusal('AUTH_PASSWORD_CHANGE_REQUIRED', 'Change the initial password first.');
  }
  if (!ctx.caller.permissions.has(NEEDED[question.door])) {
    return refusal('AUTH_NOT_PERMITTED', 'Your account may not ask questions here.');
  }
  return null;
}

function refusal(code: string, text: string): Refusal {
  return new Refusal({ step: 'auth', code, text, status: 403 });
}

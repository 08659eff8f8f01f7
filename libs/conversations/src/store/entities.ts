import type { Entities } from '@lorekeep/kit/database';
import { ConversationEntity } from './conversation.entity.js';
import { MessageEntity } from './message.entity.js';
import { ConversationTenantReference, ConversationUserReference } from './references.entity.js';

/** The tables of this domain, and what they point to. */
export const entities = [
  ConversationEntity,
  MessageEntity,
  ConversationTenantReference,
  ConversationUserReference,
] satisfies Entities;

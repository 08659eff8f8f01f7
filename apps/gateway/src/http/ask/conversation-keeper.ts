import { titleOf, type Conversations } from '@lorekeep/conversations';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerLog } from './answer-log.js';
import type { Keeper } from './stream-answer.js';

/** Keeps question and answer in a conversation, which begins with its first question. */
export class ConversationKeeper implements Keeper {
  private isKept = false;

  constructor(
    private readonly ctx: CallContext,
    private readonly conversations: Conversations,
    private readonly conversation: { id: string; isNew: boolean },
    /** What the earlier answers that the model was shown rest on: so does whatever it makes of them. */
    private readonly earlier: readonly string[] = [],
  ) {}

  async accepted(question: string): Promise<{ conversationId: string | null; messageId: string | null }> {
    // A key without a person has no history.
    if (this.ctx.caller.userId === null) return { conversationId: null, messageId: null };
    const { ctx, conversation } = this;
    const { id: conversationId, isNew } = conversation;
    if (isNew) await this.conversations.create(ctx, { id: conversationId, title: titleOf(question) });
    this.isKept = true;
    const stored = await this.conversations.append(ctx, conversationId, [
      { role: 'user', content: question, reference: ctx.traceId },
    ]);
    return { conversationId, messageId: stored?.[0]?.id ?? null };
  }

  async ended(log: AnswerLog): Promise<string | null> {
    if (!this.isKept) return null;
    const { content, marks, model, outcome, refusal, suggestion, usage } = log;
    const answer = {
      role: 'assistant' as const,
      content,
      citations: log.cited(),
      documentIds: [...new Set([...log.documentIds(), ...this.earlier])],
      suggestion,
      marks,
      outcome,
      refusal,
      model,
      usage,
    };
    const stored = await this.conversations.append(this.ctx, this.conversation.id, [
      { ...answer, reference: this.ctx.traceId },
    ]);
    return stored?.[0]?.id ?? null;
  }
}

import type { Drafts, Tone } from '@lorekeep/drafts';
import type { CallContext } from '@lorekeep/kit/context';
import type { AnswerLog } from '../ask/answer-log.js';
import type { Keeper } from '../ask/stream-answer.js';

/** Keeps the reply as a draft of the person's own; what the firewall took out of the message is not kept. */
export class DraftKeeper implements Keeper {
  private draftId: string | null = null;

  constructor(
    private readonly ctx: CallContext,
    private readonly drafts: Drafts,
    private readonly tone: Tone,
  ) {}

  async accepted(customerMessage: string): Promise<{ conversationId: null; messageId: string | null }> {
    // A message that the firewall refused whole is not kept: there is nothing to draft.
    if (customerMessage.trim() === '') return { conversationId: null, messageId: null };
    const { ctx, tone } = this;
    const draft = await this.drafts.create(ctx, { customerMessage, tone, reference: ctx.traceId });
    this.draftId = draft.id;
    return { conversationId: null, messageId: draft.id };
  }

  async ended(log: AnswerLog): Promise<string | null> {
    if (this.draftId === null) return null;
    const state =
      log.outcome === 'answered'
        ? 'draft'
        : log.outcome === 'refused' || log.outcome === 'stopped'
          ? 'refused'
          : 'failed';
    const { content, model, refusal } = log;
    await this.drafts.setState(this.ctx, this.draftId, state, {
      content,
      citations: log.cited(),
      model,
      refusal,
    });
    return this.draftId;
  }
}

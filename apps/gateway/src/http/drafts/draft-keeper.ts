import type { Drafts, Tone } from '@lorekeep/drafts';
import type { RefusalEvent } from '@lorekeep/contracts';
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
    const { content, marks, model } = log;
    const citations = log.cited();
    const nothing = log.outcome === 'answered' && citations.length === 0;
    const refusal = nothing ? nothingFound(content, this.ctx.traceId) : log.refusal;
    const state = nothing ? 'refused' : stateOf(log);
    const documentIds = log.documentIds();
    const written = { content, citations, documentIds, marks, model, refusal };
    await this.drafts.setState(this.ctx, this.draftId, state, written);
    return this.draftId;
  }
}

function stateOf(log: AnswerLog): 'draft' | 'refused' | 'failed' {
  if (log.outcome === 'answered') return 'draft';
  return log.outcome === 'refused' || log.outcome === 'stopped' ? 'refused' : 'failed';
}

/** A reply that rests on no document must not look like one that may be sent. */
function nothingFound(content: string, reference: string): RefusalEvent {
  const text = content.trim() || 'Nothing that you may read answers this message.';
  return { step: 'retrieval', code: 'DRAFT_NOTHING_FOUND', status: 404, text, detail: text, reference };
}

import { randomUUID } from 'node:crypto';
import { Controller, Inject, Res } from '@nestjs/common';
import { routes, type AskBody } from '@lorekeep/contracts';
import { Conversations } from '@lorekeep/conversations';
import type { CallContext } from '@lorekeep/kit/context';
import type { ChatMessage, Question } from '@lorekeep/question-path';
import { Contract } from '../../edge/contract.decorator.js';
import { EventStream } from '../../edge/event-stream.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { AskPath } from './ask-path.js';
import { ConversationKeeper } from './conversation-keeper.js';
import { historyWithSources } from './history.js';
import { KeptAnswers } from './kept-answers.js';
import { streamAnswer } from './stream-answer.js';

@Controller()
export class AskController {
  constructor(
    @Inject(AskPath) private readonly path: AskPath,
    @Inject(Conversations) private readonly conversations: Conversations,
    @Inject(KeptAnswers) private readonly kept: KeptAnswers,
  ) {}

  @Contract(routes.ask)
  async ask(@Ctx() ctx: CallContext, @Input('body') body: AskBody, @Res() reply: EdgeReply): Promise<void> {
    const { conversationId } = body;
    const before = conversationId
      ? await this.history(ctx, conversationId, body.earlier)
      : { messages: [], leftOut: 0, documentIds: [] };
    // Known before it is stored: also its first question goes where the others will.
    const id = conversationId ?? randomUUID();
    const question: Question = {
      door: 'ask',
      conversation: id,
      leftOut: before.leftOut,
      messages: [...before.messages, { role: 'user', content: body.question }],
      documents: body.documents ?? 'auto',
      parameters: body.parameters ?? {},
      ...(body.collectionIds ? { collectionIds: body.collectionIds } : {}),
      ...(body.model ? { model: body.model } : {}),
      ...(body.instructions ? { instructions: body.instructions } : {}),
    };
    const kept = { id, isNew: !conversationId };
    const keeper = new ConversationKeeper(ctx, this.conversations, kept, before.documentIds);
    await streamAnswer(ctx, this.path.ask(ctx, question), new EventStream(reply, ctx.deadline), keeper);
  }

  /** The model must not repeat what its reader may no longer read, or what would stop its answer. */
  private async history(
    ctx: CallContext,
    conversationId: string,
    earlier: number | undefined,
  ): Promise<{ messages: ChatMessage[]; leftOut: number; documentIds: string[] }> {
    const { messages } = found(await this.conversations.get(ctx, conversationId));
    return historyWithSources(await this.kept.messages(ctx, messages), earlier);
  }
}

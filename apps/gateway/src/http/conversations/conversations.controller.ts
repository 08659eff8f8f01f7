import { Controller, Inject, Res } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { Conversations, exportConversation, type ListRequest } from '@lorekeep/conversations';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { KeptAnswers } from '../ask/kept-answers.js';
import { asShown } from '../ask/withdraw-citations.js';

@Controller()
export class ConversationsController {
  constructor(
    @Inject(Conversations) private readonly conversations: Conversations,
    @Inject(KeptAnswers) private readonly kept: KeptAnswers,
  ) {}

  @Contract(routes.conversations)
  async list(@Ctx() ctx: CallContext, @Input('query') query: ListRequest) {
    const { items, cursor } = await this.conversations.list(ctx, query);
    return { rows: items, next: cursor };
  }

  @Contract(routes.conversation)
  async get(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return this.shown(ctx, id);
  }

  @Contract(routes.updateConversation)
  async update(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: { title?: string; pinned?: boolean },
  ) {
    return found(await this.conversations.update(ctx, id, body));
  }

  @Contract(routes.deleteConversation)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    found(await this.conversations.remove(ctx, id));
  }

  @Contract(routes.restoreConversation)
  async restore(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    return found(await this.conversations.restore(ctx, id));
  }

  @Contract(routes.exportConversation)
  async export(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('query') { format }: { format: 'markdown' | 'json' },
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const { messages, ...conversation } = await this.shown(ctx, id);
    const file = exportConversation(conversation, messages, format);
    const name = encodeURIComponent(file.fileName);
    await reply
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .header('cache-control', 'no-store')
      .type(`${file.mediaType}; charset=utf-8`)
      .send(file.text);
  }

  @Contract(routes.rateMessage)
  async rate(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: { rating: 'good' | 'bad' | null; reason: string | null },
  ): Promise<void> {
    found(await this.conversations.rate(ctx, id, body.rating, body.reason));
  }

  /** As its owner may see it now. */
  private async shown(ctx: CallContext, id: string) {
    const conversation = found(await this.conversations.get(ctx, id));
    const messages = await this.kept.messages(ctx, conversation.messages);
    return { ...conversation, messages: messages.map(asShown) };
  }
}

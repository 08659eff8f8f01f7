import { Controller, Inject, Res } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { Conversations, exportConversation } from '@lorekeep/conversations';
import type { CallContext } from '@lorekeep/kit/context';
import type { ListRequest } from '@lorekeep/kit/sql';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { KeptAnswers } from '../ask/kept-answers.js';
import { asShown } from '../ask/withdraw-citations.js';

@Controller()
export class ConversationsController {
  constructor(
    @Inject(Conversations) private readonly conversations: Conversations,
    @Inject(KeptAnswers) private readonly kept: KeptAnswers,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.conversations)
  async list(@Ctx() ctx: CallContext, @Input('query') query: ListRequest) {
    const { items, cursor } = await this.conversations.list(ctx, query, (texts) =>
      this.kept.texts(ctx, texts),
    );
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
    // Names of fields: titles are people's own words.
    const detail = { conversationId: id, changed: Object.keys(body) };
    const update = async () => found(await this.conversations.update(ctx, id, body));
    return this.recorder.act(ctx, 'conversation.update', detail, update);
  }

  @Contract(routes.deleteConversation)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.conversations.remove(ctx, id));
    await this.recorder.act(ctx, 'conversation.delete', { conversationId: id }, remove);
  }

  @Contract(routes.restoreConversation)
  async restore(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }) {
    const restore = async () => found(await this.conversations.restore(ctx, id));
    return this.recorder.act(ctx, 'conversation.restore', { conversationId: id }, restore);
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
    await this.recorder.note(ctx, 'conversation.export', 'done', { conversationId: id, format });
    const name = encodeURIComponent(file.fileName);
    await reply
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .type(`${file.mediaType}; charset=utf-8`)
      .send(file.text);
  }

  @Contract(routes.rateMessage)
  async rate(
    @Ctx() ctx: CallContext,
    @Input('params') { id }: { id: string },
    @Input('body') body: { rating: 'good' | 'bad' | null; reason: string | null },
  ): Promise<void> {
    const rate = async () => found(await this.conversations.rate(ctx, id, body.rating, body.reason));
    await this.recorder.act(ctx, 'conversation.rate', { messageId: id, rating: body.rating }, rate);
  }

  /** As its owner may see it now. */
  private async shown(ctx: CallContext, id: string) {
    const conversation = found(await this.conversations.get(ctx, id));
    const messages = await this.kept.messages(ctx, conversation.messages);
    return { ...conversation, messages: messages.map(asShown) };
  }
}

import { Controller, Inject, Req, Res } from '@nestjs/common';
import { routes, type ChatBody } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Models } from '@lorekeep/inference';
import { RequestError } from '@lorekeep/kit/errors';
import { Contract } from '../../edge/contract.decorator.js';
import { EventStream } from '../../edge/event-stream.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { problemOf } from '../../edge/problem.filter.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { AskPath } from '../ask/ask-path.js';

import { ChatAnswer, type ChatIdentity } from './chat-answer.js';
import { ChatStream } from './chat-stream.js';
import { toQuestion } from './to-question.js';

/** OpenAI's API over the one question path. */
@Controller()
export class ChatController {
  constructor(
    @Inject(AskPath) private readonly path: AskPath,
    @Inject(Models) private readonly models: Models,
  ) {}

  @Contract(routes.chat)
  async chat(
    @Ctx() ctx: CallContext,
    @Input('body') body: ChatBody,
    @Req() request: EdgeRequest,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const header = request.headers['x-lorekeep-documents'];
    const question = toQuestion(body, typeof header === 'string' ? header : undefined);
    const identity = {
      id: `chatcmpl-${ctx.traceId}`,
      created: Math.floor(Date.now() / 1_000),
      model: body.model,
    };
    if (body.stream) await this.stream(ctx, question, identity, body, reply);
    else await this.whole(ctx, question, identity, reply);
  }

  @Contract(routes.listModels)
  async list(@Ctx() ctx: CallContext): Promise<object> {
    const models = await this.models.list(ctx);
    return { object: 'list', data: models.map(({ id }) => card(id)) };
  }

  @Contract(routes.getModel)
  async get(@Ctx() ctx: CallContext, @Input('params') { model }: { model: string }): Promise<object> {
    const found = (await this.models.list(ctx)).find(({ id }) => id === model);
    if (!found) throw new RequestError(404, 'INFERENCE_NO_MODEL', 'There is no model of that name.');
    return card(found.id);
  }

  private async whole(
    ctx: CallContext,
    question: Question,
    identity: ChatIdentity,
    reply: EdgeReply,
  ): Promise<void> {
    const answer = new ChatAnswer(identity, ctx.traceId);
    for await (const event of this.path.ask(ctx, question)) {
      if (event.kind === 'refusal') throw event.refusal;
      if (event.kind === 'end') return void (await reply.send(answer.toBody(event.usage)));
      answer.take(event);
    }
  }

  private async stream(
    ctx: CallContext,
    question: Question,
    identity: ChatIdentity,
    body: ChatBody,
    reply: EdgeReply,
  ): Promise<void> {
    const events = new EventStream(reply, ctx.deadline);
    const stream = new ChatStream(events, identity, ctx.traceId, body.stream_options?.include_usage === true);
    try {
      for await (const event of this.path.ask(ctx, question)) {
        if (event.kind === 'refusal') throw event.refusal;
        const slower = stream.take(event);
        if (slower) await slower;
      }
    } catch (error) {
      if (!events.open) throw error;
      await stream.fail(problemOf(error, ctx.traceId));
    } finally {
      events.end();
    }
  }
}

type Question = ReturnType<typeof toQuestion>;

function card(id: string): object {
  return { id, object: 'model', created: 0, owned_by: 'lorekeep' };
}

import { Controller, Inject, Req, Res } from '@nestjs/common';
import { routes, type ResponsesBody } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Question } from '@lorekeep/question-path';
import { Contract } from '../../edge/contract.decorator.js';
import { EventStream } from '../../edge/event-stream.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { problemOf } from '../../edge/problem.filter.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { AskPath } from '../ask/ask-path.js';
import { ResponseAnswer } from './response-answer.js';
import { ResponseBody } from './response-body.js';
import type { ItemEvent } from './response-items.js';
import { toResponseQuestion } from './to-response-question.js';

/**
 * OpenAI's Responses API over the one question path. It is made here and asked of model servers as a chat completion:
 * vLLM 0.26 gives answers of its own under this name as reasoning.
 */
@Controller()
export class ResponsesController {
  constructor(@Inject(AskPath) private readonly path: AskPath) {}

  @Contract(routes.responses)
  async respond(
    @Ctx() ctx: CallContext,
    @Input('body') body: ResponsesBody,
    @Req() request: EdgeRequest,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const header = request.headers['x-lorekeep-documents'];
    const question = toResponseQuestion(body, typeof header === 'string' ? header : undefined);
    const shape = new ResponseBody(ctx.traceId, Math.floor(Date.now() / 1_000), body);
    const answer = new ResponseAnswer(ctx.traceId, shape);
    if (body.stream) await this.stream(ctx, question, answer, reply);
    else await this.whole(ctx, question, answer, reply);
  }

  private async whole(
    ctx: CallContext,
    question: Question,
    answer: ResponseAnswer,
    reply: EdgeReply,
  ): Promise<void> {
    for await (const event of this.path.ask(ctx, question)) {
      if (event.kind === 'refusal') throw event.refusal;
      const last = answer.take(event).at(-1);
      if (event.kind === 'end') return void (await reply.send(last?.['response']));
    }
  }

  private async stream(
    ctx: CallContext,
    question: Question,
    answer: ResponseAnswer,
    reply: EdgeReply,
  ): Promise<void> {
    const events = new EventStream(reply, ctx.deadline);
    let number = 0;
    const write = async (told: readonly ItemEvent[]) => {
      if (told.length === 0) return;
      const frames = told.map((event) => frameOf(event, number++));
      await events.write(frames.join(''));
    };
    try {
      for await (const event of this.path.ask(ctx, question)) {
        if (event.kind === 'refusal') throw event.refusal;
        await write(answer.take(event));
      }
    } catch (error) {
      if (!events.open) throw error;
      await write(answer.fail(problemOf(error, ctx.traceId)));
    } finally {
      events.end();
    }
  }
}

function frameOf({ type, ...rest }: ItemEvent, number: number): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number, ...rest })}\n\n`;
}

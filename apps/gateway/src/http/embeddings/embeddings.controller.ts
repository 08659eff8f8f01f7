import { Readable } from 'node:stream';
import { Controller, Inject, Res } from '@nestjs/common';
import { routes, type EmbeddingsBody } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import type { EdgeReply } from '../../edge/request.js';
import { AskPath } from '../ask/ask-path.js';
import { EmbeddingsAnswer } from './embeddings-answer.js';
import { toEmbeddingQuestion } from './to-embedding-question.js';

/** OpenAI's embeddings over the one question path: screened, counted and audited like a question. */
@Controller()
export class EmbeddingsController {
  constructor(@Inject(AskPath) private readonly path: AskPath) {}

  @Contract(routes.embeddings)
  async embed(
    @Ctx() ctx: CallContext,
    @Input('body') body: EmbeddingsBody,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const answer = new EmbeddingsAnswer(body.model, body.encoding_format ?? 'float', ctx.traceId);
    for await (const event of this.path.ask(ctx, toEmbeddingQuestion(body))) {
      if (event.kind === 'refusal') throw event.refusal;
      if (event.kind === 'end') {
        const parts = Readable.from(answer.toBody(event.usage), { objectMode: true });
        return void (await reply.type('application/json; charset=utf-8').send(parts));
      }
      answer.take(event);
    }
  }
}

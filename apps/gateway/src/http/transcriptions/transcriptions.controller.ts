import { Controller, Inject, Req, Res } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import type { Question } from '@lorekeep/question-path';
import { Contract } from '../../edge/contract.decorator.js';
import { EventStream } from '../../edge/event-stream.js';
import { Ctx } from '../../edge/input.decorator.js';
import { openAiError } from '../../edge/openai-error.js';
import { problemOf } from '../../edge/problem.filter.js';
import type { EdgeReply, EdgeRequest } from '../../edge/request.js';
import { GATEWAY_CONFIG } from '../../gateway.config.js';
import type { AppConfig } from '../../wiring/app-config.js';
import { AskPath } from '../ask/ask-path.js';
import { readRecordingForm, type RecordingForm } from './read-recording-form.js';
import { RecordingsInHand } from './recordings-in-hand.js';
import { toTranscriptionQuestion } from './to-transcription-question.js';
import { TranscriptAnswer } from './transcript-answer.js';

/**
 * OpenAI's transcriptions over the one question path. A recording cannot be screened: what is heard in it is text of a
 * model, scanned before anything of it is released.
 */
@Controller()
export class TranscriptionsController {
  private readonly hand: RecordingsInHand;

  constructor(
    @Inject(AskPath) private readonly path: AskPath,
    @Inject(GATEWAY_CONFIG) private readonly config: AppConfig,
  ) {
    this.hand = new RecordingsInHand(config.TRANSCRIPTION_AT_ONCE);
  }

  @Contract(routes.transcriptions)
  async transcribe(
    @Ctx() ctx: CallContext,
    @Req() request: EdgeRequest,
    @Res() reply: EdgeReply,
  ): Promise<void> {
    const giveBack = this.hand.take(ctx.tenantId);
    try {
      const form = await readRecordingForm(request, this.config.TRANSCRIPTION_MAX_BYTES);
      const question = toTranscriptionQuestion(form);
      if (form.fields.stream === 'true') await this.stream(ctx, question, reply);
      else await this.whole(ctx, question, form.fields, reply);
    } finally {
      giveBack();
    }
  }

  private async whole(
    ctx: CallContext,
    question: Question,
    { response_format: format, temperature = 0 }: RecordingForm['fields'],
    reply: EdgeReply,
  ): Promise<void> {
    const answer = new TranscriptAnswer(ctx.traceId, temperature);
    for await (const event of this.path.ask(ctx, question)) {
      if (event.kind === 'refusal') throw event.refusal;
      answer.take(event);
      if (event.kind !== 'end') continue;
      answer.assertWhole();
      if (format === 'text') return void (await reply.type('text/plain; charset=utf-8').send(answer.text));
      const body = format === 'json' ? answer.toBody(event.usage) : answer.toVerboseBody();
      return void (await reply.send(body));
    }
  }

  /** OpenAI's own events: vLLM's have another shape, which OpenAI's clients do not read. */
  private async stream(ctx: CallContext, question: Question, reply: EdgeReply): Promise<void> {
    const events = new EventStream(reply, ctx.deadline);
    const write = (data: object) => events.write(`data: ${JSON.stringify(data)}\n\n`);
    const answer = new TranscriptAnswer(ctx.traceId, 0);
    try {
      for await (const event of this.path.ask(ctx, question)) {
        if (event.kind === 'refusal') throw event.refusal;
        answer.take(event);
        if (event.kind === 'text') await write({ type: 'transcript.text.delta', delta: event.text });
        if (event.kind !== 'end') continue;
        answer.assertWhole();
        await write({ type: 'transcript.text.done', ...answer.toBody(event.usage) });
        await events.write('data: [DONE]\n\n');
      }
    } catch (error) {
      if (!events.open) throw error;
      await write(openAiError(problemOf(error, ctx.traceId)));
    } finally {
      events.end();
    }
  }
}

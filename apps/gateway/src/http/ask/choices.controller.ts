import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { isWriter, Models } from '@lorekeep/inference';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { Suggestions } from './suggestions.js';

/** What the composer offers before anything is asked. */
@Controller()
export class ChoicesController {
  constructor(
    @Inject(Models) private readonly models: Models,
    @Inject(Suggestions) private readonly questions: Suggestions,
  ) {}

  @Contract(routes.models)
  async list(@Ctx() ctx: CallContext) {
    // Vectors and transcripts are nobody's answer to a question.
    const rows = (await this.models.list(ctx)).filter(({ id }) => isWriter(id));
    return { rows: rows.map(({ id, driver }) => ({ id, driver, available: true })) };
  }

  @Contract(routes.suggestions)
  async suggestions(@Ctx() ctx: CallContext, @Input('query') query: { language?: 'en' | 'zh' }) {
    return { rows: await this.questions.for(ctx, query.language ?? ctx.caller.locale) };
  }
}

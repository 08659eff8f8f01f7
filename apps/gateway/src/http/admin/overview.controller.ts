import { Controller, Inject } from '@nestjs/common';
import { activity, type ActivityRange } from '@lorekeep/audit';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Database } from '@lorekeep/kit/database';
import { Documents } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';

@Controller()
export class OverviewController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Documents) private readonly documents: Documents,
  ) {}

  @Contract(routes.overview)
  async overview(@Ctx() ctx: CallContext, @Input('query') query: { range: ActivityRange; offset: number }) {
    const [figures, stock] = await Promise.all([
      activity(this.database, ctx, query),
      this.documents.stock(ctx),
    ]);
    return { ...figures, ...stock };
  }
}

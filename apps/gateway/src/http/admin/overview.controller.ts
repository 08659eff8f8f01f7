import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx } from '../../edge/input.decorator.js';
import { lastDay } from '@lorekeep/audit';
import { Database } from '@lorekeep/kit/database';
import { Documents } from '@lorekeep/retrieval';

@Controller()
export class OverviewController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Documents) private readonly documents: Documents,
  ) {}

  @Contract(routes.overview)
  async overview(@Ctx() ctx: CallContext) {
    const [activity, stock] = await Promise.all([lastDay(this.database, ctx), this.documents.stock(ctx)]);
    return { ...activity, ...stock };
  }
}

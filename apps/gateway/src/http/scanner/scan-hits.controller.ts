import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { ShowHits, type HitFilter } from '@lorekeep/scanner';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

/** Reading what was found is itself recorded, before anything is shown. */
@Controller()
export class ScanHitsController {
  constructor(
    @Inject(ShowHits) private readonly hits: ShowHits,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.scanHits)
  async list(@Ctx() ctx: CallContext, @Input('query') query: HitFilter & { limit: number }) {
    await this.recorder.note(ctx, 'scanner.hits.read', 'done', { filter: { ...query } });
    const { limit, ...filter } = query;
    return this.hits.run(ctx, filter, limit);
  }
}

import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { ScannerPolicies } from '@lorekeep/scanner';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

interface PolicyBody {
  over?: number;
  keepHitsDays?: number;
  categories: Record<string, { action?: string | null; severity?: string; folds?: string[] }>;
}

@Controller()
export class ScannerPolicyController {
  constructor(
    @Inject(ScannerPolicies) private readonly policies: ScannerPolicies,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.scannerPolicy)
  show(@Ctx() ctx: CallContext) {
    return this.policies.show(ctx);
  }

  @Contract(routes.setScannerPolicy)
  set(@Ctx() ctx: CallContext, @Input('body') { categories, keepHitsDays, over }: PolicyBody) {
    const detail = {
      categories: Object.keys(categories).length,
      changes: JSON.stringify(categories).slice(0, DETAIL_LENGTH),
      keepHitsDays: keepHitsDays ?? null,
    };
    return this.recorder.act(ctx, 'admin.scanner.policy', detail, () =>
      this.policies.set(ctx, categories, keepHitsDays, over),
    );
  }
}

/** UTF-16 units of a policy that the audit keeps: names of categories and of what is done, never words. */
const DETAIL_LENGTH = 10_000;

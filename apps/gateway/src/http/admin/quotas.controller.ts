import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { QuotaPolicies, type PolicyInput } from '@lorekeep/quota';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class QuotasController {
  constructor(
    @Inject(QuotaPolicies) private readonly policies: QuotaPolicies,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.quotas)
  async list(@Ctx() ctx: CallContext) {
    const { items } = await this.policies.list(ctx, { limit: 500 });
    return { rows: items };
  }

  @Contract(routes.putQuota)
  put(@Ctx() ctx: CallContext, @Input('body') body: PolicyInput) {
    const detail = { ...body, subjectId: body.subjectId ?? null } as Record<string, string | number | null>;
    return this.recorder.act(ctx, 'admin.quota.set', detail, () => this.policies.put(ctx, body));
  }

  @Contract(routes.deleteQuota)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.policies.remove(ctx, id));
    await this.recorder.act(ctx, 'admin.quota.remove', { id }, remove);
  }
}

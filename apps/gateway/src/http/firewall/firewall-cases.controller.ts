import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { FirewallCases, FirewallSetups, type NewCase } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

/** Texts with which every change is tried. The audit has their ids and what is expected, never the texts. */
@Controller()
export class FirewallCasesController {
  constructor(
    @Inject(FirewallCases) private readonly cases: FirewallCases,
    @Inject(FirewallSetups) private readonly setups: FirewallSetups,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.firewallCases)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.cases.list(ctx, await this.setups.current(ctx)) };
  }

  @Contract(routes.addFirewallCase)
  add(@Ctx() ctx: CallContext, @Input('body') body: Omit<NewCase, 'reference'>) {
    const { role, expected, text, note } = body;
    const detail = { role, expected, characters: text.length, note };
    return this.recorder.act(ctx, 'admin.firewall.cases.add', detail, () =>
      this.cases.add(ctx, { ...body, reference: null }),
    );
  }

  @Contract(routes.deleteFirewallCase)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.cases.remove(ctx, id));
    await this.recorder.act(ctx, 'admin.firewall.cases.delete', { caseId: id }, remove);
  }
}

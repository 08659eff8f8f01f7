import { Controller, Inject } from '@nestjs/common';
import { AuditQuery } from '@lorekeep/audit';
import { Groups } from '@lorekeep/auth';
import { routes } from '@lorekeep/contracts';
import { FirewallCases, FirewallSetups, type NewCase } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { RequestError } from '@lorekeep/kit/errors';
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
    @Inject(AuditQuery) private readonly audit: AuditQuery,
    @Inject(Groups) private readonly groups: Groups,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.firewallCases)
  async list(@Ctx() ctx: CallContext) {
    return { rows: await this.cases.list(ctx, await this.setups.current(ctx)) };
  }

  @Contract(routes.addFirewallCase)
  async add(@Ctx() ctx: CallContext, @Input('body') body: Omit<NewCase, 'groupIds'>) {
    const { role, expected, text, note, reference } = body;
    const groupIds = reference === null ? [] : await this.groupsOfAsker(ctx, reference);
    const detail = { role, expected, characters: text.length, note, reference };
    return this.recorder.act(ctx, 'admin.firewall.cases.add', detail, () =>
      this.cases.add(ctx, { ...body, groupIds }),
    );
  }

  /** Of who asked a question of the audit. */
  private async groupsOfAsker(ctx: CallContext, reference: string): Promise<readonly string[]> {
    if (!ctx.caller.permissions.has('audit.read'))
      throw new RequestError(403, 'AUTH_NOT_PERMITTED', 'Your account may not do this.');
    const { items } = await this.audit.list(ctx, { traceId: reference, kind: 'question.opened', limit: 1 });
    const { actorId } = found(items[0]);
    return actorId === null ? [] : ((await this.groups.groupsOf(ctx, [actorId])).get(actorId) ?? []);
  }

  @Contract(routes.deleteFirewallCase)
  async remove(@Ctx() ctx: CallContext, @Input('params') { id }: { id: string }): Promise<void> {
    const remove = async () => found(await this.cases.remove(ctx, id));
    await this.recorder.act(ctx, 'admin.firewall.cases.delete', { caseId: id }, remove);
  }
}
